"""Who of those who were let in may still be there."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.ids import IdentityId, SessionId
from app.core.principal import ROLE_PERMISSIONS, Permission, Role, granted
from app.infra import db
from app.web import standing
from app.web.standing import Holder
from tests.factories.orgs import NOW, Tenant, member, tenant
from tests.fakes import statements


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


def key(acme: Tenant) -> Holder:
    return Holder("api_key", acme.key.id, None)


def person(acme: Tenant, *, session: Any = ...) -> Holder:
    """The owner, in their first session."""
    return Holder("user", acme.owner.id, SessionId(acme.owner.id) if session is ... else session)


async def good(*holders: Holder, now: Any = NOW) -> set[Holder]:
    return set(await standing.grants(holders, now=now))


class TestGrants:
    async def test_are_those_of_scopes_and_roles(self, acme: Tenant) -> None:
        viewer = await member(acme, Role.VIEWER)
        await db.execute("UPDATE api_key SET scopes = '{jobs:read,of:tomorrow}' WHERE id = $1", acme.key.id)
        viewing = Holder("user", viewer.id, SessionId(viewer.id))
        assert await standing.grants([key(acme), person(acme), viewing], now=NOW) == {
            key(acme): {acme.org_id: frozenset({Permission.JOBS_READ})},
            person(acme): {acme.org_id: frozenset(Permission)},
            viewing: {acme.org_id: ROLE_PERMISSIONS[Role.VIEWER]},
        }

    async def test_are_of_every_org(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        await db.execute(
            "INSERT INTO membership (id, org_id, user_id, role, created_at) VALUES ($1, $2, $3, 'MEMBER', $4)",
            ids.uuid7(),
            rival.org_id,
            acme.owner.id,
            NOW,
        )
        found = await standing.grants([person(acme)], now=NOW)
        assert set(found[person(acme)]) == {acme.org_id, rival.org_id}

    async def test_are_none_of_who_belongs_to_no_org(self, acme: Tenant) -> None:
        await db.execute("DELETE FROM membership")
        assert await standing.grants([person(acme)], now=NOW) == {person(acme): {}}

    async def test_leave_out_a_key_that_is_no_longer_good(self, acme: Tenant) -> None:
        assert await good(key(acme)) == {key(acme)}
        await db.execute("UPDATE api_key SET expires_at = $1", NOW + timedelta(seconds=1))
        assert await good(key(acme)) == {key(acme)}
        assert await good(key(acme), now=NOW + timedelta(seconds=1)) == set()
        await db.execute("UPDATE api_key SET expires_at = NULL, revoked_at = $1", NOW)
        assert await good(key(acme)) == set()

    async def test_leave_out_a_session_that_has_ended(self, acme: Tenant) -> None:
        assert await good(person(acme)) == {person(acme)}
        assert await good(person(acme), now=NOW + timedelta(days=3650)) == set()
        await db.execute("UPDATE user_session SET revoked_at = $1", NOW)
        assert await good(person(acme)) == set()

    async def test_leave_out_a_session_of_somebody_else(self, acme: Tenant) -> None:
        viewer = await member(acme, Role.VIEWER)
        assert await good(person(acme, session=SessionId(viewer.id))) == set()

    async def test_know_people_without_a_session_of_ours(self, acme: Tenant) -> None:
        """Whose token another issuer made."""
        await db.execute("UPDATE user_session SET revoked_at = $1", NOW)
        elsewhere = person(acme, session=None)
        assert await good(elsewhere, person(acme)) == {elsewhere}

    async def test_leave_out_whose_identity_was_unlinked(self, acme: Tenant) -> None:
        identity_id = IdentityId(ids.uuid7())
        await db.execute(
            "INSERT INTO external_identity (id, user_id, issuer, subject, created_at) VALUES ($1, $2, 'i', 's', $3)",
            identity_id,
            acme.owner.id,
            NOW,
        )
        let_in = person(acme, session=None)._replace(identity_id=identity_id)
        others = let_in._replace(identity_id=IdentityId(ids.uuid7()))
        assert await good(let_in, others, person(acme)) == {let_in, person(acme)}
        await db.execute("UPDATE external_identity SET unlinked_at = $1", NOW)
        assert await good(let_in, person(acme)) == {person(acme)}

    async def test_leave_out_who_never_was(self, acme: Tenant) -> None:
        assert await good(Holder("user", ids.uuid7(), None), Holder("api_key", ids.uuid7(), None)) == set()

    async def test_shrink_to_reading_and_undoing_while_the_org_ends(self, acme: Tenant) -> None:
        await db.execute("UPDATE org SET deletion_due_at = $1", NOW + timedelta(days=30))
        left = granted(Role.OWNER, is_closing=True)
        assert await standing.grants([key(acme), person(acme)], now=NOW) == {
            person(acme): {acme.org_id: left}
        }

    async def test_end_with_the_org(self, acme: Tenant) -> None:
        await db.execute("UPDATE org SET deletion_due_at = $1, deleted_at = $1", NOW)
        await db.execute("DELETE FROM membership")
        assert await standing.grants([key(acme), person(acme)], now=NOW) == {person(acme): {}}

    async def test_are_read_by_one_statement(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        with statements.recorded() as seen:
            assert len(await good(key(acme), key(rival), person(acme), person(rival))) == 4
        assert len(seen) == 1
