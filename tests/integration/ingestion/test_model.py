"""Any mix of batches, against a model: dictionaries in memory instead of everything that is being tested."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import hypothesis
from hypothesis import strategies as st

from app.core.config import Settings
from app.credits import verification as ledger
from app.infra import db
from app.ingestion.intake import Intake
from app.metering import verification as metering
from tests.factories import wallets
from tests.factories.orgs import Tenant, tenant
from tests.factories.usage import event, ingest

Sent = tuple[str, int]
# An event by its id and how many thousand tokens it tells of; -1 is none that can be counted.
ITEMS = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([1, 1, 1, 2, 3, -1]))
BATCHES = st.lists(st.lists(ITEMS, max_size=8), min_size=1, max_size=8)
UNHURRIED = hypothesis.settings(
    max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)


def document(sent: Sent) -> Mapping[str, Any]:
    event_id, thousands = sent
    return event(
        event_id,
        input_tokens=thousands * 1_000,
        output_tokens=0,
        customer_id=f"c-{event_id}" if event_id < "e" else None,
        feature_id="f" if thousands > 1 else None,
        latency_ms=thousands,
    )


async def send(org: Tenant, batch: Sequence[Sent], intake: Intake) -> list[str]:
    return [result.status.value for result in await ingest(org, *map(document, batch), intake=intake)]


async def check_books(org: Tenant, counted: Mapping[str, int]) -> None:
    """Every table says that `counted` is what was used: an id, and its thousands of tokens, which are its credits."""
    rows = await db.fetch(
        "SELECT event_id, input_tokens / 1000 FROM usage_event WHERE org_id = $1", org.org_id
    )
    assert Counter(tuple(row) for row in rows) == Counter(counted.items())
    total = await db.fetchrow(
        "SELECT coalesce(sum(requests), 0), coalesce(sum(credits), 0) FROM usage_rollup_hour WHERE org_id = $1",
        org.org_id,
    )
    assert total is not None
    assert tuple(total) == (len(counted), sum(counted.values()))
    latencies = await db.fetchval(
        "SELECT sum(requests) FROM usage_latency_hour WHERE org_id = $1", org.org_id
    )
    assert (latencies or 0) == len(counted)
    customers = await db.fetch("SELECT external_id FROM customer WHERE org_id = $1", org.org_id)
    assert Counter(row[0] for row in customers) == Counter(
        f"c-{event_id}" for event_id in counted if event_id < "e"
    )
    balance = await db.fetchval("SELECT balance FROM wallet WHERE org_id = $1", org.org_id)
    assert balance == Decimal(10) - sum(counted.values())
    assert [finding async for finding in metering.findings(org.org_id)] == []
    assert [finding async for finding in ledger.findings(org.org_id)] == []


_numbers = iter(range(1_000_000))


async def new_org(settings: Settings) -> Tenant:
    org = await tenant(settings, f"model-{next(_numbers)}")
    await wallets.wallet(org, 10)
    return org


class TestOneAfterAnother:
    @UNHURRIED
    @hypothesis.given(BATCHES)
    async def test_equals_the_model(self, settings: Settings, batches: list[list[Sent]]) -> None:
        org = await new_org(settings)
        intake = Intake()
        counted: dict[str, int] = {}
        for batch in batches:
            expected = []
            for event_id, thousands in batch:
                if thousands < 0:
                    expected.append("invalid")
                elif event_id not in counted:
                    counted[event_id] = thousands
                    expected.append("accepted")
                else:
                    expected.append("duplicate" if counted[event_id] == thousands else "conflict")

            assert await send(org, batch, intake) == expected

        await check_books(org, counted)


class TestAllAtOnce:
    @UNHURRIED
    @hypothesis.given(BATCHES, st.integers(min_value=1, max_value=3))
    async def test_counts_one_of_each_and_tells_the_others_so(
        self, settings: Settings, batches: list[list[Sent]], processes: int
    ) -> None:
        org = await new_org(settings)
        intakes = [Intake() for _ in range(processes)]

        found = await asyncio.gather(
            *(send(org, batch, intakes[number % processes]) for number, batch in enumerate(batches))
        )

        told: defaultdict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        for batch, statuses in zip(batches, found, strict=True):
            for (event_id, thousands), status in zip(batch, statuses, strict=True):
                told[event_id][thousands, status] += 1
        counted = {}
        for event_id, outcomes in told.items():
            accepted = [thousands for thousands, status in outcomes.elements() if status == "accepted"]
            valid = [thousands for thousands, _ in outcomes.elements() if thousands > 0]
            assert len(accepted) == min(1, len(valid))
            for thousands, status in outcomes:
                if thousands < 0:
                    assert status == "invalid"
                elif status != "accepted":
                    assert status == ("duplicate" if thousands == accepted[0] else "conflict")
            if accepted:
                counted[event_id] = accepted[0]
        await check_books(org, counted)
