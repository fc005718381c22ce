"""`launchkit doctor`."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click
import orjson

import app
from app.cli.diagnosis import machine, services
from app.cli.diagnosis.finding import Finding, Level, fail
from app.core import config
from app.core.config import Settings, SettingsError
from app.dev import state

_ASSETS = Path(app.__file__).parents[1] / "assets"
_COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(*, as_json: bool) -> None:
    """Say what is wrong and how to mend it.

    Looks at settings, versions, the data directory, the embedded servers, PostgreSQL and whether anybody does the work
    that waits in it, Redis, the broker, a LiteLLM proxy, the model providers, payments, where webhooks may lead and
    whether they arrive, the browser assets and the port. Exit status 1 when something fails.
    """
    findings = diagnose()
    is_well = all(finding.level is not Level.FAIL for finding in findings)
    if as_json:
        report = {"ok": is_well, "findings": [asdict(finding) for finding in findings]}
        click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
    else:
        for finding in findings:
            click.echo(_line(finding))
    sys.exit(0 if is_well else 1)


def diagnose() -> Sequence[Finding]:
    try:
        settings = config.load()
    except SettingsError as error:
        wrong = [fail("settings", line, "Correct it in the environment.") for line in str(error).splitlines()]
        return [machine.python(), *wrong]
    return [
        machine.python(),
        machine.settings_of(settings),
        *_machine(settings),
        *asyncio.run(_services(settings)),
    ]


def _machine(settings: Settings) -> Sequence[Finding]:
    return [
        machine.data_dir(settings),
        *machine.binaries(settings),
        *machine.job_kinds(settings),
        machine.providers(settings),
        machine.payments(settings),
        machine.outbound(settings),
        machine.assets(_ASSETS),
    ]


async def _services(settings: Settings) -> Sequence[Finding]:
    """With the servers of a running `launchkit dev` where none are named."""
    running = state.find_running(settings.data_dir)
    url = settings.public_url
    if running is not None:
        settings = replace(
            settings,
            database_url=settings.database_url or running.database_url,
            redis_url=settings.redis_url or running.redis_url,
        )
        url = running.url
    database, redis, broker, litellm, port = await asyncio.gather(
        services.database(settings.database_url),
        services.redis(settings.redis_url),
        services.broker(settings),
        services.litellm(settings),
        services.port(settings, url),
    )
    return [*database, redis, broker, *litellm, port]


def _line(finding: Finding) -> str:
    level = click.style(f"{finding.level.value:<4}", fg=_COLOURS[finding.level])
    mend = f" -> {finding.mend}" if finding.mend else ""
    return f"{level}  {finding.name:<10}  {finding.text}{mend}"
