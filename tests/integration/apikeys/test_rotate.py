"""Rotating API keys: a successor, and a time in which both are good."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest

from app.apikeys import service
from app.apikeys.errors import BeyondOwn, KeyExpired, KeyInvalid, KeyNotFound, KeyReplaced, KeyRevoked
from app.apikeys.types import NewApiKey, RotateApiKey
from app.apikeys.verification import KeyVerifier
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
from app.core.ids import ApiKeyId
from app.core.principal import Permission, Principal, Role
from app.credits import requests
from app.credits import service as credit
from app.credits.errors import BudgetExceeded
from app.credits.operations import Operations
from app.credits.types import Scope, ScopeKind
from app.idempotency.errors import KeyReused
from app.infra import db
from tests.factories import limits, wallets
from tests.factories.apikeys import Made, everything, made, verifier
from tests.factories.orgs import NOW, Tenant, member, tenant

MOMENT = timedelta(microseconds=1)
LATER = NOW + timedelta(days=10)
NOBODY: dict[str, Any] = {
    "customer_id": None,
    "user_id": None,
    "feature_id": None,
    "idempotency_key": None,
}


async def rotate(
    by: Principal, key_id: ApiKeyId, settings: Settings, *, now: datetime = LATER, **wishes: Any
) -> NewApiKey:
    return await service.rotate(
        by,
        key_id,
        command=RotateApiKey(**wishes),
        verifier=verifier(settings),
        default_overlap=timedelta(hours=24),
        now=now,
    )


async def is_good(token: str, settings: Settings, now: datetime) -> bool:
    try:
        await verifier(settings).verify(token, now=now)
    except KeyInvalid:
        return False
    return True


class TestBudgets:
    async def test_follow_the_key_with_what_was_spent(self, settings: Settings, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        old = await made(settings, acme.owner, acme.org_id, scopes=["credits:use"], now=NOW)
        await wallets.budget(acme, ScopeKind.API_KEY, str(old.key.id), 10)
        await wallets.budget(acme, ScopeKind.API_KEY, str(old.key.id), 50, period="total", is_hard=False)
        await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 3)
        used = requests.spend(acme.key, "consume", amount=Decimal(7), **NOBODY)
        scope = Scope(ScopeKind.API_KEY, str(old.key.id))
        await credit.charge(
            acme.org_id, operations=Operations(), spend=replace(used, scopes=[scope]), now=NOW
        )

        new = await rotate(acme.owner, old.key.id, settings, now=NOW)
        await rotate(acme.owner, new.key.id, settings, now=NOW)

        found = await db.fetch(
            "SELECT b.scope_id, b.period, b.amount, b.is_hard, u.spent FROM budget b "
            "LEFT JOIN budget_usage u ON u.budget_id = b.id ORDER BY b.period"
        )
        of = {
            key_id: [tuple(row)[1:] for row in found if row["scope_id"] == key_id]
            for key_id in {row["scope_id"] for row in found}
        }
        assert of.pop(str(acme.key.id)) == [("month", 3, True, None)]
        assert list(of.values()) == [[("month", 10, True, 7), ("total", 50, False, 7)]] * 3
        spend = replace(used, key="again", scopes=[Scope(ScopeKind.API_KEY, str(new.key.id))])
        with pytest.raises(BudgetExceeded):
            await credit.consume(acme.owner, acme.org_id, operations=Operations(), spend=spend, now=NOW)


class TestRotate:
    async def test_hands_everything_on_to_the_successor(self, settings: Settings, acme: Tenant) -> None:
        old = await made(
            settings,
            acme.owner,
            acme.org_id,
            name="ci",
            scopes=["jobs:read"],
            workspace=acme.test,
            allowed_models=["a*"],
            tokens_per_minute=100,
            now=NOW,
        )
        admin = await member(acme, Role.ADMIN)

        new = await rotate(admin, old.key.id, settings)

        assert new.key.id != old.key.id
        assert new.shown_token.startswith("lk_test_pk_")
        assert new.shown_token != old.token
        for field in (
            "name",
            "scopes",
            "workspace_id",
            "allowed_models",
            "tokens_per_minute",
            "expires_at",
            "org_id",
        ):
            assert getattr(new.key, field) == getattr(old.key, field)
        assert (new.key.created_at, new.key.created_by_id) == (LATER, admin.id)
        principal = await verifier(settings).verify(new.shown_token, now=LATER)
        assert (principal.id, principal.models) == (new.key.id, ("a*",))

    @pytest.mark.parametrize(("hours", "overlap"), [(None, 24), (0, 0), (1, 1), (168, 168)])
    async def test_leaves_the_old_key_good_for_the_overlap_and_not_a_moment_longer(
        self, settings: Settings, acme: Tenant, new: Made, hours: int | None, overlap: int
    ) -> None:
        await rotate(acme.owner, new.key.id, settings, overlap_hours=hours)

        end = LATER + timedelta(hours=overlap)
        assert await is_good(new.token, settings, end - MOMENT)
        assert not await is_good(new.token, settings, end)

    async def test_gives_the_old_key_no_more_time_than_it_had(self, settings: Settings, acme: Tenant) -> None:
        end = LATER + timedelta(hours=1)
        old = await made(settings, acme.owner, acme.org_id, expires_at=end, now=NOW)

        new = await rotate(acme.owner, old.key.id, settings)

        assert await is_good(old.token, settings, end - MOMENT)
        assert not await is_good(old.token, settings, end)
        assert new.key.expires_at == LATER + (end - NOW), "as long a life as the old one was made for"

    async def test_leaves_a_trace_on_both(self, settings: Settings, acme: Tenant, new: Made) -> None:
        successor = (await rotate(acme.owner, new.key.id, settings)).key

        changes = {
            (row["action"], row["target_id"]): orjson.loads(row["changes"])
            for row in await db.fetch("SELECT * FROM audit_entry WHERE at = $1", LATER)
        }
        old, made_known = ("api_key.rotated", new.key.id), ("api_key.created", successor.id)
        assert set(changes) == {old, made_known}
        assert changes[old] == {
            "replaced_by_id": {"before": None, "after": ids.encode("key", successor.id)},
            "expires_at": {"before": None, "after": "2026-12-01T10:00:00+00:00"},
        }
        assert changes[made_known]["replaces"] == ids.encode("key", new.key.id)

    async def test_needs_no_place_in_the_plan(self, settings: Settings, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await rotate(acme.owner, ApiKeyId(acme.key.id), settings)

    @pytest.mark.parametrize("hours", [-1, 169])
    async def test_refuses_an_overlap_out_of_range(
        self, settings: Settings, acme: Tenant, new: Made, hours: int
    ) -> None:
        before = await everything()
        with pytest.raises(InvalidInput) as refusal:
            await rotate(acme.owner, new.key.id, settings, overlap_hours=hours)
        assert [(e.field, e.code) for e in refusal.value.errors] == [("overlap_hours", "out_of_range")]
        assert await everything() == before


class TestEnded:
    async def test_refuses_a_key_that_was_rotated_before(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        await rotate(acme.owner, new.key.id, settings)
        before = await everything()
        with pytest.raises(KeyReplaced):
            await rotate(acme.owner, new.key.id, settings)
        assert await everything() == before

    async def test_refuses_a_revoked_key(self, settings: Settings, acme: Tenant, new: Made) -> None:
        await service.revoke(acme.owner, new.key.id, now=NOW)
        before = await everything()
        with pytest.raises(KeyRevoked):
            await rotate(acme.owner, new.key.id, settings)
        assert await everything() == before

    async def test_refuses_a_key_from_the_moment_it_expires(self, settings: Settings, acme: Tenant) -> None:
        old = await made(settings, acme.owner, acme.org_id, expires_at=LATER, now=NOW)
        before = await everything()
        with pytest.raises(KeyExpired):
            await rotate(acme.owner, old.key.id, settings, now=LATER)
        assert await everything() == before
        await rotate(acme.owner, old.key.id, settings, now=LATER - MOMENT)

    async def test_lets_one_of_twenty_at_once_win(self, settings: Settings, acme: Tenant, new: Made) -> None:
        outcomes = await asyncio.gather(
            *(rotate(acme.owner, new.key.id, settings) for _ in range(20)), return_exceptions=True
        )

        assert sum(isinstance(outcome, NewApiKey) for outcome in outcomes) == 1
        assert sum(isinstance(outcome, KeyReplaced) for outcome in outcomes) == 19
        successors = "SELECT count(*) FROM api_key WHERE created_at = $1"
        assert await db.fetchval(successors, LATER) == 1


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    async def test_needs_the_permission(
        self, settings: Settings, acme: Tenant, new: Made, role: Role
    ) -> None:
        person = await member(acme, role)
        before = await everything()
        with pytest.raises(Forbidden):
            await rotate(person, new.key.id, settings)
        assert await everything() == before

    async def test_hides_the_keys_of_other_orgs_and_workspaces(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        rival = await tenant(settings, "rival")
        in_test = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.test.id)
        before = await everything()
        for by in (rival.owner, rival.key, in_test):
            with pytest.raises(KeyNotFound):
                await rotate(by, new.key.id, settings)
        with pytest.raises(KeyNotFound):
            await rotate(acme.owner, ApiKeyId(ids.uuid7()), settings)
        assert await everything() == before

    async def test_shows_nobody_a_key_with_scopes_that_they_do_not_hold(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        admin = await member(acme, Role.ADMIN)
        narrow = Principal(
            "api_key", ids.uuid7(), {acme.org_id: frozenset({Permission.KEYS_MANAGE})}, acme.live.id
        )
        before = await everything()
        with pytest.raises(BeyondOwn, match="org:manage"):
            await rotate(admin, new.key.id, settings)
        with pytest.raises(BeyondOwn, match="jobs:read"):
            await rotate(narrow, new.key.id, settings)
        assert await everything() == before

    async def test_refuses_scopes_of_another_version_to_all(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        await db.execute("UPDATE api_key SET scopes = scopes || '{time:travel}'")
        before = await everything()
        with pytest.raises(BeyondOwn, match="time:travel"):
            await rotate(acme.owner, new.key.id, settings)
        assert await everything() == before

    async def test_shows_no_key_a_key_with_models_that_it_may_not_use(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        limited = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.live.id, models=("a*",))
        before = await everything()
        with pytest.raises(BeyondOwn):
            await rotate(limited, new.key.id, settings)
        assert await everything() == before

    async def test_gives_a_key_that_rotates_itself_no_more_time(
        self, settings: Settings, acme: Tenant
    ) -> None:
        """Else a key that leaked could live for ever."""
        end = LATER + timedelta(days=1)
        old = await made(settings, acme.owner, acme.org_id, expires_at=end, now=NOW)
        itself = await verifier(settings).verify(old.token, now=LATER)

        assert (await rotate(itself, old.key.id, settings)).key.expires_at == end

    async def test_gives_another_key_no_more_time_than_the_key_that_rotates_has(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        end = LATER + timedelta(days=1)
        mortal = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.live.id, expires_at=end)

        assert (await rotate(mortal, new.key.id, settings)).key.expires_at == end


class TestReplay:
    async def test_shows_the_successor_without_its_text(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        first = await rotate(acme.owner, new.key.id, settings, idempotency_key="k")
        before = await everything()

        again = await rotate(acme.owner, new.key.id, settings, idempotency_key="k")

        assert again == NewApiKey(first.key, token=None, is_replay=True)
        assert await everything() == before

    async def test_is_one_successor_for_twenty_at_once(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        answers = await asyncio.gather(
            *(rotate(acme.owner, new.key.id, settings, idempotency_key="k") for _ in range(20))
        )
        assert len({answer.key.id for answer in answers}) == 1
        assert [answer.token is None for answer in answers].count(False) == 1

    async def test_is_refused_for_another_key_or_overlap(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        await rotate(acme.owner, new.key.id, settings, idempotency_key="k")
        before = await everything()
        with pytest.raises(KeyReused):
            await rotate(acme.owner, new.key.id, settings, idempotency_key="k", overlap_hours=1)
        with pytest.raises(KeyReused):
            await rotate(acme.owner, ApiKeyId(acme.key.id), settings, idempotency_key="k")
        assert await everything() == before


class TestAfterwards:
    async def test_the_old_key_may_still_be_revoked_at_once(
        self, settings: Settings, acme: Tenant, new: Made, keys: KeyVerifier
    ) -> None:
        successor = await rotate(acme.owner, new.key.id, settings)
        await service.revoke(acme.owner, new.key.id, now=LATER)

        assert not await is_good(new.token, settings, LATER)
        assert await is_good(successor.shown_token, settings, LATER)
