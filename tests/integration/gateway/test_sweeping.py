"""Calls whose process is gone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.inference import Usage
from app.credits import service as credit
from app.credits import verification as ledger
from app.entitlements.desk import Desk
from app.gateway import sweeping
from app.gateway.caching.answers import AnswerCache
from app.gateway.protocols.openai import Chat
from app.gateway.running import Running
from app.gateway.service import Gateway
from app.gateway.tracing.log import TraceLog
from app.gateway.types import Attribution, Dialect, Outcome, Rules, Steps, Upstream
from app.gateway.upstreams.directory import Directory
from app.infra import db, redis
from app.infra.kept import Kept
from app.infra.pubsub import Publisher
from app.infra.recent import Recent
from app.infra.upstreams import Upstreams
from app.metering import verification as metering
from app.pricing.book import PriceBook
from tests.factories import entitlements, prices, wallets
from tests.factories.orgs import Tenant, tenant
from tests.waiting import until

BODY = b'{"model": "gpt-4o-mini", "max_tokens": 50, "messages": [{"role": "user", "content": "hello"}]}'
RULES = Rules()


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    found = await tenant(settings)
    await prices.published(found, prices.rule(1))
    await wallets.wallet(found, 1000)
    return found


@pytest.fixture
async def gateway(settings: Settings) -> AsyncIterator[Gateway]:
    book = PriceBook()
    upstreams = Upstreams()
    client = redis.connect(settings.require_redis_url())
    openai = Upstream("openai", Dialect.OPENAI, "http://127.0.0.1:9", "openai")
    yield Gateway(
        upstreams,
        Directory({"openai": openai}, key=b"k" * 32),
        book,
        Desk(book, clock=utcnow),
        traces=TraceLog(Recent(client, "traces", kept=10, seconds=60), Publisher(client)),
        cache=AnswerCache(Kept(client, "answers", most=10)),
        rules=RULES,
        clock=utcnow,
    )
    await upstreams.close()
    await client.aclose()


async def begun(gateway: Gateway, acme: Tenant, attribution: Attribution | None = None) -> Running:
    operation = Chat()
    return await gateway.begin(
        acme.key,
        acme.org_id,
        operation=operation,
        ask=operation.read(BODY, model=None, default_output=100),
        attribution=attribution or Attribution(),
        request_id="req_1",
        steps=Steps(utcnow()),
    )


async def books() -> tuple[Any, ...]:
    """Usage events, what is held and what the balance is."""
    row = await db.fetchrow("SELECT (SELECT count(*) FROM usage_event) AS events, held, balance FROM wallet")
    assert row is not None
    return row["events"], row["held"], row["balance"]


async def ended(count: int) -> bool:
    """Whether so many calls have ended, none of which was sent."""
    return [row["outcome"] for row in await db.fetch("SELECT outcome FROM gateway_call")] == [
        "not_sent"
    ] * count


async def is_clean() -> None:
    assert [finding async for finding in ledger.findings()] == []
    assert [finding async for finding in metering.findings()] == []


class TestSweep:
    async def test_meters_what_was_held_once_the_lease_is_over(self, gateway: Gateway, acme: Tenant) -> None:
        await begun(gateway, acme)
        hold = await db.fetchrow("SELECT amount, started_at FROM credit_hold")
        assert hold is not None
        assert hold["started_at"] is not None
        now = utcnow()
        assert await sweeping.sweep(prices=PriceBook(), now=now) == 0
        later = now + RULES.lease + timedelta(seconds=1)
        assert await sweeping.sweep(prices=PriceBook(), now=later) == 1
        assert await sweeping.sweep(prices=PriceBook(), now=later) == 0
        assert await books() == (1, 0, 1000 - hold["amount"])
        event = await db.fetchrow("SELECT usage_source, credits, output_tokens, properties FROM usage_event")
        assert event is not None
        assert (event["usage_source"], event["credits"], event["output_tokens"]) == (
            *("estimated", hold["amount"]),
            50,
        )
        await is_clean()

    async def test_and_the_call_itself_count_once_whoever_is_first(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        running = await begun(gateway, acme)
        later = utcnow() + RULES.lease + timedelta(seconds=1)
        await sweeping.sweep(prices=PriceBook(), now=later)
        before = await books()
        running.abandon()
        await gateway.idle()
        assert await books() == before
        await is_clean()

    async def test_says_what_the_ledger_says_where_the_hold_was_swept_before(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        await begun(gateway, acme)
        later = utcnow() + RULES.lease + RULES.grace + timedelta(seconds=1)
        assert await credit.end_leases(now=later) == 1
        await sweeping.sweep(prices=PriceBook(), now=later)
        rows = await db.fetch(
            "SELECT e.credits, l.amount FROM usage_event e JOIN ledger_transaction l ON l.id = e.ledger_transaction_id"
        )
        assert [row["credits"] == row["amount"] for row in rows] == [True]
        await is_clean()

    async def test_ends_the_others_where_one_cannot_be_ended(
        self, settings: Settings, gateway: Gateway, acme: Tenant
    ) -> None:
        rival = await tenant(settings, "rival")
        await prices.published(rival, prices.rule(1))
        (await begun(gateway, acme))._end(Outcome.OK, Usage(1, 1))
        await gateway.idle()
        # The next one of this hour finds no room.
        await db.execute("UPDATE usage_rollup_hour SET output_tokens = 9223372036854775807")
        await begun(gateway, acme)
        await begun(gateway, rival)
        later = utcnow() + RULES.lease + timedelta(seconds=1)
        assert await sweeping.sweep(prices=PriceBook(), now=later) == 2
        left = await db.fetch("SELECT org_id FROM gateway_call WHERE ended_at IS NULL")
        assert [row["org_id"] for row in left] == [acme.org_id]


class TestRenew:
    async def test_keeps_what_is_still_worked_on(self, gateway: Gateway, acme: Tenant) -> None:
        await begun(gateway, acme)
        await db.execute("UPDATE gateway_call SET deadline_at = now()")
        await gateway.leases.renew()
        await gateway.leases.renew()
        assert await sweeping.sweep(prices=PriceBook(), now=utcnow() + timedelta(seconds=60)) == 0


class TestBegin:
    """Whose caller is gone before it knows: nothing was sent, so nothing is charged."""

    async def test_gives_back_what_was_held_for_one_who_waited_behind_others(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        async with db.connection() as conn, conn.transaction():
            await conn.execute("SELECT FROM wallet FOR UPDATE")
            tasks = [asyncio.create_task(begun(gateway, acme)) for _ in range(4)]
            await until(
                lambda: len(gateway._books._openings._waiting) == 3, "three of them wait for the first"
            )
            tasks[-1].cancel()
            await asyncio.wait(tasks[-1:])
        for running in await asyncio.gather(*tasks[:-1]):
            running.abandon()
        await until(partial(ended, 4), "all of them have ended")
        assert await books() == (0, 0, 1000)
        await is_clean()

    async def test_gives_it_back_where_it_had_committed(
        self, gateway: Gateway, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        committed = asyncio.Event()
        fetch = db.fetch

        async def fetch_and_hang(sql: str, *args: object) -> list[db.Row]:
            rows = await fetch(sql, *args)
            if "gateway_open" in sql:
                committed.set()
                await asyncio.Event().wait()
            return rows

        monkeypatch.setattr(db, "fetch", fetch_and_hang)
        task = asyncio.create_task(begun(gateway, acme))
        await committed.wait()
        assert (await books())[1] > 0
        task.cancel()
        await asyncio.wait([task])
        await gateway.idle()
        assert await ended(1)
        assert await books() == (0, 0, 1000)
        await is_clean()


class TestClose:
    async def test_gives_back_what_was_reserved_of_a_limit_and_counts_the_event(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        await entitlements.feature(acme)
        await entitlements.entitle(acme, entitlements.OF_LAW_FIRM, amount=5)
        running = await begun(gateway, acme, Attribution("law-firm-a", None, entitlements.SEARCH))
        running._end(Outcome.CLIENT_LEFT, Usage(10, 10))
        await gateway.idle()
        [left] = await db.fetch("SELECT held, settled FROM entitlement_usage")
        assert (left["held"], left["settled"]) == (0, 0)
        assert await db.fetchval("SELECT count(*) FROM usage_event WHERE feature_id IS NOT NULL") == 1
        await is_clean()

    async def test_of_a_call_that_was_never_sent_gives_everything_back(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        running = await begun(gateway, acme)
        running.abandon()
        await gateway.idle()
        assert await books() == (0, 0, 1000)
        await is_clean()
