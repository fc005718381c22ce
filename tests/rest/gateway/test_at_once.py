"""Many calls at once on one key: budgets hold, and what the upstream was asked is in the books, once each."""

import asyncio
import random
from collections import Counter
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.credits import verification as credit
from app.credits.types import ScopeKind
from app.gateway.routing.policy import WhenClientLeaves
from app.gateway.service import Gateway
from app.infra import db
from app.metering import verification as metering
from tests.factories import prices, wallets
from tests.factories.orgs import Tenant
from tests.fakes.aimock import Emulator
from tests.rest.gateway.conftest import calls, events, settled
from tests.rest.gateway.policies import policy
from tests.waiting import until

CALLS = 200
BUDGET = 4_000


@pytest.fixture
async def limited(acme: Tenant) -> Tenant:
    """One credit a token, credit enough, and a hard budget that some fifty calls fit into at once."""
    await prices.published(acme, prices.rule(1))
    await wallets.wallet(acme, 1_000_000)
    await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), BUDGET, period="total")
    return acme


def body(text: str, *, is_stream: bool) -> dict[str, Any]:
    return {
        "model": "gpt-4o-mini",
        "max_tokens": 60,
        "messages": [{"role": "user", "content": text}],
        "stream": is_stream,
    }


async def ask(client: aiohttp.ClientSession, tenant: Tenant, *, is_stream: bool, leaves: bool = False) -> int:
    request = body("slowly" if leaves else "hello", is_stream=is_stream)
    async with client.post("/v1/chat/completions", json=request, headers=tenant.headers) as answer:
        if leaves and answer.status == 200:
            await answer.content.readany()
            answer.close()
        else:
            await answer.read()
        return answer.status


async def spent() -> tuple[Any, Any]:
    row = await db.fetchrow("SELECT spent, held FROM budget_usage")
    assert row is not None
    return row["spent"], row["held"]


async def is_clean() -> None:
    assert [finding async for finding in credit.findings()] == []
    assert [finding async for finding in metering.findings()] == []


async def asked(emulator: Emulator) -> int:
    entries = await emulator.journal()
    return sum(1 for entry in entries if entry["path"] == "/v1/chat/completions")


@pytest.mark.parametrize("is_stream", [False, True], ids=["json", "streams"])
class TestHardBudget:
    async def test_is_never_exceeded(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        limited: Tenant,
        emulator: Emulator,
        is_stream: bool,
    ) -> None:
        before = await asked(emulator)
        statuses = Counter(
            await asyncio.gather(*(ask(client, limited, is_stream=is_stream) for _ in range(CALLS)))
        )
        await settled(server)
        assert set(statuses) <= {200, 402}
        assert statuses[200] >= 40
        used, held = await spent()
        assert held == 0
        assert used <= BUDGET
        found = await events()
        assert sum(event["credits"] for event in found) == used
        assert len(found) == statuses[200] == await asked(emulator) - before
        await is_clean()


class TestClientsThatLeave:
    @pytest.mark.parametrize(
        ("leaves", "sources"),
        [(WhenClientLeaves.DRAIN, {"provider"}), (WhenClientLeaves.CANCEL, {"provider", "estimated"})],
    )
    async def test_leave_nothing_unmetered(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        gateway: Gateway,
        limited: Tenant,
        emulator: Emulator,
        leaves: WhenClientLeaves,
        sources: set[str],
    ) -> None:
        await policy(gateway, limited, "gpt-4o-mini", when_client_leaves=leaves)
        before = await asked(emulator)
        rng = random.Random(7)
        statuses = Counter(
            await asyncio.gather(
                *(ask(client, limited, is_stream=True, leaves=rng.random() < 0.5) for _ in range(60))
            )
        )

        async def all_ended() -> bool:
            await settled(server)
            return all(call["ended_at"] is not None for call in await calls())

        await until(all_ended, "the end of all calls")
        found = await events()
        assert len(found) == statuses[200] == await asked(emulator) - before
        assert {event["usage_source"] for event in found} == sources
        used, held = await spent()
        assert (held, used) == (0, sum(event["credits"] for event in found))
        assert used <= BUDGET
        await is_clean()
