"""`launchkit verify`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import click
import orjson

from app.analytics import verification as analytics
from app.analytics.verification import Finding as RollupFinding
from app.audit import sealer
from app.audit.verification import Finding as AuditFinding
from app.audit.verification import Verification
from app.cli import settings as cli_settings
from app.cli.failures import Expected
from app.core import config, ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.credits import verification as credit
from app.credits.verification import Finding as CreditFinding
from app.dev import state
from app.entitlements import verification as entitlements
from app.entitlements.verification import Finding as LimitFinding
from app.infra import orm
from app.jobs import verification as jobs
from app.jobs.verification import Finding as JobFinding
from app.metering import verification as metering
from app.metering.verification import Finding as UsageFinding

Finding = AuditFinding | UsageFinding | RollupFinding | CreditFinding | LimitFinding | JobFinding
# More than this is no longer read by anybody, and would have to be kept.
_MOST_IN_JSON = 10_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--org", "org", metavar="ID", help="Only this org (org_…).")
def command(*, as_json: bool, org: str | None) -> None:
    """Prove that audit log, usage, credit and jobs are as they were written.

    Recomputes every org's audit chain against its signed checkpoints, and compares each usage rollup with its events,
    each day of usage with its hours, each event with its deduplication key, what was drawn for usage with what it
    burned, every wallet, grant, hold and budget with the ledger, what limits of features have counted with their holds,
    and jobs with what is held for them. Reads only. Of DATABASE_URL with LAUNCHKIT_SECRET_KEY, or else of the running
    `launchkit dev`. Exit status 1 on any difference, each on a line of its own.
    """
    org_id = None if org is None else ids.find("org", org)
    if org is not None and org_id is None:
        raise Expected(f"{org} is no org's id: expected org_….")
    is_clean = asyncio.run(_run(_settings(), Report(as_json=as_json), org_id))
    sys.exit(0 if is_clean else 1)


class Report:
    """What is printed, as it is found."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._kept: list[dict[str, str]] = []
        self.count = 0

    def add(self, finding: Finding) -> None:
        self.count += 1
        org = ids.encode("org", finding.org_id)
        if not self._as_json:
            click.echo(f"{finding.code}: {org}, {finding.where}: {finding.text}")
        elif len(self._kept) < _MOST_IN_JSON:
            said = {"code": finding.code, "org_id": org, "where": finding.where, "text": finding.text}
            self._kept.append(said)

    def end(self, checked: dict[str, int]) -> None:
        if self._as_json:
            report = {
                "ok": not self.count,
                "checked": checked,
                "count": self.count,
                "findings": self._kept,
            }
            click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
            return
        looked_at = (
            f"{checked['orgs']} orgs, {checked['audit_entries']} audit entries, "
            f"{checked['checkpoints']} checkpoints, {checked['usage_events']} usage events, "
            f"{checked['ledger_entries']} ledger entries"
        )
        click.echo(f"{self.count} findings in {looked_at}." if self.count else f"All is well: {looked_at}.")


async def _run(settings: Settings, report: Report, org_id: UUID | None) -> bool:
    """Whether nothing was found."""
    await orm.init(settings, application_name="launchkit-verify", is_patient=True)
    try:
        audit = Verification(sealer.signing_key(settings.secret_key), utcnow())
        findings: list[AsyncIterator[Finding]] = [
            audit.findings(org_id),
            metering.findings(org_id),
            analytics.findings(org_id),
            credit.findings(org_id),
            entitlements.findings(org_id),
            jobs.findings(org_id),
        ]
        for source in findings:
            async for finding in source:
                report.add(finding)
        report.end(
            {
                "orgs": audit.counts.orgs,
                "audit_entries": audit.counts.entries,
                "checkpoints": audit.counts.checkpoints,
                "usage_events": await metering.count_events(org_id),
                "ledger_entries": await credit.count_entries(org_id),
            }
        )
    finally:
        await orm.close()
    return not report.count


def _settings() -> Settings:
    """Of the environment; without DATABASE_URL, those of the running `launchkit dev`."""
    settings = config.load()
    if settings.database_url is not None:
        return cli_settings.load(redis=False)
    running = state.find_running(settings.data_dir)
    if running is None:
        raise Expected(
            "There is nothing to verify: set DATABASE_URL (and LAUNCHKIT_SECRET_KEY), "
            "or start `launchkit dev` in another terminal."
        )
    secret = settings.secret_key or state.secret_key(settings.data_dir)
    return replace(settings, database_url=running.database_url, secret_key=secret)
