"""Prices in a worker: jobs are rated by them, and what they come too late for is rated again."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.inference import Usage
from app.infra import db, telemetry
from app.jobs.types import ModelCall, Outcome
from app.pricing.book import PriceBook
from app.pricing.rating import DEFAULT_PRICES, OrgPrices
from app.rerating import service
from app.rerating.types import NewRerating
from tests.factories import audit, jobs, prices, rated
from tests.factories.orgs import NOW, Tenant
from tests.fakes import kinds as fake_kinds
from tests.workers.conftest import Bench
from workers import actor, pricing, runtime
from workers.scheduler import Scheduler

DAY = timedelta(days=1)
CALL = ModelCall("openai", "gpt-4o", Usage(1_000, 500))


@pytest.fixture
def _in_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "_current", SimpleNamespace(prices=PriceBook()))


async def credits_of_events() -> list[Decimal]:
    return [row["credits"] for row in await db.fetch("SELECT credits FROM usage_event ORDER BY id")]


class TestJobs:
    @pytest.mark.parametrize(("customer", "burned"), [(None, 3_000), ("vip", 15_000), ("new", 3_000)])
    async def test_burn_by_the_orgs_table_for_the_customers_tier(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch, customer: str | None, burned: int
    ) -> None:
        acme = bench.acme
        await prices.published(acme, prices.rule(2), start=NOW - DAY)
        await prices.published(acme, prices.rule(10), audience=prices.tier("gold"), start=NOW - DAY)
        await db.execute(
            "INSERT INTO customer VALUES (gen_random_uuid(), $1, 'vip', NULL, 'gold', NULL, $2)",
            acme.org_id,
            NOW,
        )

        async def handler(*_: Any) -> Outcome:
            return Outcome({}, [CALL])

        kind = fake_kinds.install(monkeypatch, handler)
        data = {"text": "hello"}
        job = await jobs.queued(acme, kind=kind, data=data, customer_id=customer, now=utcnow())
        done = await bench.run(job)

        assert done.credits == burned
        assert await credits_of_events() == [burned]


async def _no_prices(_org_id: object) -> OrgPrices:
    return DEFAULT_PRICES


@pytest.mark.usefixtures("_in_a_worker")
class TestActors:
    def test_are_declared(self) -> None:
        declared = {function.__name__: queue for function, queue in actor._declared}

        assert (declared["rate_unrated"], declared["rerate"]) == ("pricing", "pricing")

    async def test_rate_what_had_no_price_also_when_it_came_in_by_yesterdays(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A process that takes usage in may know a price a second late, when the first look is long over."""
        await rated.ingested(acme, rated.pages("a", 3))
        await prices.published(acme, prices.rule(2, "pages"), start=NOW - DAY)
        looks = []

        async def pause(seconds: float) -> None:
            looks.append(await db.fetchval("SELECT sum(credits) FROM usage_rollup_hour"))
            stale = SimpleNamespace(of=_no_prices)
            await rated.ingested(acme, rated.pages("b", 4), prices=stale)

        monkeypatch.setattr(pricing, "asyncio", SimpleNamespace(sleep=pause))
        await pricing.rate_unrated(org_id=str(acme.org_id), of_a_newer_version=1)

        assert looks == [6]
        assert await db.fetchval("SELECT sum(credits) FROM usage_rollup_hour") == 14

    async def test_carry_a_rerating_out(self, acme: Tenant) -> None:
        await rated.ingested(acme, {"event_id": "a", "input_tokens": 1_000})
        await prices.published(acme, prices.rule(2), start=NOW - DAY)
        command = NewRerating(NOW - DAY, NOW + DAY, is_dry_run=False)
        started = await service.start(acme.owner, acme.org_id, command=command, now=NOW)
        kwargs = await db.fetchval(
            "SELECT payload->'kwargs'->>'rerating_id' FROM outbox_message WHERE name = 'rerate'"
        )
        assert kwargs == str(started.value.id)
        await pricing.rerate(rerating_id=kwargs)

        assert await db.fetchval("SELECT sum(credits) FROM usage_rollup_hour") == 2_000


class TestScheduler:
    async def test_looks_at_what_is_unrated_when_it_starts_and_tells_of_it(
        self, settings: Settings, acme: Tenant
    ) -> None:
        await rated.ingested(acme, rated.pages("a"))
        scheduler = Scheduler(audit.sealer_of(settings), settings)
        for _ in range(2):
            await scheduler.tick(now=NOW)
        found = await db.fetch("SELECT name, count(*) AS n FROM outbox_message GROUP BY name")
        messages = {row["name"]: row["n"] for row in found}

        assert (messages["rate_unrated"], messages["usage.unrated"]) == (1, 1)
        assert telemetry.USAGE_UNRATED._value.get() == 1
