"""Who somebody is right now."""

import pytest

from app.accounts import queries
from app.accounts.errors import SessionEnded, TokenExpired
from app.accounts.tokens import LIFETIME, TokenSigner
from app.core import ids
from app.core.config import Settings
from app.core.errors import NotFound
from app.core.ids import SessionId, UserId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.identity import models
from app.identity import queries as identity
from app.infra import db
from tests.factories import limits
from tests.factories.databases import statements
from tests.factories.orgs import NOW, join, member, session, tenant

SIGNER = TokenSigner(b"k" * 32)


def token_of(principal: Principal) -> str:
    return SIGNER.issue(UserId(principal.id), SessionId(principal.id), now=NOW).token


async def who(principal: Principal) -> Principal:
    return await queries.principal_of_token(SIGNER, token_of(principal), now=NOW)


class TestPrincipalOfToken:
    @pytest.mark.parametrize("role", Role)
    async def test_has_the_permissions_of_the_role(self, settings: Settings, role: Role) -> None:
        acme = await tenant(settings)
        person = await member(acme, role)

        found = await who(person)

        assert found == Principal("user", person.id, {acme.org_id: ROLE_PERMISSIONS[role]})

    async def test_knows_whose_it_is_without_another_query(self, settings: Settings) -> None:
        acme = await tenant(settings)
        read = await identity.me(acme.owner)

        found = await who(acme.owner)
        with statements() as sent:
            assert await identity.me(found) == read is not None
        assert sent == []

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
        await join(rival, acme.owner, Role.VIEWER)

        found = await who(acme.owner)

        assert found.orgs == {
            acme.org_id: ROLE_PERMISSIONS[Role.OWNER],
            rival.org_id: ROLE_PERMISSIONS[Role.VIEWER],
        }
        assert third.org_id not in found.orgs

    async def test_knows_the_plan_of_each_org_at_once(self, settings: Settings) -> None:
        acme, rival = [await tenant(settings, name) for name in ("acme", "rival")]
        await join(rival, acme.owner, Role.VIEWER)
        assert (await who(acme.owner)).plans == {acme.org_id: "PRO@1", rival.org_id: "PRO@1"}
        await limits.put_on(rival, "FREE")
        assert (await who(acme.owner)).plans == {acme.org_id: "PRO@1", rival.org_id: "FREE@1"}

    async def test_accepts_a_person_without_orgs(self, settings: Settings) -> None:
        user_id = UserId(ids.uuid7())
        await models.User.create(id=user_id, email="ada@x.example", name="Ada", created_at=NOW)
        await session(user_id)

        assert await who(Principal("user", user_id)) == Principal("user", user_id, {})

    async def test_refuses_the_token_of_someone_removed(self, settings: Settings) -> None:
        with pytest.raises(SessionEnded):
            await who(Principal("user", ids.uuid7()))

    async def test_refuses_the_token_of_a_session_that_was_revoked(self, settings: Settings) -> None:
        acme = await tenant(settings)
        await db.execute("UPDATE user_session SET revoked_at = $1", NOW)

        with pytest.raises(SessionEnded):
            await who(acme.owner)

    async def test_refuses_the_token_of_a_session_that_is_too_old(self, settings: Settings) -> None:
        acme = await tenant(settings)
        await db.execute("UPDATE user_session SET expires_at = $1", NOW)

        with pytest.raises(SessionEnded):
            await who(acme.owner)

    async def test_refuses_a_token_that_names_the_session_of_another(self, settings: Settings) -> None:
        acme, rival = [await tenant(settings, name) for name in ("acme", "rival")]
        token = SIGNER.issue(UserId(acme.owner.id), SessionId(rival.owner.id), now=NOW).token

        with pytest.raises(SessionEnded):
            await queries.principal_of_token(SIGNER, token, now=NOW)

    async def test_knows_the_requests_that_an_org_agreed_on(self, settings: Settings) -> None:
        acme = await tenant(settings)
        assert (await who(acme.owner)).quotas == {}
        await db.execute("UPDATE org SET requests_per_minute = 9000 WHERE id = $1", acme.org_id)

        assert (await who(acme.owner)).quotas == {acme.org_id: 9000}

    async def test_asks_nothing_for_an_expired_token(self, settings: Settings) -> None:
        acme = await tenant(settings)
        with statements() as sent, pytest.raises(TokenExpired):
            await queries.principal_of_token(SIGNER, token_of(acme.owner), now=NOW + LIFETIME)

        assert sent == []
