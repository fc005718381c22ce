"""Who belongs to an org, in which role."""

import asyncio
from typing import Any

import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, LaunchKitError, NotFound
from app.core.ids import UserId
from app.core.pagination import PageRequest
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.idempotency.types import Done
from app.identity import free_orgs, membership, queries, service
from app.identity.errors import LastOwner, MemberNotFound, PersonNeeded, RoleBeyondYours, TooManyOrgs
from app.identity.types import CreateOrg, Member
from app.infra import db
from tests.factories.orgs import NOW, Tenant, join, member, snapshot, tenant


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


async def change(
    by: Principal, acme: Tenant, whose: Principal, role: Role, key: str | None = None
) -> Done[Member]:
    return await membership.change_role(
        by, acme.org_id, user_id=UserId(whose.id), role=role, idempotency_key=key, now=NOW
    )


async def remove(by: Principal, acme: Tenant, whose: Principal, key: str | None = None) -> Done[None]:
    return await membership.remove(by, acme.org_id, user_id=UserId(whose.id), idempotency_key=key, now=NOW)


async def roles(acme: Tenant) -> dict[Any, str]:
    rows = await db.fetch("SELECT user_id, role FROM membership WHERE org_id = $1", acme.org_id)
    return {row["user_id"]: row["role"] for row in rows}


async def traces(action: str) -> list[tuple[Any, Any, Any]]:
    rows = await db.fetch("SELECT * FROM audit_entry WHERE action = $1 ORDER BY id", action)
    return [(row["principal_id"], row["target_id"], orjson.loads(row["changes"])) for row in rows]


