"""Reading people, orgs and workspaces."""

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import UserId, WorkspaceId
from app.core.principal import Permission, Principal
from app.identity import queries
from app.infra import db
from tests.factories.databases import statements
from tests.factories.orgs import Tenant, tenant


class TestOrgs:
    async def test_shows_only_what_the_principal_may_read(self, settings: Settings) -> None:
        acme, rival = await tenant(settings, "acme"), await tenant(settings, "rival")
        mute = Principal("api_key", ids.uuid7(), {acme.org_id: frozenset({Permission.JOBS_WRITE})})

        assert [org.id for org in await queries.orgs(acme.owner)] == [acme.org_id]
        assert await queries.orgs(mute) == []
        assert (await queries.org(acme.owner, acme.org_id)).slug == "acme"
        for foreign in (queries.org, queries.workspaces, queries.default_workspace):
            with pytest.raises(NotFound):
                await foreign(acme.owner, rival.org_id)
            with pytest.raises(Forbidden):
                await foreign(mute, acme.org_id)

    async def test_are_sorted_by_name(self, settings: Settings) -> None:
        made = [await tenant(settings, name) for name in ("zeta", "alpha", "mid")]
        everywhere = Principal("user", ids.uuid7(), {each.org_id: frozenset(Permission) for each in made})

        assert [org.slug for org in await queries.orgs(everywhere)] == ["alpha", "mid", "zeta"]


class TestDefaultWorkspace:
    async def test_is_the_key_s_own(self, settings: Settings) -> None:
        acme = await tenant(settings)
        of_test = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.test.id)

        assert await queries.default_workspace(of_test, acme.org_id) == acme.test
        assert await queries.default_workspace(acme.key, acme.org_id) == acme.live

    async def test_is_live_for_a_person(self, settings: Settings) -> None:
        acme = await tenant(settings)

        assert await queries.default_workspace(acme.owner, acme.org_id) == acme.live

    async def test_is_missing_when_the_key_s_own_is_of_another_org(self, settings: Settings) -> None:
        acme, rival = await tenant(settings, "acme"), await tenant(settings, "rival")
        confused = Principal("api_key", ids.uuid7(), acme.key.orgs, rival.live.id)

        with pytest.raises(NotFound):
            await queries.default_workspace(confused, acme.org_id)


class TestMe:
    async def test_is_the_person_and_never_a_key(self, settings: Settings) -> None:
        acme = await tenant(settings)

        person = await queries.me(acme.owner)

        assert person is not None
        assert person.email == acme.email
        assert await queries.me(acme.key) is None


class TestById:
    async def test_keeps_the_order_and_the_gaps(self, settings: Settings) -> None:
        acme: Tenant = await tenant(settings)
        nobody = ids.uuid7()

        people = await queries.users_by_id([UserId(nobody), UserId(acme.owner.id), UserId(nobody)])
        spaces = await queries.workspaces_by_id([acme.test.id, WorkspaceId(nobody), acme.live.id])

        assert [person and person.id for person in people] == [None, acme.owner.id, None]
        assert spaces == [acme.test, None, acme.live]

    async def test_asks_once(self, settings: Settings) -> None:
        acme = await tenant(settings)
        await db.fetch("SELECT 1")
        with statements() as sent:
            await queries.workspaces_by_id([acme.test.id, acme.live.id])

        assert len(sent) == 1
