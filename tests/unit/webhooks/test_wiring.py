"""What has to be so in every process, and in every domain that tells the world something."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import app
from app.core import ids
from app.core.events import Event
from app.core.ids import JobId, OrgId, TopUpId, WalletId, WorkspaceId
from app.credits.top_ups import events as top_ups
from app.credits.top_ups.types import TopUp, TopUpState
from app.jobs import events as jobs
from app.jobs.state import TERMINAL, State
from app.jobs.types import Job
from app.webhooks import catalogue

ROOT = Path(app.__file__).parents[1]
# They only read.
READERS = {"app/cli/verify.py"}
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
ORG = OrgId(ids.uuid7())


def ended_job(state: State) -> Event:
    return jobs.transitioned(
        Job(
            id=JobId(ids.uuid7()),
            org_id=ORG,
            workspace_id=WorkspaceId(ids.uuid7()),
            kind="summarize",
            state=state,
            seq=3,
            attempt=1,
            progress=100,
            input={},
            estimated_tokens=1,
            created_by_kind="user",
            created_by_id=ids.uuid7(),
            created_at=NOW,
            run_at=NOW,
        )
    )


def ended_top_up(state: TopUpState) -> Event:
    return top_ups.finished(
        TopUp(
            id=TopUpId(ids.uuid7()),
            org_id=ORG,
            wallet_id=WalletId(ids.uuid7()),
            amount=Decimal(1000),
            cost_basis=Decimal("0.02"),
            currency="USD",
            amount_minor=2000,
            payment_customer="cus_1",
            payment_method="pm_1",
            payment_id=None,
            state=state,
            failure=None,
            attempts=1,
            created_at=NOW,
            finished_at=NOW,
        )
    )


# Of the modules that make up the name of a public event: all that they publish.
NAMED_AT_RUN_TIME = {
    "app/jobs/events.py": [ended_job(state) for state in sorted(TERMINAL)],
    "app/credits/top_ups/events.py": [
        ended_top_up(state) for state in (TopUpState.SUCCEEDED, TopUpState.FAILED)
    ],
}


def sources() -> Iterator[tuple[str, str]]:
    for package in ("app", "workers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


class TestCompositionRoots:
    def test_that_open_the_database_have_public_facts_recorded(self) -> None:
        roots = {name: text for name, text in sources() if "await orm.init(" in text}

        assert {
            "app/main.py",
            "workers/runtime.py",
            "workers/scheduler.py",
            "workers/relay.py",
        } <= roots.keys()
        missing = [name for name, text in roots.items() if "recording.install()" not in text]
        assert set(missing) <= READERS, (
            "call recording.install(), or endpoints are not told what happens here"
        )


class TestCatalogue:
    def test_knows_every_public_event_by_name(self) -> None:
        told = {event.name for events in NAMED_AT_RUN_TIME.values() for event in events}
        for name, text in sources():
            if "is_public=True" not in text:
                continue
            for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
                if any(keyword.arg == "is_public" for keyword in call.keywords):
                    if isinstance(call.args[0], ast.Constant):
                        told.add(str(call.args[0].value))
                    else:
                        assert name in NAMED_AT_RUN_TIME, f"{name}: list what it publishes"

        assert {"member.invited", "usage.updated", "job.expired", "top_up.failed"} <= told
        assert told <= catalogue.BY_NAME.keys(), "describe them in app/webhooks/catalogue.py"

    @pytest.mark.parametrize(
        "event",
        [event for events in NAMED_AT_RUN_TIME.values() for event in events],
        ids=lambda event: event.name,
    )
    def test_shows_every_field_that_is_told(self, event: Event) -> None:
        assert event.is_public
        assert catalogue.BY_NAME[event.name].example.keys() == event.payload.keys()

    def test_takes_names_areas_and_everything_for_patterns(self) -> None:
        assert all(catalogue.is_pattern(text) for text in ("job.failed", "job.*", "*"))
        wrong = ("", "job", "job.", "jobs.*", "*.failed", "job.f*", "job.unheard_of", "**", "job.failed ")
        assert not any(catalogue.is_pattern(text) for text in wrong)

    def test_matches_what_its_patterns_say(self) -> None:
        assert catalogue.patterns_of("job.failed") == ("job.failed", "job.*", "*")
