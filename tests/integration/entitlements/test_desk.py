"""Checks from snapshots: right, fresh enough, and without a query while they are."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.core.config import Settings
from app.core.errors import Forbidden, LaunchKitError, NotFound
from app.core.principal import Permission, Principal
from app.credits.types import ScopeKind
from app.entitlements import fresh, switches
from app.entitlements.desk import Desk
from app.entitlements.errors import FlagNotFound, FlagNotPermitted, QuotaExceeded
from app.entitlements.types import Decision, Flag, FlagReason, LimitUnit, Mend, Question, Reason
from app.infra import pubsub, redis
from app.outbox import courier as outbox_courier
from app.outbox.courier import Courier
from tests.factories import databases, limits, orgs, wallets
from tests.factories.entitlements import (
    LAW_FIRM,
    OF_LAW_FIRM,
    desk,
    entitle,
    feature,
    question,
    reserve,
    used,
)
from tests.factories.orgs import NOW, Tenant
from tests.factories.senders import Recorder
from tests.waiting import eventually


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    tenant = await orgs.tenant(settings)
    await wallets.wallet(tenant, 100)
    await feature(tenant)
    return tenant


async def check(tenant: Tenant, asked: Question | None = None, *, at: Desk | None = None) -> Decision:
    return await (at or desk()).check(tenant.key, tenant.org_id, question=asked or question(), now=NOW)


class TestCheck:
    async def test_allows_what_nothing_stands_against_and_names_the_tightest(self, acme: Tenant) -> None:
        await entitle(acme, amount=5)
        found = await check(acme)
        assert (found.is_allowed, found.reason, list(found.mends)) == (True, Reason.ALLOWED, [])
        assert found.tightest is not None
        assert (found.tightest.kind, int(found.tightest.remaining)) == ("entitlement", 5)

    async def test_says_why_not_and_what_helps(self, acme: Tenant) -> None:
        assert (await check(acme)).reason == Reason.NOT_ENTITLED
        await entitle(acme, is_enabled=False)
        assert (await check(acme)).reason == Reason.FEATURE_DISABLED
        await entitle(acme, amount=1)
        await used(acme)
        found = await check(acme)
        assert (found.reason, list(found.mends)) == (Reason.QUOTA_EXCEEDED, [Mend.UPGRADE, Mend.WAIT])
        await entitle(acme)
        found = await check(acme, question(takes=101))
        assert (found.reason, list(found.mends)) == (Reason.INSUFFICIENT_CREDITS, [Mend.TOP_UP])
        await wallets.budget(acme, ScopeKind.USER, "u1", 3)
        found = await check(acme, question(takes=4, user="u1"))
        assert (found.reason, list(found.mends)) == (Reason.BUDGET_EXCEEDED, [Mend.WAIT])

    async def test_tells_the_tokens_of_a_plan_that_sells_no_more(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await entitle(acme)
        await used(acme, tokens=49_999)
        found = await check(acme, question(tokens=2))
        assert (found.reason, found.tightest and found.tightest.kind) == (Reason.QUOTA_EXCEEDED, "plan")

    async def test_counts_grants_of_the_feature_but_not_of_another(self, acme: Tenant) -> None:
        await entitle(acme)
        wallet_id = await wallets.wallet(acme)
        await wallets.grant(acme, wallet_id, 50, feature_id="search")
        await wallets.grant(acme, wallet_id, 500, feature_id="drafts")
        assert (await check(acme, question(takes=150))).is_allowed
        assert not (await check(acme, question(takes=151))).is_allowed

    @pytest.mark.parametrize(
        ("takes", "amount", "budget"), [(1, 1, 1), (2, 5, 1), (101, 1, 500), (100, 1, 100), (1, 0, 5)]
    )
    async def test_agrees_with_what_a_reservation_is_answered(
        self, acme: Tenant, takes: int, amount: int, budget: int
    ) -> None:
        await entitle(acme, amount=amount)
        await wallets.budget(acme, ScopeKind.CUSTOMER, LAW_FIRM, budget)
        advice = await check(acme, question(takes=takes))
        [answer] = await asyncio.gather(reserve(acme, question(takes=takes)), return_exceptions=True)
        code = answer.code if isinstance(answer, LaunchKitError) else "allowed"
        assert (advice.is_allowed, advice.reason.value) == (code == "allowed", code)

    async def test_needs_the_permission_in_the_org(self, acme: Tenant, settings: Settings) -> None:
        rival = await orgs.tenant(settings, "rival")
        with pytest.raises(NotFound):
            await desk().check(rival.key, acme.org_id, question=question(), now=NOW)
        blind = Principal("user", acme.owner.id, {acme.org_id: frozenset({Permission.ORG_READ})})
        with pytest.raises(Forbidden):
            await desk().check(blind, acme.org_id, question=question(), now=NOW)

    async def test_keeps_orgs_and_environments_apart(self, acme: Tenant, settings: Settings) -> None:
        rival = await orgs.tenant(settings, "rival")
        shared = desk()
        await entitle(acme, is_enabled=False)
        assert not (await check(acme, at=shared)).is_allowed
        found = await check(rival, at=shared)
        assert found.reason == Reason.INSUFFICIENT_CREDITS
        test_key = Principal("api_key", acme.key.id, acme.key.orgs, acme.test.id, environment="test")
        await entitle(acme)
        found = await desk().check(test_key, acme.org_id, question=question(), now=NOW)
        assert found.reason == Reason.INSUFFICIENT_CREDITS


class TestSnapshots:
    async def test_ask_nothing_while_they_are_fresh(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fresh, "_FRESH_SECONDS", 60)
        await entitle(acme, amount=5)
        shared = desk()
        await check(acme, at=shared)
        with databases.statements() as sent:
            for _ in range(100):
                await check(acme, at=shared)
        assert sent == []

    async def test_are_read_once_for_all_who_ask_at_once(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fresh, "_FRESH_SECONDS", 60)
        await entitle(acme, amount=5)
        shared = desk()
        await databases.fill_pool()
        with databases.statements() as sent:
            await asyncio.gather(*(check(acme, at=shared) for _ in range(200)))
        assert len([one for one in sent if "entitlement_used" in one]) == 1
        asked = [one for one in sent if "pg_" not in one and "jit" not in one]
        assert len(asked) <= 8

    async def test_are_a_second_and_a_half_old_at_most(self, acme: Tenant) -> None:
        await entitle(acme, amount=1)
        shared = desk()
        assert (await check(acme, at=shared)).is_allowed
        await reserve(acme)
        await asyncio.sleep(1.7)
        assert not (await check(acme, at=shared)).is_allowed

    async def test_show_at_once_what_was_reserved_in_this_process(self, acme: Tenant) -> None:
        await entitle(acme)
        shared = desk()
        assert (await check(acme, question(takes=100), at=shared)).is_allowed
        await reserve(acme, question(takes=1), with_desk=shared)
        assert not (await check(acme, question(takes=100), at=shared)).is_allowed


class TestListening:
    @pytest.fixture
    async def listening(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
        """A desk of another process, to which what commits here is told through Redis. Nothing is read for its age."""
        for name in ("_FRESH_SECONDS", "_ABOUT_TO_BE_STALE_SECONDS", "_STALE_SECONDS"):
            monkeypatch.setattr(fresh, name, 60)
        client = redis.connect(settings.require_redis_url())
        hub = pubsub.Hub(redis.connect(settings.require_redis_url()))
        running = asyncio.create_task(hub.run())
        found = desk()
        publisher = pubsub.Publisher(client)
        async with (
            outbox_courier.running(Courier(Recorder(), publisher, clock=lambda: NOW)),
            found.listening(hub),
        ):
            await asyncio.sleep(0.1)
            yield found
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await client.aclose()

    async def test_makes_what_an_org_says_known_at_once(self, acme: Tenant, listening: Desk) -> None:
        for is_enabled in (True, False, True, False):
            await entitle(acme, OF_LAW_FIRM, is_enabled=is_enabled)

            async def has_heard(expected: bool = is_enabled) -> bool:
                return (await check(acme, at=listening)).is_allowed is expected

            await eventually(has_heard)


class TestRequireTokens:
    async def test_refuses_what_a_plan_has_no_room_for(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=49_990)
        access = acme.key.authorise(acme.org_id, Permission.JOBS_WRITE)
        await desk().require_tokens(access, tokens=10, now=NOW)
        with pytest.raises(QuotaExceeded) as caught:
            await desk().require_tokens(access, tokens=11, now=NOW)
        assert caught.value.members["actions"] == ["upgrade", "wait"]
        assert caught.value.unit == LimitUnit.TOKENS

    async def test_asks_nothing_for_a_plan_that_sells_more(self, acme: Tenant) -> None:
        principal = Principal("api_key", acme.key.id, acme.key.orgs, plans={acme.org_id: "PRO@1"})
        access = principal.authorise(acme.org_id, Permission.JOBS_WRITE)
        with databases.statements() as sent:
            await desk().require_tokens(access, tokens=10**9, now=NOW)
        assert sent == []


class TestFlags:
    async def defined(self, percentage: int = 100, *plans: str) -> None:
        await switches.define_flag(Flag("canvas", "A canvas", plans or None, percentage, NOW), now=NOW)

    async def state(self, acme: Tenant) -> tuple[bool, FlagReason]:
        access = acme.owner.authorise(acme.org_id, Permission.ORG_READ)
        [found] = await desk().flags(access)
        assert await desk().is_enabled(access, "canvas") is found.is_enabled
        return found.is_enabled, found.reason

    async def switch(self, acme: Tenant, is_enabled: bool | None) -> None:
        await switches.set_flag(acme.owner, acme.org_id, key="canvas", is_enabled=is_enabled, now=NOW)

    async def test_follow_the_rollout_until_the_org_switches_them(self, acme: Tenant) -> None:
        await self.defined()
        assert await self.state(acme) == (True, FlagReason.ROLLOUT)
        await self.switch(acme, False)
        assert await self.state(acme) == (False, FlagReason.OVERRIDE)
        await self.switch(acme, None)
        assert await self.state(acme) == (True, FlagReason.ROLLOUT)

    async def test_cannot_be_switched_on_where_the_plan_does_not_include_them(self, acme: Tenant) -> None:
        await self.defined(100, "ENTERPRISE")
        with pytest.raises(FlagNotPermitted):
            await self.switch(acme, True)
        assert await self.state(acme) == (False, FlagReason.PLAN)

    async def test_are_off_where_the_plan_no_longer_includes_what_the_org_switched_on(
        self, acme: Tenant
    ) -> None:
        await self.defined(0)
        await self.switch(acme, True)
        assert await self.state(acme) == (True, FlagReason.OVERRIDE)
        await self.defined(0, "ENTERPRISE")
        assert await self.state(acme) == (False, FlagReason.PLAN)

    async def test_that_nobody_defined_are_off_and_cannot_be_switched(self, acme: Tenant) -> None:
        access = acme.owner.authorise(acme.org_id, Permission.ORG_READ)
        assert not await desk().is_enabled(access, "canvas")
        with pytest.raises(FlagNotFound):
            await self.switch(acme, True)
        with pytest.raises(FlagNotFound):
            await switches.remove_flag("canvas", now=NOW)
