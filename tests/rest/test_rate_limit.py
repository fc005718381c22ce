"""Rate limits of REST: who is limited how much, what answers say, and what happens without Redis."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from app.core.config import Settings, WithoutRedis
from app.core.principal import Role
from app.limits import plans
from tests.factories import apikeys, limits
from tests.factories.orgs import NOW, Tenant, bearer, join, tenant
from tests.fakes import network, statements
from tests.fakes.web import serving
from tests.rest.problems import problem
from tests.waiting import eventually

FIELDS = {
    "RateLimit-Policy",
    "RateLimit",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
}
LIMITED = [
    ("GET", "/v1/jobs"),
    ("GET", "/v1/usage"),
    ("POST", "/v1/jobs/summarize"),
    ("POST", "/v1/jobs/none"),
]
FREE_OF_IT = ["/health", "/ready", "/metrics", "/docs", "/assets/launchkit/icon.svg", "/v1/openapi.json"]


def person(settings: Settings, acme: Tenant) -> dict[str, str]:
    return bearer(settings, acme.owner)


async def second_key(settings: Settings, acme: Tenant) -> dict[str, str]:
    """Made while the org was on a larger plan."""
    await limits.put_on(acme, "PRO")
    new = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW)
    await limits.put_on(acme, "FREE")
    return new.headers


async def statuses(client: aiohttp.ClientSession, count: int, headers: dict[str, str]) -> list[int]:
    async def ask() -> int:
        async with client.get("/v1/jobs?limit=1", headers=headers) as answer:
            return answer.status

    return await asyncio.gather(*(ask() for _ in range(count)))


def value(answer: aiohttp.ClientResponse, name: str = "X-RateLimit-Remaining") -> int:
    return int(answer.headers[name])


@pytest.fixture
async def free(acme: Tenant) -> Tenant:
    """On the plan where a token takes a second to come back: nothing flows in during a test."""
    await limits.put_on(acme, "FREE")
    return acme


class TestQuota:
    @pytest.mark.parametrize(("plan", "amount"), [("FREE", 60), ("PRO", 300), ("ENTERPRISE", 6_000)])
    async def test_is_that_of_the_plan(
        self, client: aiohttp.ClientSession, acme: Tenant, plan: str, amount: int
    ) -> None:
        await limits.put_on(acme, plan)
        before = time.time()
        answer = await client.get("/v1/jobs", headers=acme.headers)
        assert answer.status == 200
        policy = f'"org";q={amount};w=60, "api_key";q={amount};w=60, "ip";q={plans.ADDRESS.amount};w=60'
        assert answer.headers["RateLimit-Policy"] == policy
        assert answer.headers["RateLimit"] == f'"org";r={amount - 1};t=1'
        assert value(answer, "X-RateLimit-Limit") == amount
        assert value(answer) == amount - 1
        assert before <= value(answer, "X-RateLimit-Reset") <= time.time() + 2

    async def test_is_never_exceeded_by_many_at_once(
        self, client: aiohttp.ClientSession, free: Tenant
    ) -> None:
        started = time.perf_counter()
        found = await statuses(client, 200, free.headers)
        flowed = time.perf_counter() - started
        assert set(found) == {200, 429}
        assert 60 <= found.count(200) <= 60 + flowed + 1

    async def test_of_the_org_is_shared_by_its_keys_and_people(
        self, client: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        callers = [free.headers, await second_key(settings, free), person(settings, free)]
        started = time.perf_counter()
        limits.empty(settings, f"org:{free.org_id}", but=3)
        answers = [await client.get("/v1/jobs", headers=headers) for headers in callers]
        assert [answer.headers["RateLimit"].split(";")[0] for answer in answers] == ['"org"'] * 3
        flowed = time.perf_counter() - started
        for answer, left in zip(answers, (2, 1, 0), strict=True):
            assert left <= value(answer) <= left + flowed
        for headers in callers:
            limits.empty(settings, f"org:{free.org_id}")
            await problem(await client.get("/v1/jobs", headers=headers), 429, "rate_limited")

    @pytest.mark.parametrize("scope", ["org", "api_key", "user", "ip"])
    async def test_of_each_scope_refuses_alone(
        self,
        client: aiohttp.ClientSession,
        free: Tenant,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        scope: str,
    ) -> None:
        monkeypatch.setattr(plans, "ADDRESS", limits.FREE)
        names = {"org": free.org_id, "api_key": free.key.id, "user": free.owner.id, "ip": "127.0.0.1"}
        limits.empty(settings, f"{scope}:{names[scope]}")
        headers = person(settings, free) if scope == "user" else free.headers
        answer = await client.get("/v1/jobs", headers=headers)
        await problem(answer, 429, "rate_limited")
        assert answer.headers["RateLimit"].startswith(f'"{scope}";r=0;')

    async def test_of_one_key_is_not_that_of_another(
        self, client: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        other = await second_key(settings, free)
        limits.empty(settings, f"api_key:{free.key.id}")
        assert (await client.get("/v1/jobs", headers=free.headers)).status == 429
        assert (await client.get("/v1/jobs", headers=other)).status == 200

    async def test_of_one_org_is_not_that_of_another(
        self, client: aiohttp.ClientSession, free: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        limits.empty(settings, f"org:{free.org_id}")
        assert (await client.get("/v1/jobs", headers=free.headers)).status == 429
        answer = await client.get("/v1/jobs", headers=rival.headers)
        assert (answer.status, value(answer)) == (200, 299)

    async def test_of_a_person_in_two_orgs_is_their_own(
        self, client: aiohttp.ClientSession, free: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        await join(rival, free.owner, Role.VIEWER)
        limits.empty(settings, f"org:{free.org_id}")
        answer = await client.get("/v1/rate-limit", headers=person(settings, free))
        levels = [(level["scope"], level["limit"]) for level in (await answer.json())["levels"]]
        assert levels == [("user", 300), ("ip", plans.ADDRESS.amount)]


class TestRefusal:
    async def test_spends_nothing_anywhere(
        self, client: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        limits.empty(settings, f"api_key:{free.key.id}")
        before = limits.kept(settings)
        found = await statuses(client, 5, free.headers)
        assert found == [429] * 5
        assert limits.kept(settings) == before

    async def test_is_a_problem_that_says_when_to_come_back(
        self, client: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        limits.empty(settings, f"org:{free.org_id}", still=5)
        answer = await client.post("/v1/jobs/summarize", json={"text": "a"}, headers=free.headers)
        body = await problem(answer, 429, "rate_limited")
        assert "60 requests in 60 seconds" in body["detail"]
        assert answer.headers["Retry-After"] == "1"
        assert answer.headers["RateLimit"] == '"org";r=0;t=60'
        assert set(answer.headers) >= FIELDS

        async def is_let_in() -> bool:
            return (await client.get("/v1/jobs", headers=free.headers)).status == 200

        await eventually(is_let_in, every=0.3, what="the next token")

    async def test_comes_before_the_request_is_looked_at(
        self, client: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        for method, path in LIMITED:
            limits.empty(settings, f"org:{free.org_id}")
            await problem(
                await client.request(method, path, data=b"{", headers=free.headers), 429, "rate_limited"
            )


class TestAnonymous:
    async def test_are_limited_by_address(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        answer = await client.get("/v1/jobs")
        await problem(answer, 401, "unauthenticated")
        assert answer.headers["RateLimit"] == '"anonymous";r=59;t=1'

        limits.empty(settings, "anonymous:127.0.0.1")
        await problem(await client.get("/v1/jobs"), 429, "rate_limited")
        assert (await client.get("/v1/jobs", headers=acme.headers)).status == 200, "known callers go on"

    @pytest.mark.parametrize("credential", ["lk_live_pk_0000000000000000_x", "nonsense", "lk_live_"])
    async def test_are_those_who_guess_too(
        self, client: aiohttp.ClientSession, settings: Settings, credential: str
    ) -> None:
        headers = {"Authorization": f"Bearer {credential}"}
        for path in ("/v1/jobs", "/v1/rate-limit"):
            limits.empty(settings, "anonymous:127.0.0.1")
            await problem(await client.get(path, headers=headers), 429, "rate_limited")

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP"])
    async def test_cannot_say_that_they_are_elsewhere(
        self, client: aiohttp.ClientSession, settings: Settings, header: str
    ) -> None:
        limits.empty(settings, "anonymous:127.0.0.1")
        elsewhere = "for=203.0.113.9" if header == "Forwarded" else "203.0.113.9"
        await problem(await client.get("/v1/jobs", headers={header: elsewhere}), 429, "rate_limited")


class TestWhere:
    @pytest.mark.parametrize("path", FREE_OF_IT)
    async def test_nothing_is_limited(
        self, client: aiohttp.ClientSession, settings: Settings, path: str
    ) -> None:
        limits.empty(settings, "anonymous:127.0.0.1")
        async with client.get(path) as answer:
            assert answer.status != 429
            assert not FIELDS & set(answer.headers)

    async def test_every_answer_of_an_operation_says_what_is_left(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for number, (method, path) in enumerate(LIMITED):
            answer = await client.request(method, path, data=b"{", headers=acme.headers)
            assert value(answer) >= 299 - number
            assert set(answer.headers) >= FIELDS


class TestRateLimit:
    """`GET /v1/rate-limit`."""

    async def test_tells_the_quota_without_spending_it(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        for _ in range(3):
            answer = await client.get("/v1/rate-limit", headers=acme.headers)
            assert answer.status == 200
            body: dict[str, Any] = await answer.json()
            figures = {key: body[key] for key in ("enabled", "limit", "remaining", "reset_seconds")}
            assert figures == {"enabled": True, "limit": 300, "remaining": 300, "reset_seconds": 0}
            assert body["levels"][0] == {
                "scope": "org",
                "limit": 300,
                "window_seconds": 60,
                "remaining": 300,
                "reset_seconds": 0,
            }
            assert [level["scope"] for level in body["levels"]] == ["org", "api_key", "ip"]
        assert limits.kept(settings) == {}

    async def test_tells_what_others_have_spent(
        self, client: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        limits.empty(settings, f"org:{free.org_id}")
        answer = await client.get("/v1/rate-limit", headers=free.headers)
        body = await answer.json()
        assert (answer.status, body["limit"], body["remaining"], body["reset_seconds"]) == (200, 60, 0, 60)

    async def test_needs_a_credential(self, client: aiohttp.ClientSession) -> None:
        await problem(await client.get("/v1/rate-limit"), 401, "unauthenticated")


class TestCost:
    async def test_is_no_query(self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings) -> None:
        await client.get("/v1/rate-limit", headers=acme.headers)
        with statements.recorded() as seen:
            await client.get("/v1/rate-limit", headers=acme.headers)
        assert seen == [], "the plan is known with the key"
        with statements.recorded() as seen:
            await client.get("/v1/rate-limit", headers=person(settings, acme))
        assert len(seen) == 1, "who it is, and of what plan"


class TestSettings:
    async def test_switch_it_off(self, settings: Settings) -> None:
        acme = await tenant(settings)
        limits.empty(settings, f"org:{acme.org_id}")
        off = replace(settings, is_rate_limited=False)
        async with serving(off) as server, aiohttp.ClientSession(server.make_url("/")) as client:
            answer = await client.get("/v1/jobs", headers=acme.headers)
            assert answer.status == 200
            assert not FIELDS & set(answer.headers)
            told = await client.get("/v1/rate-limit", headers=acme.headers)
            assert await told.json() == {
                "enabled": False,
                "limit": None,
                "remaining": None,
                "reset_seconds": None,
                "levels": [],
                "tokens": None,
            }

    async def test_without_redis_each_process_counts_by_itself(self, settings: Settings) -> None:
        acme = await tenant(settings)
        await limits.put_on(acme, "FREE")
        async with network.wire_to(settings.require_redis_url()) as (wire, url):
            away = replace(settings, redis_url=url)
            async with serving(away) as server, aiohttp.ClientSession(server.make_url("/")) as client:
                assert value(await client.get("/v1/jobs", headers=acme.headers)) == 59
                with capture_logs():
                    await wire.cut()
                    before = await _fallbacks(client)
                    started = time.perf_counter()
                    found = await statuses(client, 100, acme.headers)
                    flowed = time.perf_counter() - started
                    assert 60 <= found.count(200) <= 61 + flowed
                    assert found.count(429) == 100 - found.count(200)
                    assert await _fallbacks(client) - before == 100
                    await wire.mend()
                    await asyncio.sleep(1.1)
                    assert value(await client.get("/v1/jobs", headers=acme.headers)) >= 58, "Redis again"

    async def test_without_redis_requests_are_refused_where_that_is_wished(self, settings: Settings) -> None:
        acme = await tenant(settings)
        async with network.wire_to(settings.require_redis_url()) as (wire, url):
            closed = replace(settings, redis_url=url, rate_limits_without_redis=WithoutRedis.CLOSED)
            async with serving(closed) as server, aiohttp.ClientSession(server.make_url("/")) as client:
                assert (await client.get("/v1/jobs", headers=acme.headers)).status == 200
                with capture_logs():
                    await wire.cut()
                    answer = await client.get("/v1/jobs", headers=acme.headers)
                    await problem(answer, 503, "rate_limits_unavailable")
                    assert answer.headers["Retry-After"] == "1"
                    assert (await client.get("/health")).status == 200


async def _fallbacks(client: aiohttp.ClientSession) -> float:
    text = await (await client.get("/metrics")).text()
    [line] = [one for one in text.splitlines() if one.startswith("launchkit_rate_limit_fallback_total ")]
    return float(line.split()[1])
