"""Three hundred at once for what carries fifty: through two web processes, and while things break."""

import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import aiohttp
import asyncpg
import pytest
import redis
from tortoise.context import TortoiseContext

from app.core import ids
from app.core.ids import WalletId
from app.credits import budgets
from app.credits.types import Owner, OwnerKind, Period, Scope, ScopeKind, SetBudget
from app.infra import orm
from tests.e2e.stack import PATIENCE_SECONDS, Stack
from tests.factories import wallets
from tests.factories.orgs import Tenant

_PLACE_HOLD = "SELECT outcome FROM credit_place_hold($1, $2, $3, $4, 1, NULL, '{}', '{}', $5, $5)"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module", autouse=True)
async def _running(stack: Stack) -> None:
    stack.start("web", "web2")
    await stack.ready("web")
    await stack.ready("web2")


async def customer(
    stack: Stack, acme: Tenant, name: str, amount: int, *, budget: int | None = None
) -> WalletId:
    """With a wallet of its own and, where one is named, that budget; the key's is wider."""
    now = datetime.now(UTC)
    async with TortoiseContext() as context:
        await context.init(config=orm.config(stack.servers.database_url))
        wallet_id = await wallets.wallet(acme, amount, owner=Owner(OwnerKind.CUSTOMER, name), now=now)
        if budget is not None:
            for scope, most in (
                (Scope(ScopeKind.CUSTOMER, name), budget),
                (Scope(ScopeKind.API_KEY, str(acme.key.id)), 10_000),
            ):
                wish = SetBudget(scope, "live", Period.TOTAL, Decimal(most))
                await budgets.set_budget(acme.owner, acme.org_id, command=wish, now=now)
    return wallet_id


class Crowd:
    """Clients who each want one credit held, and ask again with their key where nobody answered."""

    def __init__(self, stack: Stack, session: aiohttp.ClientSession, customer_id: str) -> None:
        self._stack, self._session, self._customer = stack, session, customer_id
        self.outcomes: Counter[str] = Counter()
        self.holds: set[str] = set()
        self.repeated = 0

    async def ask(self, number: int) -> None:
        webs = ("web", "web2")[:: 1 if number % 2 else -1]
        headers = {"Idempotency-Key": f"{self._customer}-{number}"}
        body = {"customer_id": self._customer, "amount": "1"}
        give_up = time.monotonic() + PATIENCE_SECONDS
        for attempt in itertools.count():
            assert time.monotonic() < give_up, "nobody answered"
            url = f"{self._stack.url_of(webs[attempt % 2])}/v1/credits/holds"
            try:
                async with self._session.post(url, json=body, headers=headers) as answer:
                    said = await answer.json(content_type=None)
                    if answer.status in {409, 503}:
                        raise aiohttp.ClientConnectionError(said["code"])
            except aiohttp.ClientError:
                self.repeated += 1
                await asyncio.sleep(0.05 * min(attempt, 20))
                continue
            self.outcomes[said.get("code", "held")] += 1
            if answer.status == 201:
                self.holds.add(said["id"])
            return


def verify(stack: Stack) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "verify"],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("LAUNCHKIT")},
            "DATABASE_URL": stack.servers.database_url,
            "LAUNCHKIT_SECRET_KEY": stack.settings.secret_key,
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


async def held(stack: Stack, wallet_id: WalletId) -> tuple[Decimal, int]:
    """What the wallet has set aside, and by how many holds."""
    [row] = await stack.query(
        "SELECT held, (SELECT count(*) FROM credit_hold WHERE wallet_id = w.id) AS n FROM wallet w WHERE id = $1",
        wallet_id,
    )
    return row["held"], row["n"]


class TestThreeHundredAtOnce:
    async def test_hold_exactly_what_the_wallet_carries(
        self, stack: Stack, acme: Tenant, client: aiohttp.ClientSession
    ) -> None:
        wallet_id = await customer(stack, acme, "fifty", 50)
        crowd = Crowd(stack, client, "fifty")

        await asyncio.gather(*(crowd.ask(number) for number in range(300)))

        assert crowd.outcomes == {"held": 50, "insufficient_credits": 250}
        assert len(crowd.holds) == 50
        assert await held(stack, wallet_id) == (Decimal(50), 50)

    async def test_hold_exactly_what_the_tightest_budget_allows(
        self, stack: Stack, acme: Tenant, client: aiohttp.ClientSession
    ) -> None:
        wallet_id = await customer(stack, acme, "rich", 1_000, budget=50)
        crowd = Crowd(stack, client, "rich")

        await asyncio.gather(*(crowd.ask(number) for number in range(300)))

        assert crowd.outcomes == {"held": 50, "budget_exceeded": 250}
        assert await held(stack, wallet_id) == (Decimal(50), 50)

    async def test_hold_exactly_that_without_a_web_process_between(self, stack: Stack, acme: Tenant) -> None:
        wallet_id = await customer(stack, acme, "direct", 50)

        async def one(pool: "asyncpg.Pool[asyncpg.Record]") -> str:
            hold_id, now = ids.uuid7(), datetime.now(UTC)
            made = [hold_id, acme.org_id, wallet_id, f"direct-{hold_id}", now]
            outcome: str = await pool.fetchval(_PLACE_HOLD, *made)
            return outcome

        async with asyncpg.create_pool(stack.servers.database_url, min_size=20, max_size=20) as pool:
            outcomes = Counter(await asyncio.gather(*(one(pool) for _ in range(300))))

        assert outcomes == {"held": 50, "insufficient": 250}
        assert await held(stack, wallet_id) == (Decimal(50), 50)

    async def test_hold_exactly_that_while_redis_is_emptied_and_a_web_process_killed(
        self, stack: Stack, acme: Tenant, client: aiohttp.ClientSession
    ) -> None:
        wallet_id = await customer(stack, acme, "broken", 50, budget=80)
        crowd = Crowd(stack, client, "broken")
        asking = [asyncio.create_task(crowd.ask(number)) for number in range(300)]
        while crowd.outcomes.total() < 20:
            await asyncio.sleep(0)
        redis.Redis.from_url(stack.servers.redis_url).flushall()
        stack.kill("web2")
        assert crowd.outcomes.total() < 300

        await asyncio.gather(*asking)

        assert crowd.repeated > 0
        assert crowd.outcomes == {"held": 50, "insufficient_credits": 250}
        assert len(crowd.holds) == 50
        assert await held(stack, wallet_id) == (Decimal(50), 50)
        for number, hold_id in enumerate(sorted(crowd.holds)):
            url = f"/v1/credits/holds/{hold_id}/settle"
            async with client.post(url, json={"amount": str(number % 3)}) as answer:
                assert answer.status == 200
        assert await held(stack, wallet_id) == (Decimal(0), 50)
        proof = verify(stack)
        assert proof.returncode == 0, proof.stdout + proof.stderr
