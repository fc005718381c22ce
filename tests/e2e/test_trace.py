"""A trace of real size, sent by eight clients at once, twice, while a web process is killed."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from tortoise.context import TortoiseContext

from app.infra import orm, parent
from tests.e2e.stack import STARTING_SECONDS, Stack
from tests.factories import traces, wallets
from tests.factories.orgs import Tenant
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(900)

CLIENTS = 8
BATCH = 150
PURSE = 100_000


@pytest.fixture(scope="module", autouse=True)
async def _running(stack: Stack, acme: Tenant) -> None:
    async with TortoiseContext() as context:
        await context.init(config=orm.config(stack.servers.database_url))
        await wallets.wallet(acme, PURSE, now=datetime.now(UTC))
    stack.start("web", "scheduler")
    await stack.ready()


async def post(session: aiohttp.ClientSession, batch: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sends it until it is answered, as a client must."""

    async def once() -> list[str] | None:
        try:
            async with session.post("/v1/events/ingest", data=orjson.dumps({"events": batch})) as answer:
                if answer.status != 200:
                    return None
                return [result["status"] for result in (await answer.json())["results"]]
        except aiohttp.ClientError:
            return None

    return await eventually(once, within=STARTING_SECONDS, what="a batch being answered", every=0.1)


async def send(
    session: aiohttp.ClientSession, events: Sequence[Mapping[str, Any]], told: Counter[str], number: int
) -> None:
    """One client's share, which overlaps with its neighbours' by half; every other client begins at its end."""
    share = len(events) // CLIENTS + 1
    mine = events[max(0, number * share - share // 4) : (number + 1) * share + share // 4]
    batches = [mine[start : start + BATCH] for start in range(0, len(mine), BATCH)]
    for batch in reversed(batches) if number % 2 else batches:
        told.update(await post(session, batch))


async def books(stack: Stack) -> list[Any]:
    """All that usage has written, but what only tells when it was."""
    rows = await stack.query(
        "SELECT event_id, credits, cost_usd, occurred_at, ledger_transaction_id FROM usage_event ORDER BY event_id"
    )
    rows += await stack.query("SELECT * FROM usage_rollup_hour ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9")
    rows += await stack.query("SELECT * FROM ledger_entry ORDER BY 1, 2")
    return [tuple(row) for row in rows]


async def verify(stack: Stack) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "verify", "--json"),
        env={**stack._environment("web"), parent.VARIABLE: str(os.getpid())},
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    report: dict[str, Any] = orjson.loads(out)
    return report


class TestTrace:
    async def test_is_counted_exactly_once(self, stack: Stack, client: aiohttp.ClientSession) -> None:
        calls = traces.calls()
        events = traces.events(calls, start=datetime.now(UTC) - timedelta(hours=3))
        told: Counter[str] = Counter()

        async def kill_in_between() -> None:
            await eventually(lambda: told.total() > 2_000, within=STARTING_SECONDS, what="some batches")
            stack.kill("web")
            stack.start("web")

        await asyncio.gather(
            kill_in_between(), *(send(client, events, told, number) for number in range(CLIENTS))
        )

        assert set(told) == {"accepted", "duplicate"}
        # What was answered only by the end of the process counts, too: it was not told, but it was written.
        assert told["accepted"] <= len(events) < told.total()
        await self.check_totals(stack, calls)
        first = await books(stack)
        assert (await verify(stack))["findings"] == []

        told.clear()
        await asyncio.gather(*(send(client, events, told, number) for number in range(CLIENTS)))

        assert set(told) == {"duplicate"}
        assert await books(stack) == first
        assert (await verify(stack))["findings"] == []

    async def check_totals(self, stack: Stack, calls: Sequence[traces.Call]) -> None:
        tokens = sum(call.input_tokens for call in calls), sum(call.output_tokens for call in calls)
        used = Decimal(sum(tokens)) / 1_000
        [totals] = await stack.query(
            "SELECT sum(requests), sum(input_tokens), sum(output_tokens), sum(credits), sum(unrated) "
            "FROM usage_rollup_hour"
        )
        assert tuple(totals) == (len(calls), *tokens, used, 0)
        [wallet] = await stack.query("SELECT balance, debt FROM wallet")
        assert tuple(wallet) == (PURSE - used, 0)
        [customers] = await stack.query("SELECT count(*) FROM customer")
        assert customers[0] == 7
