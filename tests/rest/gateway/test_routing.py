"""In which order targets are tried."""

import random
from collections import Counter
from dataclasses import replace

import orjson
import pytest

from app.core.clock import utcnow
from app.gateway.protocols.openai import Chat
from app.gateway.routing.outlets import Outlets
from app.gateway.routing.policy import Choice, Strategy
from app.gateway.routing.router import Router
from app.gateway.service import Gateway
from app.gateway.types import Ask, Dialect
from app.infra.upstreams import Upstreams
from app.pricing.book import PriceBook
from tests.factories import prices
from tests.factories.orgs import NOW, Tenant
from tests.rest.gateway.policies import policy
from tests.rest.gateway.test_openai import HELLO


class Measured(Outlets):
    """With latencies that are given."""

    def __init__(self, seconds: dict[str, float]) -> None:
        super().__init__(Upstreams())
        self._given = seconds

    def seconds(self, _org_id: object, target: object) -> float | None:
        return self._given.get(target.model)  # type: ignore[attr-defined]


@pytest.fixture
def ask() -> Ask:
    body = orjson.dumps({**HELLO, "model": "auto"})
    return Chat().read(body, model=None, default_output=100)


def router(gateway: Gateway, **seconds: float) -> Router:
    outlets = Measured({name.replace("_", "-"): value for name, value in seconds.items()})
    return Router(gateway.directory, PriceBook(), outlets, clock=utcnow, rng=random.Random(7))


async def firsts(made: Router, acme: Tenant, ask: Ask, times: int = 300) -> Counter[str]:
    plans = [await made.plan(acme.org_id, ask, Dialect.OPENAI) for _ in range(times)]
    return Counter(plan.targets[0].model for plan in plans)


class TestPlan:
    async def test_begins_as_often_with_each_as_the_weights_say(
        self, gateway: Gateway, acme: Tenant, ask: Ask
    ) -> None:
        targets = (Choice("a", weight=9), Choice("b", weight=1))
        await policy(gateway, acme, "auto", *targets, strategy=Strategy.WEIGHTED)
        found = await firsts(router(gateway), acme, ask)
        assert 240 < found["a"] < 295
        assert found["b"] == 300 - found["a"]

    async def test_begins_with_the_fastest_and_now_and_then_with_another(
        self, gateway: Gateway, acme: Tenant, ask: Ask
    ) -> None:
        await policy(gateway, acme, "auto", "slow", "fast", strategy=Strategy.FASTEST)
        found = await firsts(router(gateway, slow=0.9, fast=0.1), acme, ask)
        assert 280 <= found["fast"] < 300

    async def test_tries_what_was_never_measured(self, gateway: Gateway, acme: Tenant, ask: Ask) -> None:
        await policy(gateway, acme, "auto", "fast", "new", strategy=Strategy.FASTEST)
        assert (await firsts(router(gateway, fast=0.1), acme, ask))["new"] > 280

    async def test_goes_by_the_org_s_own_prices_and_leaves_what_has_none_for_the_end(
        self, gateway: Gateway, acme: Tenant, ask: Ask
    ) -> None:
        await prices.own(acme, "gpt-4o", "0.000000001", start=NOW)
        await policy(
            gateway, acme, "auto", "nobody-knows", "gpt-4o-mini", "gpt-4o", strategy=Strategy.CHEAPEST
        )
        plan = await router(gateway).plan(acme.org_id, ask, Dialect.OPENAI)
        assert [target.model for target in plan.targets] == ["gpt-4o", "gpt-4o-mini", "nobody-knows"]

    async def test_knows_the_context_of_the_price_list(
        self, gateway: Gateway, acme: Tenant, ask: Ask
    ) -> None:
        await policy(gateway, acme, "auto", "gpt-4o-mini", Choice("gpt-4o", context=1_000_000))
        long = replace(ask, input_tokens=200_000)
        plan = await router(gateway).plan(acme.org_id, long, Dialect.OPENAI)
        assert [target.model for target in plan.targets] == ["gpt-4o"]
