"""Changing API keys: their name, their models, and their scopes, which only get fewer."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from app.apikeys import service
from app.apikeys.errors import KeyNotFound, KeyRevoked
from app.apikeys.types import ApiKey, UpdateApiKey
from app.apikeys.verification import KeyVerifier
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
from app.core.principal import Permission, Principal, Role
from app.infra import db
from tests.factories.apikeys import Made, everything, made
from tests.factories.orgs import NOW, Tenant, member, tenant


async def update(by: Principal, new: Made, **wishes: Any) -> ApiKey:
    return (await service.update(by, new.key.id, command=UpdateApiKey(**wishes), now=NOW)).value


class TestUpdate:
    async def test_changes_what_is_named_and_nothing_else(
        self, acme: Tenant, new: Made, keys: KeyVerifier
    ) -> None:
        named = await update(acme.owner, new, name="ci")
        assert named == replace(new.key, name="ci")

        limited = await update(acme.owner, new, allowed_models=["a*"])
        assert limited == replace(named, allowed_models=("a*",))
        assert (await keys.verify(new.token, now=NOW)).models == ("a*",)

        assert (await update(acme.owner, new, allowed_models=None)).allowed_models is None

    async def test_changes_the_limit_of_tokens_and_takes_it_away(
        self, acme: Tenant, new: Made, keys: KeyVerifier
    ) -> None:
        assert await update(acme.owner, new, tokens_per_minute=500) == replace(new.key, tokens_per_minute=500)
        assert (await keys.verify(new.token, now=NOW)).tokens_per_minute == 500
        assert (await update(acme.owner, new, name="ci")).tokens_per_minute == 500
        assert (await update(acme.owner, new, tokens_per_minute=None)).tokens_per_minute is None
        traced = await db.fetch(
            "SELECT changes FROM audit_entry WHERE action = 'api_key.updated' ORDER BY id"
        )
        assert [orjson.loads(row["changes"]).get("tokens_per_minute") for row in traced] == [
            {"before": None, "after": 500},
            None,
            {"before": 500, "after": None},
        ]

    async def test_gives_no_key_more_tokens_than_its_own(self, acme: Tenant, new: Made) -> None:
        permissions = {acme.org_id: frozenset({Permission.KEYS_MANAGE})}
        limited = Principal("api_key", acme.key.id, permissions, acme.live.id, tokens_per_minute=100)
        before = await everything()
        for wanted in (101, None):
            with pytest.raises(InvalidInput) as refusal:
                await update(limited, new, tokens_per_minute=wanted)
            assert refusal.value.errors[0].code == "beyond_own"
        assert await everything() == before

    async def test_takes_scopes_away(self, acme: Tenant, new: Made, keys: KeyVerifier) -> None:
        await update(acme.owner, new, scopes=["jobs:read"])
        assert (await keys.verify(new.token, now=NOW)).orgs == {acme.org_id: {Permission.JOBS_READ}}

    async def test_leaves_a_trace_of_what_is_different(self, acme: Tenant, new: Made) -> None:
        await update(acme.owner, new, name=new.key.name, scopes=["jobs:read"], allowed_models=["a"])

        changes = await db.fetchval("SELECT changes FROM audit_entry WHERE action = 'api_key.updated'")
        assert orjson.loads(changes) == {
            "scopes": {"before": sorted(Permission), "after": ["jobs:read"]},
            "allowed_models": {"before": None, "after": ["a"]},
        }

    async def test_leaves_none_where_nothing_is(self, acme: Tenant, new: Made) -> None:
        before = await everything()
        assert await update(acme.owner, new, name=new.key.name) == new.key
        assert await everything() == before

    async def test_keeps_scopes_of_another_version_where_none_are_named(
        self, acme: Tenant, new: Made
    ) -> None:
        await db.execute("UPDATE api_key SET scopes = '{jobs:read,time:travel}' WHERE id = $1", new.key.id)
        await update(acme.owner, new, name="ci")
        stored = await db.fetchval("SELECT scopes FROM api_key WHERE id = $1", new.key.id)
        assert stored == ["jobs:read", "time:travel"]

    @pytest.mark.parametrize(
        ("wishes", "wrong"),
        [
            ({"scopes": ["jobs:read", "jobs:write"]}, ("scopes", "scope_not_in_key")),
            ({"scopes": []}, ("scopes", "empty")),
            ({"scopes": ["time:travel"]}, ("scopes", "unknown_scope")),
            ({"name": ""}, ("name", "length")),
            ({"allowed_models": []}, ("allowed_models", "count")),
            ({"idempotency_key": ""}, ("idempotency_key", "length")),
        ],
    )
    async def test_names_what_is_wrong(
        self, settings: Settings, acme: Tenant, wishes: dict[str, Any], wrong: tuple[str, str]
    ) -> None:
        narrow = await made(settings, acme.owner, acme.org_id, scopes=["jobs:read"], now=NOW)
        before = await everything()
        with pytest.raises(InvalidInput) as refusal:
            await update(acme.owner, narrow, **wishes)
        assert [(error.field, error.code) for error in refusal.value.errors] == [wrong]
        assert await everything() == before

    async def test_refuses_an_idempotency_key_that_cannot_be_kept(self, acme: Tenant, new: Made) -> None:
        before = await everything()
        with pytest.raises(InvalidInput) as raised:
            await update(acme.owner, new, name="", idempotency_key="x" * 256)
        assert {error.field for error in raised.value.errors} == {"idempotency_key", "name"}
        assert await everything() == before

    async def test_lets_no_key_widen_its_own_models(
        self, settings: Settings, acme: Tenant, keys: KeyVerifier
    ) -> None:
        limited = await made(settings, acme.owner, acme.org_id, allowed_models=["a*"], now=NOW)
        itself = await keys.verify(limited.token, now=NOW)
        before = await everything()
        for wider in (None, ["*"], ["b"]):
            with pytest.raises(InvalidInput):
                await update(itself, limited, allowed_models=wider)
        assert await everything() == before
        assert (await update(itself, limited, allowed_models=["ab"])).allowed_models == ("ab",)

    async def test_is_denied_to_others_and_changes_nothing(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        rival = await tenant(settings, "rival")
        person = await member(acme, Role.MEMBER)
        before = await everything()
        with pytest.raises(KeyNotFound):
            await update(rival.owner, new, name="mine")
        with pytest.raises(Forbidden):
            await update(person, new, name="mine")
        assert await everything() == before

    async def test_refuses_a_revoked_key(self, acme: Tenant, new: Made) -> None:
        await service.revoke(acme.owner, new.key.id, now=NOW)
        before = await everything()
        with pytest.raises(KeyRevoked):
            await update(acme.owner, new, name="ci")
        assert await everything() == before
