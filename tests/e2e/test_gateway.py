"""Streams through two web processes, one of which is killed in the middle: each call is in the books once."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from tortoise.context import TortoiseContext

from app.credits.types import ScopeKind
from app.infra import orm
from tests.e2e.stack import PATIENCE_SECONDS, Stack
from tests.e2e.test_credit import verify
from tests.factories import prices, wallets
from tests.factories.orgs import Tenant
from tests.fakes import aimock
from tests.fakes.aimock import Emulator
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(600)

CALLS = 80
BUDGET = 6_000
LEASE_SECONDS = 3


@pytest.fixture(scope="module")
async def emulator(stack: Stack) -> AsyncIterator[Emulator]:
    with aimock.running() as started:
        stack.environment = {
            "OPENAI_BASE_URL": f"{started.url}/v1",
            "OPENAI_API_KEY": "sk-x",
            "LAUNCHKIT_GATEWAY_LEASE_SECONDS": str(LEASE_SECONDS),
        }
        stack.start("web", "web2", "scheduler")
        await stack.ready("web")
        await stack.ready("web2")
        yield started


@pytest.fixture
async def limited(stack: Stack, acme: Tenant) -> Tenant:
    now = datetime.now(UTC)
    async with TortoiseContext() as context:
        await context.init(config=orm.config(stack.servers.database_url))
        await prices.published(acme, prices.rule(1), start=now, now=now)
        await wallets.wallet(acme, 1_000_000, now=now)
        await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), BUDGET, period="total", now=now)
    return acme


async def ask(client: aiohttp.ClientSession, url: str, begun: asyncio.Event, *, leaves: bool) -> str:
    """How a stream ended. Sets `begun` once it is being read, unless its reader leaves."""
    body = {
        "model": "gpt-4o-mini",
        "max_tokens": 60,
        "messages": [{"role": "user", "content": "at length"}],
        "stream": True,
    }
    try:
        async with client.post(f"{url}/v1/chat/completions", json=body) as answer:
            if answer.status != 200:
                return str(answer.status)
            if leaves:
                await answer.content.readany()
                answer.close()
                return "left"
            first = await answer.content.readany()
            begun.set()
            return "whole" if b"[DONE]" in first + await answer.read() else "broken"
    except aiohttp.ClientError:
        return "lost"


class TestKilledProcess:
    async def test_leaves_every_call_in_the_books_once_and_the_budget_kept(
        self, stack: Stack, limited: Tenant, client: aiohttp.ClientSession, emulator: Emulator
    ) -> None:
        rng = random.Random(11)
        begun = {name: asyncio.Event() for name in ("web", "web2")}
        asked = [
            asyncio.create_task(ask(client, stack.url_of(name), event, leaves=rng.random() < 0.3))
            for _ in range(CALLS // 2)
            for name, event in begun.items()
        ]
        async with asyncio.timeout(PATIENCE_SECONDS):
            await begun["web2"].wait()
        stack.kill("web2")
        outcomes = await asyncio.gather(*asked)
        assert outcomes.count("whole") > 0
        assert {"lost", "broken"} & set(outcomes)

        async def all_ended() -> bool:
            rows = await stack.query("SELECT count(*) AS n FROM gateway_call WHERE ended_at IS NULL")
            return int(rows[0]["n"]) == 0

        await eventually(all_ended, within=PATIENCE_SECONDS, what="the leases' end")
        [row] = await stack.query(
            "SELECT (SELECT count(*) FROM usage_event) AS events, "
            "(SELECT count(*) FROM gateway_call WHERE outcome = 'lost') AS lost, "
            "(SELECT sum(credits) FROM usage_event) AS burned, (SELECT spent FROM budget_usage) AS spent, "
            "(SELECT held FROM budget_usage) AS held"
        )
        assert row["lost"] > 0
        assert (row["burned"], row["held"]) == (row["spent"], 0)
        assert row["spent"] <= BUDGET
        sent = [entry for entry in await emulator.journal() if entry["path"] == "/v1/chat/completions"]
        # A call whose process died between its hold and its sending counts too.
        assert len(sent) <= row["events"] <= len(sent) + row["lost"]
        verified = verify(stack)
        assert verified.returncode == 0, verified.stdout
