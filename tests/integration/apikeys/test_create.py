"""Making API keys: who may, what for, and how many."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from app.apikeys import format as key_format
from app.apikeys import service
from app.apikeys.errors import KeyLimitReached
from app.apikeys.types import CreateApiKey, NewApiKey
from app.apikeys.verification import KeyVerifier
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, LaunchKitError, NotFound
from app.core.ids import ApiKeyId, WorkspaceId
from app.core.principal import Permission, Principal, Role
from app.idempotency.errors import KeyReused
from app.identity.errors import WorkspaceNotFound
from app.infra import db
from tests.factories import limits
from tests.factories.apikeys import Made, everything, made
from tests.factories.orgs import NOW, Tenant, member, tenant

ALL = [permission.value for permission in Permission]
MOMENT = timedelta(microseconds=1)


async def create(
    acme: Tenant, keys: KeyVerifier, *, by: Principal | None = None, now: datetime = NOW, **wishes: Any
) -> NewApiKey:
    command = CreateApiKey(**{"name": "server", "scopes": ALL} | wishes)
    return await service.create(by or acme.owner, acme.org_id, command=command, verifier=keys, now=now)


async def refused(acme: Tenant, keys: KeyVerifier, **wishes: Any) -> set[tuple[str, str]]:
    """The fields that are wrong, and what with; nothing may have changed."""
    before = await everything()
    with pytest.raises(InvalidInput) as refusal:
        await create(acme, keys, **wishes)
    assert await everything() == before
    return {(error.field, error.code) for error in refusal.value.errors}


def a_key(acme: Tenant, *scopes: Permission, **limits: Any) -> Principal:
    granted = frozenset({Permission.KEYS_MANAGE, *scopes})
    return Principal("api_key", acme.key.id, {acme.org_id: granted}, acme.live.id, **limits)


async def count(acme: Tenant) -> int:
    found: int = await db.fetchval("SELECT count(*) FROM api_key WHERE org_id = $1", acme.org_id)
    return found


class TestCreate:
    async def test_shows_the_key_in_full_once_and_stores_none_of_its_secret(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        new = await create(acme, keys, idempotency_key="k")
        parsed = key_format.parse(new.shown_token)
        assert parsed is not None

        for table in ("api_key", "audit_entry", "outbox_message", "idempotency_key"):
            for row in await db.fetch(f"SELECT * FROM {table}"):
                stored = repr(dict(row))
                assert parsed.secret not in stored
                assert new.shown_token[-7:] not in stored
                assert parsed.secret.encode().hex() not in stored
        digest = await db.fetchval("SELECT secret_digest FROM api_key WHERE id = $1", new.key.id)
        assert digest == keys.digest(parsed)
        assert parsed.secret not in repr(new)

    async def test_gives_the_key_what_was_asked_for(self, acme: Tenant, keys: KeyVerifier) -> None:
        expiry = NOW + timedelta(days=90)
        new = await create(
            acme,
            keys,
            name="ci",
            scopes=["jobs:read", "jobs:write", "jobs:read"],
            expires_at=expiry,
            allowed_models=["gpt-4o*", "local/extractive"],
            tokens_per_minute=90_000,
        )

        principal = await keys.verify(new.shown_token, now=NOW)
        assert (principal.id, principal.workspace_id) == (new.key.id, acme.live.id)
        assert principal.orgs == {acme.org_id: {Permission.JOBS_READ, Permission.JOBS_WRITE}}
        assert (principal.expires_at, principal.models) == (expiry, ("gpt-4o*", "local/extractive"))
        assert (principal.tokens_per_minute, new.key.tokens_per_minute) == (90_000, 90_000)
        assert (new.key.name, new.key.created_by_id) == ("ci", acme.owner.id)

    async def test_leaves_a_trace_of_who_made_what(self, acme: Tenant, keys: KeyVerifier) -> None:
        new = await create(
            acme, keys, scopes=["jobs:read", "jobs:write"], allowed_models=["a*"], tokens_per_minute=7
        )

        row = await db.fetchrow("SELECT * FROM audit_entry WHERE target_id = $1", new.key.id)
        assert row is not None
        assert (row["action"], row["principal_id"]) == ("api_key.created", acme.owner.id)
        assert orjson.loads(row["changes"]) == {
            "name": "server",
            "scopes": ["jobs:read", "jobs:write"],
            "workspace_id": ids.encode("ws", acme.live.id),
            "expires_at": None,
            "allowed_models": ["a*"],
            "tokens_per_minute": 7,
        }

    @pytest.mark.parametrize("environment", ["live", "test"])
    async def test_names_the_environment_of_its_workspace(
        self, acme: Tenant, keys: KeyVerifier, environment: str
    ) -> None:
        workspace = acme.live if environment == "live" else acme.test
        new = await create(acme, keys, workspace_id=workspace.id)

        assert re.fullmatch(rf"lk_{environment}_pk_[0-9a-z]{{16}}_[0-9a-z]{{59}}", new.shown_token)
        assert (await keys.verify(new.shown_token, now=NOW)).workspace_id == workspace.id

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    async def test_is_denied_without_the_permission_and_changes_nothing(
        self, acme: Tenant, keys: KeyVerifier, role: Role
    ) -> None:
        person = await member(acme, role)
        before = await everything()

        with pytest.raises(Forbidden):
            await create(acme, keys, by=person)
        assert await everything() == before

    async def test_cannot_see_another_org_or_its_workspaces(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier
    ) -> None:
        rival = await tenant(settings, "rival")
        before = await everything()

        with pytest.raises(NotFound):
            await create(acme, keys, by=rival.owner)
        for place in (rival.live.id, WorkspaceId(ids.uuid7())):
            with pytest.raises(WorkspaceNotFound):
                await create(acme, keys, workspace_id=place)
        assert await everything() == before

    @pytest.mark.parametrize(
        ("wishes", "wrong"),
        [
            ({"name": ""}, {("name", "length")}),
            ({"name": "x" * 101}, {("name", "length")}),
            ({"name": "   "}, {("name", "length")}),
            ({"name": "a\nb"}, {("name", "characters")}),
            ({"scopes": []}, {("scopes", "empty")}),
            ({"scopes": ["jobs:read", "time:travel", ""]}, {("scopes", "unknown_scope")}),
            ({"expires_at": NOW}, {("expires_at", "past")}),
            ({"expires_at": NOW + timedelta(days=3653) + MOMENT}, {("expires_at", "too_late")}),
            ({"expires_at": datetime.max.replace(tzinfo=UTC)}, {("expires_at", "too_late")}),
            ({"expires_at": (NOW + MOMENT).replace(tzinfo=None)}, {("expires_at", "no_offset")}),
            ({"allowed_models": []}, {("allowed_models", "count")}),
            ({"tokens_per_minute": 0}, {("tokens_per_minute", "out_of_range")}),
            ({"tokens_per_minute": 1_000_000_001}, {("tokens_per_minute", "out_of_range")}),
            ({"allowed_models": ["m"] * 51}, {("allowed_models", "count")}),
            (
                {"allowed_models": ["", "a*b", "**", "a b", "x" * 129, "ü", "fine*", "\0"]},
                {(f"allowed_models.{place}", "pattern") for place in (0, 1, 2, 3, 4, 5, 7)},
            ),
            ({"idempotency_key": ""}, {("idempotency_key", "length")}),
            (
                {"name": "", "scopes": [], "expires_at": NOW},
                {("name", "length"), ("scopes", "empty"), ("expires_at", "past")},
            ),
        ],
    )
    async def test_names_every_wrong_field(
        self, acme: Tenant, keys: KeyVerifier, wishes: dict[str, Any], wrong: set[tuple[str, str]]
    ) -> None:
        assert await refused(acme, keys, **wishes) == wrong

    @pytest.mark.parametrize(
        "wishes",
        [
            {"name": "x" * 100},
            {"expires_at": NOW + MOMENT},
            {"expires_at": NOW + timedelta(days=3653)},
            {"tokens_per_minute": 1_000_000_000},
            {"allowed_models": ["*", *("m" * 128 for _ in range(49))]},
        ],
    )
    async def test_takes_what_is_just_within(
        self, acme: Tenant, keys: KeyVerifier, wishes: dict[str, Any]
    ) -> None:
        assert not (await create(acme, keys, **wishes)).is_replay


class TestBeyondOwn:
    async def test_names_the_scope_that_the_maker_does_not_hold(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        admin = await member(acme, Role.ADMIN)
        before = await everything()

        with pytest.raises(InvalidInput) as refusal:
            await create(acme, keys, by=admin, scopes=["jobs:read", "org:manage"])

        [error] = refusal.value.errors
        assert (error.field, error.code) == ("scopes", "scope_not_held")
        assert "org:manage" in error.message
        assert await everything() == before

    async def test_keeps_a_key_within_its_own_scopes(self, acme: Tenant, keys: KeyVerifier) -> None:
        narrow = a_key(acme, Permission.JOBS_READ)

        assert await refused(acme, keys, by=narrow, scopes=["jobs:read", "jobs:write"]) == {
            ("scopes", "scope_not_held")
        }
        new = await create(acme, keys, by=narrow, scopes=["jobs:read", "keys:manage"])
        assert new.key.scopes == {Permission.KEYS_MANAGE, Permission.JOBS_READ}
        assert (new.key.created_by_kind, new.key.created_by_id) == ("api_key", acme.key.id)

    async def test_lets_no_key_outlive_the_key_that_made_it(self, acme: Tenant, keys: KeyVerifier) -> None:
        end = NOW + timedelta(days=1)
        mortal = a_key(acme, expires_at=end)
        scopes = ["keys:manage"]

        for later in (None, end + MOMENT):
            assert await refused(acme, keys, by=mortal, scopes=scopes, expires_at=later) == {
                ("expires_at", "beyond_own")
            }
        assert (await create(acme, keys, by=mortal, scopes=scopes, expires_at=end)).key.expires_at == end

    async def test_asks_nothing_about_the_end_of_a_person_s_session(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        signed_in = replace(acme.owner, expires_at=NOW + timedelta(minutes=15))
        assert (await create(acme, keys, by=signed_in)).key.expires_at is None

    async def test_keeps_a_key_within_its_own_models(self, acme: Tenant, keys: KeyVerifier) -> None:
        limited = a_key(acme, models=("gpt-4o*", "local/x"))
        scopes = ["keys:manage"]

        assert await refused(acme, keys, by=limited, scopes=scopes) == {("allowed_models", "beyond_own")}
        assert await refused(
            acme, keys, by=limited, scopes=scopes, allowed_models=["gpt-4o-mini", "gpt-4*", "*", "local/x*"]
        ) == {(f"allowed_models.{place}", "beyond_own") for place in (1, 2, 3)}
        within = ["gpt-4o*", "gpt-4o-mini*", "local/x"]
        new = await create(acme, keys, by=limited, scopes=scopes, allowed_models=within)
        assert new.key.allowed_models == tuple(within)

    async def test_gives_no_more_tokens_than_its_maker_has(self, acme: Tenant, keys: KeyVerifier) -> None:
        limited = a_key(acme, tokens_per_minute=100)
        scopes = [Permission.KEYS_MANAGE.value]
        for wanted in (101, None):
            assert await refused(acme, keys, by=limited, scopes=scopes, tokens_per_minute=wanted) == {
                ("tokens_per_minute", "beyond_own")
            }
        new = await create(acme, keys, by=limited, scopes=scopes, tokens_per_minute=100)
        assert new.key.tokens_per_minute == 100

    async def test_keeps_a_key_within_its_own_workspace(self, acme: Tenant, keys: KeyVerifier) -> None:
        before = await everything()
        with pytest.raises(WorkspaceNotFound):
            await create(acme, keys, by=a_key(acme), scopes=["keys:manage"], workspace_id=acme.test.id)
        assert await everything() == before

        in_test = replace(a_key(acme), workspace_id=acme.test.id)
        assert (await create(acme, keys, by=in_test, scopes=["keys:manage"])).key.workspace_id == acme.test.id


class TestPlan:
    @pytest.mark.parametrize(("plan", "allowed"), [("FREE", 1), ("PRO", 5), ("NONE_SUCH", 1)])
    async def test_is_full_with_so_many(
        self, acme: Tenant, keys: KeyVerifier, plan: str, allowed: int
    ) -> None:
        await limits.put_on(acme, plan)
        for _ in range(allowed - 1):  # the tenant has one
            await create(acme, keys)
        before = await everything()

        with pytest.raises(KeyLimitReached, match=f"{plan} allows {allowed} API key"):
            await create(acme, keys, idempotency_key="k")
        assert await everything() == before

    async def test_has_room_for_any_number_with_enterprise(self, acme: Tenant, keys: KeyVerifier) -> None:
        await limits.put_on(acme, "ENTERPRISE")
        for _ in range(6):
            await create(acme, keys)
        assert await count(acme) == 7

    async def test_counts_no_key_that_is_revoked_expired_or_rotated_out(
        self, acme: Tenant, keys: KeyVerifier, new: Made
    ) -> None:
        await limits.put_on(acme, "FREE")
        end = NOW + timedelta(days=1)
        await db.execute("UPDATE api_key SET expires_at = $2 WHERE id = $1", acme.key.id, end)
        await service.revoke(acme.owner, new.key.id, now=NOW)

        with pytest.raises(KeyLimitReached):
            await create(acme, keys, now=end - MOMENT)
        third = await create(acme, keys, now=end)

        await db.execute("UPDATE api_key SET replaced_by_id = $2 WHERE id = $1", third.key.id, new.key.id)
        await create(acme, keys, now=end)

    async def test_gives_the_last_place_to_one_of_fifty_at_once(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        for _ in range(3):  # PRO has five places, the tenant has a key
            await create(acme, keys)

        outcomes = await race(acme, keys, 50)

        assert sum(isinstance(outcome, NewApiKey) for outcome in outcomes) == 1
        assert sum(isinstance(outcome, KeyLimitReached) for outcome in outcomes) == 49
        assert await count(acme) == 5
        made_known = "SELECT count(*) FROM audit_entry WHERE org_id = $1 AND action = 'api_key.created'"
        assert await db.fetchval(made_known, acme.org_id) == 5

    async def test_fills_exactly_the_places_that_are_left(self, acme: Tenant, keys: KeyVerifier) -> None:
        outcomes = await race(acme, keys, 20)

        assert sum(isinstance(outcome, NewApiKey) for outcome in outcomes) == 4
        assert await count(acme) == 5


async def race(acme: Tenant, keys: KeyVerifier, count: int) -> Sequence[NewApiKey | LaunchKitError]:
    async def one() -> NewApiKey | LaunchKitError:
        try:
            return await create(acme, keys)
        except KeyLimitReached as refusal:
            return refusal

    return await asyncio.gather(*(one() for _ in range(count)))


class TestReplay:
    async def test_shows_the_key_without_its_text(self, acme: Tenant, keys: KeyVerifier) -> None:
        wishes: dict[str, Any] = {
            "expires_at": NOW + timedelta(days=1),
            "allowed_models": ["a*"],
            "idempotency_key": "k",
        }
        first = await create(acme, keys, **wishes)
        before = await everything()

        again = await create(acme, keys, **wishes)

        assert again == NewApiKey(first.key, token=None, is_replay=True)
        assert await everything() == before

    async def test_is_answered_also_where_the_first_took_the_last_place(
        self, acme: Tenant, keys: KeyVerifier
    ) -> None:
        await limits.put_on(acme, "FREE")
        await service.revoke(acme.owner, ApiKeyId(acme.key.id), now=NOW)

        answers = await asyncio.gather(*(create(acme, keys, idempotency_key="k") for _ in range(20)))

        assert sorted(answer.is_replay for answer in answers) == [False] + [True] * 19
        assert len({answer.key.id for answer in answers}) == 1
        assert [answer.token is None for answer in answers].count(False) == 1
        assert await count(acme) == 2

    async def test_is_refused_for_another_wish(self, acme: Tenant, keys: KeyVerifier) -> None:
        await create(acme, keys, idempotency_key="k")
        before = await everything()
        others: list[dict[str, Any]] = [
            {"name": "other"},
            {"scopes": ["jobs:read"]},
            {"expires_at": NOW + timedelta(days=1)},
            {"allowed_models": ["a"]},
            {"workspace_id": acme.test.id},
        ]
        for other in others:
            with pytest.raises(KeyReused):
                await create(acme, keys, idempotency_key="k", **other)
        assert await everything() == before

    async def test_is_of_one_s_own_request_only(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier
    ) -> None:
        first = await create(acme, keys, idempotency_key="k", scopes=["keys:manage"])
        by_key = await create(acme, keys, by=a_key(acme), idempotency_key="k", scopes=["keys:manage"])
        assert not by_key.is_replay
        assert by_key.key.id != first.key.id


class TestDefaults:
    async def test_leave_a_key_without_an_end_and_with_all_models(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier
    ) -> None:
        new = await made(settings, acme.owner, acme.org_id, now=NOW)
        principal = await keys.verify(new.token, now=NOW + timedelta(days=10_000))
        assert (principal.expires_at, principal.models) == (None, None)
