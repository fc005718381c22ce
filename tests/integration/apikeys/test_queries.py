"""Reading API keys."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.apikeys import queries, service
from app.apikeys.errors import KeyNotFound
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import ApiKeyId
from app.core.pagination import PageRequest
from app.core.principal import Permission, Principal, Role
from app.infra import db
from tests.factories.apikeys import Made, made
from tests.factories.orgs import NOW, Tenant, member, tenant


async def names(
    by: Principal, acme: Tenant, request: PageRequest | None = None, **filters: Any
) -> Sequence[str]:
    wanted: dict[str, Any] = {"now": NOW, "request": request or PageRequest()} | filters
    return [key.name for key in (await queries.page(by, acme.org_id, **wanted)).items]


async def named(settings: Settings, acme: Tenant, name: str, **wishes: Any) -> Made:
    return await made(settings, acme.owner, acme.org_id, name=name, now=NOW, **wishes)


class TestPage:
    async def test_shows_the_newest_first_page_by_page(self, settings: Settings, acme: Tenant) -> None:
        for name in ("a", "b"):
            await named(settings, acme, name)
        first = await queries.page(acme.owner, acme.org_id, request=PageRequest(2), now=NOW)
        assert ([key.name for key in first.items], first.has_next) == (["b", "a"], True)
        rest = PageRequest(2, first.items[-1].id)
        assert await names(acme.owner, acme, rest) == ["server"]

    async def test_leaves_out_what_has_ended_unless_it_is_asked_for(
        self, settings: Settings, acme: Tenant
    ) -> None:
        end = NOW + timedelta(hours=1)
        revoked = await named(settings, acme, "revoked")
        await named(settings, acme, "mortal", expires_at=end)
        await service.revoke(acme.owner, revoked.key.id, now=NOW)

        assert await names(acme.owner, acme, now=end - timedelta(microseconds=1)) == ["mortal", "server"]
        assert await names(acme.owner, acme, now=end) == ["server"]
        assert await names(acme.owner, acme, now=end, includes_ended=True) == ["mortal", "revoked", "server"]

    async def test_is_of_one_workspace_where_one_is_named(self, settings: Settings, acme: Tenant) -> None:
        await named(settings, acme, "test", workspace=acme.test)
        assert await names(acme.owner, acme, workspace_id=acme.test.id) == ["test"]
        assert await names(acme.owner, acme, workspace_id=acme.live.id) == ["server"]

    async def test_is_of_a_key_s_own_workspace(self, settings: Settings, acme: Tenant) -> None:
        await named(settings, acme, "test", workspace=acme.test)
        assert await names(acme.key, acme) == ["server"]
        assert await names(acme.key, acme, workspace_id=acme.test.id) == []

    async def test_is_for_those_with_the_permission(self, settings: Settings, acme: Tenant) -> None:
        rival = await tenant(settings, "rival")
        assert await names(rival.owner, rival, workspace_id=acme.live.id) == []
        with pytest.raises(NotFound):
            await names(rival.owner, acme)
        with pytest.raises(Forbidden):
            await names(await member(acme, Role.MEMBER), acme)


class TestGet:
    async def test_tells_everything_but_the_secret(self, acme: Tenant, new: Made) -> None:
        assert await queries.get(acme.owner, new.key.id) == new.key

    async def test_hides_the_keys_of_other_orgs_and_workspaces(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        rival = await tenant(settings, "rival")
        in_test = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.test.id)
        for by in (rival.owner, rival.key, in_test):
            with pytest.raises(KeyNotFound):
                await queries.get(by, new.key.id)
        with pytest.raises(KeyNotFound):
            await queries.get(acme.owner, ApiKeyId(ids.uuid7()))
        with pytest.raises(Forbidden):
            await queries.get(await member(acme, Role.VIEWER), new.key.id)


class TestKeysById:
    async def test_keeps_the_order_and_the_gaps_and_reads_no_secret(
        self, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        other = await named(settings, acme, "other")
        found = await queries.keys_by_id([other.key.id, ApiKeyId(ids.uuid7()), new.key.id])
        assert found == [other.key, None, new.key]

    async def test_ignores_scopes_of_another_version(self, new: Made) -> None:
        await db.execute("UPDATE api_key SET scopes = '{jobs:read,time:travel}' WHERE id = $1", new.key.id)
        [read] = await queries.keys_by_id([new.key.id])
        assert read is not None
        assert read.scopes == {Permission.JOBS_READ}