class TestChangeRole:
    async def test_counts_from_the_next_request_and_leaves_a_trace(self, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)

        done = await change(acme.owner, acme, ada, Role.ADMIN)

        assert (done.value.user.id, done.value.role) == (ada.id, Role.ADMIN)
        assert (await roles(acme))[ada.id] == "ADMIN"
        changes = {"role": {"before": "VIEWER", "after": "ADMIN"}}
        assert await traces("member.role_changed") == [(acme.owner.id, ada.id, changes)]

    async def test_writes_nothing_when_nothing_changes(self, acme: Tenant) -> None:
        before = await snapshot()

        await change(acme.owner, acme, acme.owner, Role.OWNER)
        assert await snapshot() == before

    async def test_is_repeated_with_the_first_answer(self, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)

        first = await change(acme.owner, acme, ada, Role.ADMIN, "k")
        await change(acme.owner, acme, ada, Role.MEMBER)
        again = await change(acme.owner, acme, ada, Role.ADMIN, "k")

        assert again == Done(first.value, is_replay=True)
        assert (await roles(acme))[ada.id] == "MEMBER"

    @pytest.mark.parametrize(
        ("by", "old", "new"),
        [
            (Role.ADMIN, Role.VIEWER, Role.OWNER),
            (Role.ADMIN, Role.OWNER, Role.VIEWER),
        ],
    )
    async def test_stays_within_what_one_may_oneself(
        self, acme: Tenant, by: Role, old: Role, new: Role
    ) -> None:
        actor, ada = await member(acme, by), await member(acme, old)
        before = await snapshot()

        with pytest.raises(RoleBeyondYours):
            await change(actor, acme, ada, new)
        assert await snapshot() == before

    async def test_lets_nobody_raise_themselves(self, acme: Tenant) -> None:
        actor = await member(acme, Role.ADMIN)
        before = await snapshot()

        with pytest.raises(RoleBeyondYours):
            await change(actor, acme, actor, Role.OWNER)
        assert await snapshot() == before

    async def test_holds_a_key_to_its_scopes(self, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)
        manage = {Permission.MEMBERS_MANAGE, Permission.MEMBERS_READ}
        narrow = Principal("api_key", acme.key.id, {acme.org_id: frozenset(manage)}, acme.live.id)
        wide = Principal(
            "api_key", acme.key.id, {acme.org_id: ROLE_PERMISSIONS[Role.MEMBER] | manage}, acme.live.id
        )
        before = await snapshot()

        for key, role in ((narrow, Role.MEMBER), (narrow, Role.VIEWER), (wide, Role.ADMIN)):
            with pytest.raises(RoleBeyondYours):
                await change(key, acme, ada, role)
        assert await snapshot() == before
        assert (await change(wide, acme, ada, Role.MEMBER)).value.role is Role.MEMBER

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    async def test_needs_the_permission(self, acme: Tenant, role: Role) -> None:
        actor, ada = await member(acme, role), await member(acme, Role.VIEWER)
        before = await snapshot()

        with pytest.raises(Forbidden, match="members:manage"):
            await change(actor, acme, ada, Role.VIEWER)
        assert await snapshot() == before

    async def test_answers_alike_for_strangers_and_for_nobody(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        before = await snapshot()

        for whose in (rival.owner, Principal("user", ids.uuid7())):
            with pytest.raises(MemberNotFound):
                await change(acme.owner, acme, whose, Role.VIEWER)
        with pytest.raises(NotFound):
            await change(rival.owner, acme, acme.owner, Role.VIEWER)
        assert await snapshot() == before

    async def test_keeps_the_last_owner(self, acme: Tenant) -> None:
        before = await snapshot()

        with pytest.raises(LastOwner):
            await change(acme.owner, acme, acme.owner, Role.ADMIN)
        with pytest.raises(LastOwner):
            await change(acme.key, acme, acme.owner, Role.ADMIN)
        assert await snapshot() == before


class TestRemove:
    async def test_ends_the_membership_with_a_trace(self, acme: Tenant) -> None:
        ada = await member(acme, Role.MEMBER)

        await remove(await member(acme, Role.ADMIN), acme, ada)

        assert ada.id not in await roles(acme)
        [(_, target, changes)] = await traces("member.removed")
        assert (target, changes) == (ada.id, {"role": "MEMBER"})

    async def test_is_repeated_only_with_its_key(self, acme: Tenant) -> None:
        ada = await member(acme, Role.MEMBER)

        assert await remove(acme.owner, acme, ada, "k") == Done(None)
        assert await remove(acme.owner, acme, ada, "k") == Done(None, is_replay=True)
        with pytest.raises(MemberNotFound):
            await remove(acme.owner, acme, ada)
        assert len(await traces("member.removed")) == 1

    async def test_stays_within_what_one_may_oneself(self, acme: Tenant) -> None:
        admin, owner = await member(acme, Role.ADMIN), await member(acme, Role.OWNER)
        before = await snapshot()

        with pytest.raises(RoleBeyondYours):
            await remove(admin, acme, owner)
        assert await snapshot() == before

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    async def test_needs_the_permission(self, acme: Tenant, role: Role) -> None:
        actor = await member(acme, role)
        before = await snapshot()

        with pytest.raises(Forbidden, match="members:manage"):
            await remove(actor, acme, actor)
        assert await snapshot() == before

    async def test_keeps_the_last_owner(self, acme: Tenant) -> None:
        before = await snapshot()

        with pytest.raises(LastOwner):
            await remove(acme.owner, acme, acme.owner)
        assert await snapshot() == before


class TestLeave:
    async def test_is_for_every_member(self, acme: Tenant) -> None:
        for role in Role:
            ada = await member(acme, role)
            await membership.leave(ada, acme.org_id, now=NOW)
            assert ada.id not in await roles(acme)
        assert len(await traces("member.left")) == 4

    async def test_is_for_people(self, acme: Tenant) -> None:
        with pytest.raises(PersonNeeded):
            await membership.leave(acme.key, acme.org_id, now=NOW)

    async def test_keeps_the_last_owner(self, acme: Tenant) -> None:
        await member(acme, Role.ADMIN)
        before = await snapshot()

        with pytest.raises(LastOwner):
            await membership.leave(acme.owner, acme.org_id, now=NOW)
        assert await snapshot() == before


class TestFreeOrgs:
    """Given away one by one, they would let one person own any number of them."""

    @pytest.fixture
    async def ada(self, acme: Tenant) -> Principal:
        """Who owns as many as one person may."""
        made = await member(acme, Role.ADMIN)
        for _ in range(free_orgs.MAX_FREE_ORGS):
            await service.create(made, command=CreateOrg("Own"), now=NOW)
        await db.execute("UPDATE org SET plan = 'FREE' WHERE id = $1", acme.org_id)
        return made

    async def transfer(self, acme: Tenant, ada: Principal) -> None:
        await membership.transfer_ownership(acme.owner, acme.org_id, user_id=UserId(ada.id), now=NOW)

    async def test_are_not_taken_over_beyond_the_bound(self, acme: Tenant, ada: Principal) -> None:
        before = await snapshot()

        with pytest.raises(TooManyOrgs):
            await self.transfer(acme, ada)
        with pytest.raises(TooManyOrgs):
            await change(acme.owner, acme, ada, Role.OWNER)
        assert await snapshot() == before

    async def test_are_counted_for_a_new_owner_alone(self, acme: Tenant, ada: Principal) -> None:
        await change(acme.owner, acme, ada, Role.MEMBER)
        await db.execute("UPDATE org SET plan = 'PRO' WHERE id = $1", acme.org_id)
        await self.transfer(acme, ada)
        assert (await roles(acme))[ada.id] == "OWNER"

    async def test_are_counted_one_by_one_when_two_come_at_once(
        self, acme: Tenant, ada: Principal, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        both = Principal("user", ada.id)
        await join(rival, both, Role.MEMBER)
        await db.execute("UPDATE org SET plan = 'FREE'")
        await db.execute(
            "DELETE FROM membership WHERE id = "
            "(SELECT id FROM membership WHERE user_id = $1 AND role = 'OWNER' LIMIT 1)",
            ada.id,
        )

        ends = await asyncio.gather(
            self.transfer(acme, ada), self.transfer(rival, ada), return_exceptions=True
        )
        assert sorted(type(end).__name__ for end in ends) == ["NoneType", "TooManyOrgs"]


class TestTransferOwnership:
    async def test_makes_an_owner_of_one_and_an_admin_of_the_other(self, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)

        made = await membership.transfer_ownership(acme.owner, acme.org_id, user_id=UserId(ada.id), now=NOW)

        assert made.role is Role.OWNER
        assert await roles(acme) == {acme.owner.id: "ADMIN", ada.id: "OWNER"}
        assert {target for _, target, _ in await traces("member.role_changed")} == {ada.id, acme.owner.id}

    async def test_to_oneself_changes_nothing(self, acme: Tenant) -> None:
        before = await snapshot()

        await membership.transfer_ownership(acme.owner, acme.org_id, user_id=UserId(acme.owner.id), now=NOW)
        assert await snapshot() == before

    async def test_is_done_once_by_who_asks_several_times_at_once(self, acme: Tenant) -> None:
        friends = [await member(acme, Role.MEMBER) for _ in range(4)]

        ends = await asyncio.gather(
            *(
                membership.transfer_ownership(acme.owner, acme.org_id, user_id=UserId(one.id), now=NOW)
                for one in friends
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(end, Forbidden) for end in ends) == 3
        assert sorted((await roles(acme)).values()) == ["ADMIN", "MEMBER", "MEMBER", "MEMBER", "OWNER"]

    async def test_is_for_owners_to_members(self, acme: Tenant, settings: Settings) -> None:
        admin, rival = await member(acme, Role.ADMIN), await tenant(settings, "rival")
        before = await snapshot()
        cases: list[tuple[Principal, Principal, type[LaunchKitError]]] = [
            (admin, admin, Forbidden),
            (acme.key, admin, PersonNeeded),
            (rival.owner, rival.owner, NotFound),
            (acme.owner, rival.owner, MemberNotFound),
        ]

        for giver, taker, case in cases:
            with pytest.raises(case):
                await membership.transfer_ownership(giver, acme.org_id, user_id=UserId(taker.id), now=NOW)
        assert await snapshot() == before


class TestAnOrgAlwaysHasAnOwner:
    async def test_when_fifty_owners_leave_at_once(self, acme: Tenant) -> None:
        owners = [acme.owner, *[await member(acme, Role.OWNER) for _ in range(49)]]

        ends = await asyncio.gather(
            *(membership.leave(one, acme.org_id, now=NOW) for one in owners), return_exceptions=True
        )

        assert sum(isinstance(end, LastOwner) for end in ends) == 1
        assert list((await roles(acme)).values()) == ["OWNER"]
        assert len(await traces("member.left")) == 49

    async def test_when_fifty_owners_demote_or_remove_each_other_at_once(self, acme: Tenant) -> None:
        owners = [acme.owner, *[await member(acme, Role.OWNER) for _ in range(49)]]
        # In a ring: each takes the next one's ownership.
        pairs = list(zip(owners, [*owners[1:], owners[0]], strict=True))

        ends = await asyncio.gather(
            *(
                change(by, acme, whose, Role.VIEWER) if number % 2 else remove(by, acme, whose)
                for number, (by, whose) in enumerate(pairs)
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(end, LastOwner) for end in ends) == 1
        assert sum(isinstance(end, BaseException) for end in ends) == 1
        assert list((await roles(acme)).values()).count("OWNER") == 1


class TestMembers:
    async def test_are_those_who_joined_last_first(self, acme: Tenant) -> None:
        joined = [acme.owner, *[await member(acme, role) for role in Role]]

        first = await queries.members(acme.owner, acme.org_id, request=PageRequest(3))
        rest = await queries.members(acme.owner, acme.org_id, request=PageRequest(3, first.items[-1].id))

        assert (first.has_next, rest.has_next) == (True, False)
        found = [*first.items, *rest.items]
        assert [one.user.id for one in found] == [one.id for one in reversed(joined)]
        assert [one.role for one in found] == [*reversed(Role), Role.OWNER]
        assert {one.since for one in found} == {NOW}

    async def test_are_not_for_strangers_and_keys_without_the_scope(
        self, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        mute = Principal("api_key", acme.key.id, {acme.org_id: frozenset({Permission.ORG_READ})})

        with pytest.raises(NotFound):
            await queries.members(rival.owner, acme.org_id, request=PageRequest())
        with pytest.raises(Forbidden, match="members:read"):
            await queries.members(mute, acme.org_id, request=PageRequest())
