"""Who somebody is right now."""

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound, Unauthenticated
from app.core.ids import UserId, WorkspaceId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.identity import models, queries, service
from app.identity.errors import TokenExpired
from app.identity.tokens import LIFETIME, TokenSigner
from app.infra import db
from tests.factories import limits
from tests.factories.databases import statements
from tests.factories.orgs import NOW, Tenant, member, tenant

SIGNER = TokenSigner(b"k" * 32)


def token_of(principal: Principal) -> str:
    return SIGNER.issue(UserId(principal.id), now=NOW).token


async def who(principal: Principal) -> Principal:
    return await queries.principal_of_token(SIGNER, token_of(principal), now=NOW)


class TestPrincipalOfToken:
    @pytest.mark.parametrize("role", Role)
    async def test_has_the_permissions_of_the_role(self, settings: Settings, role: Role) -> None:
        acme = await tenant(settings)
        person = await member(acme, role)

        found = await who(person)

        assert found == Principal("user", person.id, {acme.org_id: ROLE_PERMISSIONS[role]})

    async def test_follows_a_change_of_role_at_once(self, settings: Settings) -> None:
        acme = await tenant(settings)
        person = await member(acme, Role.VIEWER)
        token = token_of(person)
        for role in (Role.ADMIN, Role.VIEWER):
            await models.Membership.filter(user_id=person.id).update(role=role.value)

            found = await queries.principal_of_token(SIGNER, token, now=NOW)
            assert found.orgs == {acme.org_id: ROLE_PERMISSIONS[role]}

        await models.Membership.filter(user_id=person.id).delete()
        found = await queries.principal_of_token(SIGNER, token, now=NOW)
        with pytest.raises(NotFound):
            found.authorise(acme.org_id, Permission.ORG_READ)

    async def test_knows_every_org_of_a_person_and_no_other(self, settings: Settings) -> None:
        acme, rival, third = [await tenant(settings, name) for name in ("acme", "rival", "third")]
        await service.add_member(rival.org_id, user_id=UserId(acme.owner.id), role=Role.VIEWER, now=NOW)

        found = await who(acme.owner)

        assert found.orgs == {
            acme.org_id: ROLE_PERMISSIONS[Role.OWNER],
            rival.org_id: ROLE_PERMISSIONS[Role.VIEWER],
        }
        assert third.org_id not in found.orgs

    async def test_knows_the_plan_of_each_org_at_once(self, settings: Settings) -> None:
        acme, rival = [await tenant(settings, name) for name in ("acme", "rival")]
        await service.add_member(rival.org_id, user_id=UserId(acme.owner.id), role=Role.VIEWER, now=NOW)
        assert (await who(acme.owner)).plans == {acme.org_id: "PRO", rival.org_id: "PRO"}
        await limits.put_on(rival, "FREE")
        assert (await who(acme.owner)).plans == {acme.org_id: "PRO", rival.org_id: "FREE"}

    async def test_accepts_a_person_without_orgs(self, settings: Settings) -> None:
        user_id = UserId(ids.uuid7())
        await models.User.create(id=user_id, email="ada@x.example", name="Ada", created_at=NOW)

        assert await who(Principal("user", user_id)) == Principal("user", user_id, {})

    async def test_refuses_the_token_of_someone_removed(self, settings: Settings) -> None:
        with pytest.raises(Unauthenticated):
            await who(Principal("user", ids.uuid7()))

    async def test_asks_nothing_for_an_expired_token(self, settings: Settings) -> None:
        acme = await tenant(settings)
        with statements() as sent, pytest.raises(TokenExpired):
            await queries.principal_of_token(SIGNER, token_of(acme.owner), now=NOW + LIFETIME)

        assert sent == []


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
