"""The end of an org."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from app.accounts import queries as accounts
from app.accounts.tokens import TokenSigner
from app.apikeys.errors import KeyInvalid
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import SessionId, UserId
from app.core.principal import Permission, Principal, Role
from app.identity import closing, membership, queries, service
from app.identity.closing import GRACE
from app.identity.errors import OrgClosing
from app.infra import db
from app.jobs import kinds
from tests.factories import jobs
from tests.factories.apikeys import verifier
from tests.factories.orgs import NOW, Tenant, member, snapshot, tenant

SIGNER = TokenSigner(b"k" * 32)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


async def again(principal: Principal) -> Principal:
    """The same person at their next request."""
    token = SIGNER.issue(UserId(principal.id), SessionId(principal.id), now=NOW).token
    return await accounts.principal_of_token(SIGNER, token, now=NOW)


async def traces() -> list[tuple[str, str, Any]]:
    rows = await db.fetch("SELECT * FROM audit_entry WHERE action LIKE 'org.del%' ORDER BY id")
    return [(row["action"], row["principal_kind"], orjson.loads(row["changes"])) for row in rows]


class TestRequest:
    async def test_sets_the_end_a_month_ahead(self, acme: Tenant) -> None:
        org = await closing.request(acme.owner, acme.org_id, now=NOW)

        assert org.deletion_due_at == NOW + timedelta(days=30)
        assert await queries.org(acme.owner, acme.org_id) == org
        changes = {"due_at": "2026-12-20T10:00:00+00:00"}
        assert await traces() == [("org.deletion_requested", "user", changes)]

    async def test_does_not_put_it_off_when_repeated(self, acme: Tenant) -> None:
        first = await closing.request(acme.owner, acme.org_id, now=NOW)
        before = await snapshot()

        assert await closing.request(acme.owner, acme.org_id, now=NOW + timedelta(days=1)) == first
        assert await snapshot() == before

    async def test_is_for_owners(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        admin = await member(acme, Role.ADMIN)
        before = await snapshot()

        for principal, case in ((admin, Forbidden), (rival.owner, NotFound)):
            with pytest.raises(case):
                await closing.request(principal, acme.org_id, now=NOW)
        assert await snapshot() == before

    async def test_leaves_reading_alone_from_the_next_request(self, acme: Tenant) -> None:
        ada = await member(acme, Role.MEMBER)
        await closing.request(acme.owner, acme.org_id, now=NOW)

        owner, ada = await again(acme.owner), await again(ada)

        kept = {p for p in Permission if p.value.endswith(":read")}
        assert owner.orgs[acme.org_id] == kept | {Permission.ORG_DELETE}
        assert ada.orgs[acme.org_id] <= kept
        before = await snapshot()
        with pytest.raises(Forbidden, match="about to be deleted"):
            await service.rename(owner, acme.org_id, name="Mine", now=NOW)
        with pytest.raises(Forbidden, match="about to be deleted"):
            await jobs.queued(acme, by=ada)
        with pytest.raises(Forbidden, match="audit:read"):
            ada.authorise(acme.org_id, Permission.AUDIT_READ)
        # Leaving needs no permission of its own.
        with pytest.raises(OrgClosing):
            await membership.leave(ada, acme.org_id, now=NOW)
        assert await snapshot() == before

    async def test_has_the_keys_refused(self, acme: Tenant, settings: Settings) -> None:
        keys = verifier(settings)
        await closing.request(acme.owner, acme.org_id, now=NOW)

        with pytest.raises(KeyInvalid):
            await keys.verify(acme.token, now=NOW)


class TestCancel:
    async def test_gives_everything_back(self, acme: Tenant, settings: Settings) -> None:
        await closing.request(acme.owner, acme.org_id, now=NOW)

        org = await closing.cancel(await again(acme.owner), acme.org_id, now=NOW + GRACE - MOMENT)

        assert org.deletion_due_at is None
        assert (await again(acme.owner)).orgs == acme.owner.orgs
        assert (await verifier(settings).verify(acme.token, now=NOW)).orgs == acme.key.orgs
        assert [action for action, _, _ in await traces()][-1] == "org.deletion_cancelled"

    async def test_comes_too_late_once_the_grace_is_over(self, acme: Tenant) -> None:
        await closing.request(acme.owner, acme.org_id, now=NOW)
        before = await snapshot()

        with pytest.raises(NotFound):
            await closing.cancel(acme.owner, acme.org_id, now=NOW + GRACE)
        assert await snapshot() == before

    async def test_is_for_owners(self, acme: Tenant) -> None:
        await closing.request(acme.owner, acme.org_id, now=NOW)
        admin = await again(await member_of_closing(acme))
        before = await snapshot()

        with pytest.raises(Forbidden):
            await closing.cancel(admin, acme.org_id, now=NOW)
        assert await snapshot() == before


async def member_of_closing(acme: Tenant) -> Principal:
    """An admin, who joined before; membership cannot be had any more."""
    await db.execute("UPDATE org SET deletion_due_at = NULL WHERE id = $1", acme.org_id)
    admin = await member(acme, Role.ADMIN)
    await closing.request(acme.owner, acme.org_id, now=NOW)
    return admin


class TestClose:
    async def test_ends_memberships_and_frees_the_slug(self, acme: Tenant) -> None:
        kinds.load()
        job = await jobs.queued(acme)
        await closing.request(acme.owner, acme.org_id, now=NOW)

        await closing.close(acme.org_id, now=NOW + GRACE)

        assert (await again(acme.owner)).orgs == {}
        row = await db.fetchrow("SELECT slug, deleted_at FROM org WHERE id = $1", acme.org_id)
        assert row is not None
        assert tuple(row) == (ids.encode("org", acme.org_id), NOW + GRACE)
        members = {ids.encode("user", acme.owner.id): "OWNER"}
        assert (await traces())[-1] == ("org.deleted", "system", {"slug": "acme", "members": members})
        # The books are kept.
        assert (await jobs.read(job.id)).org_id == acme.org_id
        owner_id = UserId(acme.owner.id)
        await service.create_org(name="New", slug="acme", plan="FREE", owner_id=owner_id, now=NOW)

    async def test_waits_for_the_end_of_the_grace(self, acme: Tenant) -> None:
        await closing.request(acme.owner, acme.org_id, now=NOW)
        before = await snapshot()

        assert await closing.due(now=NOW + GRACE - MOMENT) == []
        await closing.close(acme.org_id, now=NOW + GRACE - MOMENT)
        assert await snapshot() == before

    async def test_does_nothing_twice_or_to_an_org_that_is_not_due(
        self, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        await closing.request(acme.owner, acme.org_id, now=NOW)
        assert await closing.due(now=NOW + GRACE) == [acme.org_id]
        await closing.close(acme.org_id, now=NOW + GRACE)
        before = await snapshot()

        assert await closing.due(now=NOW + 2 * GRACE) == []
        for org_id in (acme.org_id, rival.org_id):
            await closing.close(org_id, now=NOW + 2 * GRACE)
        assert await snapshot() == before
