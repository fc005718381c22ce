"""`launchkit verify`: what it says, and how it exits."""

import asyncio
import json
import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import app
from app.analytics.rollups import DAYS
from app.core import ids
from app.core.config import Settings
from app.credits import service as credit
from app.credits.operations import Operations
from app.credits.types import Spend
from app.jobs import execution, kinds
from tests.factories import audit, jobs, wallets
from tests.factories.orgs import NOW, Tenant, tenant


@pytest.fixture(autouse=True, scope="module")
def _kinds() -> None:
    kinds.load()


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    """With two metered jobs, credit of which some was used, and everything sealed."""
    acme = await tenant(settings)
    spent = Spend(await wallets.wallet(acme, 10), "k", Decimal(3))
    await credit.charge(acme.org_id, operations=Operations(), spend=spent, now=NOW)
    for customer in ("a", "b"):
        lease = await jobs.running(acme, now=NOW, customer_id=customer)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
    await audit.seal_all(settings)
    return acme


async def verify(settings: Settings, *arguments: str, **environment: str) -> tuple[int, list[str], str]:
    """Exit status, lines of standard output, standard error."""
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LAUNCHKIT")},
        "DATABASE_URL": settings.require_database_url(),
        "LAUNCHKIT_SECRET_KEY": settings.secret_key,
        "LAUNCHKIT_DATA_DIR": str(settings.data_dir),
        **environment,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.cli",
        "verify",
        *arguments,
        cwd=Path(app.__file__).parents[1],
        env=variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode().splitlines(), err.decode()


class TestVerify:
    async def test_says_that_all_is_well(self, settings: Settings, acme: Tenant) -> None:
        status, [line], _ = await verify(settings)
        assert status == 0
        assert (
            line == "All is well: 1 orgs, 7 audit entries, 1 checkpoints, 2 usage events, 8 ledger entries."
        )

    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ("UPDATE audit_entry SET action = 'x' WHERE action = 'org.created'", "entry_changed"),
            ("UPDATE usage_rollup_hour SET credits = credits + 1 WHERE customer_id = 'a'", "rollup_differs"),
            ("UPDATE usage_rollup_hour SET input_tokens = 0 WHERE customer_id = 'a'", "rollup_differs"),
            ("DELETE FROM usage_rollup_hour WHERE customer_id = 'a'", "rollup_missing"),
            ("UPDATE usage_event SET input_tokens = 7 WHERE customer_id = 'a'", "rollup_differs"),
            ("UPDATE wallet SET balance = balance + 1", "wallet_balance_differs"),
            (
                "DELETE FROM usage_event_key WHERE event_id IN (SELECT min(event_id) FROM usage_event)",
                "usage_key_missing",
            ),
            (
                "UPDATE usage_event_key SET usage_event_id = org_id WHERE event_id = (SELECT min(event_id) FROM usage_event)",  # noqa: E501
                "usage_key_differs",
            ),
        ],
    )
    async def test_finds_what_was_changed(
        self, settings: Settings, acme: Tenant, statement: str, code: str
    ) -> None:
        await audit.tamper(settings, statement)
        status, lines, _ = await verify(settings)
        assert status == 1
        # An hour that was changed differs from its days, too.
        consequences = [line for line in lines if line.startswith("rollup_day_differs: ")]
        assert len(consequences) == (len(DAYS) if "usage_rollup_" in statement else 0)
        first, last = (line for line in lines if line not in consequences)
        assert first.startswith(f"{code}: {acme.org}, ")
        assert last.startswith(f"{1 + len(consequences)} findings in ")

    @pytest.mark.parametrize("table", [rollup.table for rollup in DAYS])
    @pytest.mark.parametrize("change", ["UPDATE {} SET credits = credits + 1", "DELETE FROM {}"])
    async def test_finds_days_that_are_not_the_sum_of_their_hours(
        self, settings: Settings, acme: Tenant, table: str, change: str
    ) -> None:
        await audit.tamper(settings, change.format(table))
        status, lines, _ = await verify(settings)
        assert status == 1
        assert len(lines) > 1
        assert all(line.startswith(f"rollup_day_differs: {acme.org}, day ") for line in lines[:-1])

    async def test_finds_usage_that_was_removed(self, settings: Settings, acme: Tenant) -> None:
        await audit.tamper(settings, "DELETE FROM usage_event WHERE customer_id = 'a'")
        status, lines, _ = await verify(settings, "--json")
        report = json.loads("\n".join(lines))
        assert (status, report["ok"], report["count"]) == (1, False, 2)
        assert {finding["code"] for finding in report["findings"]} == {
            "rollup_without_events",
            "usage_event_missing",
        }
        assert report["checked"] == {
            "orgs": 1,
            "audit_entries": 7,
            "checkpoints": 1,
            "usage_events": 1,
            "ledger_entries": 8,
        }
        assert {finding["org_id"] for finding in report["findings"]} == {acme.org}

    async def test_looks_at_one_org_where_it_is_told(self, settings: Settings, acme: Tenant) -> None:
        rival = await tenant(settings, "rival")
        await audit.seal_all(settings)
        await audit.tamper(settings, "UPDATE usage_rollup_hour SET requests = 9")
        assert (await verify(settings, "--org", rival.org))[0] == 0
        assert (await verify(settings, "--org", acme.org))[0] == 1

    async def test_of_another_secret_trusts_no_signature(self, settings: Settings, acme: Tenant) -> None:
        status, lines, _ = await verify(
            settings, LAUNCHKIT_SECRET_KEY="another-secret-0123456789-abcdefghijk"
        )
        assert status == 1
        assert {line.partition(":")[0] for line in lines[:-1]} == {"checkpoint_forged", "head_forged"}

    async def test_attaches_to_the_running_dev(
        self, settings: Settings, acme: Tenant, tmp_path: Path
    ) -> None:
        running = {
            "url": "http://127.0.0.1:1",
            "api_key": "",
            "email": "",
            "password": "",
            "database_url": settings.require_database_url(),
            "redis_url": settings.require_redis_url(),
            "pid": os.getpid(),
        }
        (tmp_path / "dev.json").write_text(json.dumps(running))
        (tmp_path / "secret.key").write_text(settings.secret_key)
        attached = {"DATABASE_URL": "", "LAUNCHKIT_SECRET_KEY": "", "LAUNCHKIT_DATA_DIR": str(tmp_path)}
        status, lines, err = await verify(settings, **attached)
        assert (status, err) == (0, "")
        assert lines[0].startswith("All is well")

    async def test_says_in_a_line_what_it_lacks(self, settings: Settings, tmp_path: Path) -> None:
        nothing = {"DATABASE_URL": "", "LAUNCHKIT_DATA_DIR": str(tmp_path)}
        status, lines, err = await verify(settings, **nothing)
        assert (status, lines) == (1, [])
        assert err.startswith("There is nothing to verify")
        status, _, err = await verify(settings, "--org", ids.encode("job", ids.uuid7()))
        assert status == 1
        assert "is no org's id" in err
