"""Inviting people, and their coming in."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, LaunchKitError, NotFound
from app.core.ids import InvitationId
from app.core.pagination import PageRequest
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.identity import closing, free_orgs, queries
from app.identity import service as identity
from app.identity.errors import EmailUnverified, OrgClosing, PersonNeeded, RoleBeyondYours, TooManyOrgs
from app.identity.types import CreateOrg, Member
from app.infra import db
from app.invitations import queries as invitations
from app.invitations import service
from app.invitations.errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationEnded,
    InvitationExpired,
    InvitationInvalid,
    InvitationNotFound,
    InvitedAsSomebodyElse,
    JustSent,
    SeatsTaken,
    TooManyInvitations,
)
from app.invitations.service import LIFETIME, RESEND_AFTER
from app.invitations.tokens import TokenSigner
from app.invitations.types import Invitation, InviteMember, Status
from tests.factories.databases import fill_pool
from tests.factories.invitations import SIGNER, invited, token_of
from tests.factories.limits import put_on
from tests.factories.orgs import NOW, Tenant, member, person, snapshot, tenant

MOMENT = timedelta(microseconds=1)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


async def accept(who: Principal, invitation: Invitation, *, now: datetime = NOW) -> Member:
    return await service.accept(who, SIGNER, token=token_of(invitation), now=now)


async def resend(acme: Tenant, invitation: Invitation, *, now: datetime) -> Invitation:
    return await service.resend(acme.owner, invitation.id, now=now)


async def status_of(invitation: Invitation, acme: Tenant, *, now: datetime = NOW) -> Status:
    return (await invitations.get(acme.owner, invitation.id)).status(now=now)


async def traces(action: str) -> list[tuple[Any, Any, Any]]:
    rows = await db.fetch("SELECT * FROM audit_entry WHERE action = $1 ORDER BY id", action)
    return [(row["principal_id"], row["target_id"], orjson.loads(row["changes"])) for row in rows]


async def outbox() -> list[tuple[str, Any]]:
    rows = await db.fetch("SELECT name, payload FROM outbox_message ORDER BY id")
    return [(row["name"], orjson.loads(row["payload"])) for row in rows]


class TestInvite:
    async def test_keeps_it_mails_it_and_tells_of_it_at_once(self, acme: Tenant) -> None:
        command = InviteMember("Ada@X.example", Role.ADMIN)

        done = await service.invite(acme.owner, acme.org_id, command=command, now=NOW)

        one = done.value
        assert (one.email, one.role, one.expires_at) == ("Ada@X.example", Role.ADMIN, NOW + LIFETIME)
        assert await invitations.get(acme.owner, one.id) == one
        changes = {"email": "Ada@X.example", "role": "ADMIN"}
        assert await traces("invitation.created") == [(acme.owner.id, one.id, changes)]
        name = ids.encode("inv", one.id)
        event, task = await outbox()
        assert event[0] == "member.invited"
        body = {"name": "member.invited", "version": 1, "org_id": str(acme.org_id)}
        assert event[1]["body"] == body | {"invitation_id": name, "role": "ADMIN"}
        kwargs = {"invitation_id": str(one.id)}
        assert task == ("mail_invitation", {"queue": "mails", "kwargs": kwargs})

    async def test_stores_and_sends_nothing_that_lets_somebody_in(self, acme: Tenant) -> None:
        signature = token_of(await invited(acme, key="k")).partition(".")[2]

        assert signature not in repr([await snapshot(), await outbox()])

    async def test_is_repeated_with_the_first_answer_and_one_mail(self, acme: Tenant) -> None:
        command = InviteMember("ada@x.example", Role.MEMBER, "k")

        made = await asyncio.gather(
            *(service.invite(acme.owner, acme.org_id, command=command, now=NOW) for _ in range(10))
        )

        assert len({done.value for done in made}) == 1
        assert [done.is_replay for done in made].count(False) == 1
        assert [name for name, _ in await outbox()].count("mail_invitation") == 1

    async def test_refuses_whom_the_org_knows_already(self, acme: Tenant) -> None:
        await invited(acme, "ada")
        before = await snapshot()

        for email, case in (
            ("ADA@x.example", AlreadyInvited),
            (acme.email.upper(), AlreadyMember),
        ):
            command = InviteMember(email, Role.VIEWER)
            with pytest.raises(case):
                await service.invite(acme.owner, acme.org_id, command=command, now=NOW)
        assert await snapshot() == before

    async def test_makes_room_for_another_where_one_expired(self, acme: Tenant) -> None:
        first = await invited(acme, "ada")

        second = await invited(acme, "ADA", now=NOW + LIFETIME)

        assert second.id != first.id
        later = NOW + LIFETIME
        assert await status_of(first, acme, now=later) is Status.REVOKED
        assert await status_of(second, acme, now=later) is Status.OPEN

    async def test_stays_within_what_one_may_oneself(self, acme: Tenant) -> None:
        admin = await member(acme, Role.ADMIN)
        scopes = frozenset({Permission.MEMBERS_MANAGE, Permission.MEMBERS_READ})
        key = Principal("api_key", acme.key.id, {acme.org_id: scopes}, acme.test.id)
        before = await snapshot()

        for by, role in ((admin, Role.OWNER), (key, Role.VIEWER)):
            with pytest.raises(RoleBeyondYours):
                await invited(acme, "ada", role, by=by)
        assert await snapshot() == before

    async def test_needs_the_permission(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        somebody = await member(acme, Role.MEMBER)
        before = await snapshot()

        for by, case in ((somebody, Forbidden), (rival.owner, NotFound)):
            with pytest.raises(case):
                await invited(acme, "ada", Role.VIEWER, by=by)
        assert await snapshot() == before

    @pytest.mark.parametrize(
        "email", ["", "ada", "ada@", "@x", "a b@x.example", "ada@x.example\n", "a\0@x", "a@" + "x" * 260]
    )
    async def test_names_an_address_that_is_none(self, acme: Tenant, email: str) -> None:
        before = await snapshot()

        with pytest.raises(InvalidInput) as raised:
            await service.invite(acme.owner, acme.org_id, command=InviteMember(email, Role.VIEWER), now=NOW)
        assert [(error.field, error.code) for error in raised.value.errors] == [("email", "invalid_email")]
        assert await snapshot() == before

    async def test_is_refused_while_the_org_closes(self, acme: Tenant) -> None:
        one = await invited(acme, "ada")
        ada = await person("ada")
        await closing.request(acme.owner, acme.org_id, now=NOW)
        before = await snapshot()

        with pytest.raises(OrgClosing):
            await invited(acme, "bob")
        with pytest.raises(OrgClosing):
            await accept(ada, one)
        assert await snapshot() == before


class TestRestraint:
    async def test_spares_one_address(self, acme: Tenant) -> None:
        for _ in range(3):
            await service.revoke(acme.owner, (await invited(acme, "ada")).id, now=NOW)
        before = await snapshot()

        with pytest.raises(TooManyInvitations) as raised:
            await invited(acme, "ADA", now=NOW + timedelta(days=1) - MOMENT)
        assert raised.value.retry_after
        assert await snapshot() == before
        await invited(acme, "bob")
        await invited(acme, "ada", now=NOW + timedelta(days=1))

    async def test_makes_no_mailer_of_an_org(self, acme: Tenant) -> None:
        await put_on(acme, "FREE")
        for number in range(30):
            await service.revoke(acme.owner, (await invited(acme, f"p{number}")).id, now=NOW)
        before = await snapshot()

        with pytest.raises(TooManyInvitations):
            await invited(acme, "one-too-many")
        assert await snapshot() == before
        await invited(acme, "bob", now=NOW + timedelta(days=1))


class TestSeats:
    async def test_are_taken_by_members_and_open_invitations(self, acme: Tenant) -> None:
        await put_on(acme, "FREE")
        await invited(acme, "ada")
        last = await invited(acme, "bob")
        before = await snapshot()

        with pytest.raises(SeatsTaken):
            await invited(acme, "eve")
        assert await snapshot() == before

        await service.revoke(acme.owner, last.id, now=NOW)
        await invited(acme, "eve")
        with pytest.raises(SeatsTaken):
            await invited(acme, "bob")
        # And by those alone whose time is not over.
        await invited(acme, "bob", now=NOW + LIFETIME)

    async def test_hold_against_fifty_invitations_at_once(self, acme: Tenant) -> None:
        await put_on(acme, "FREE")
        await member(acme, Role.VIEWER)
        await fill_pool()

        made = await asyncio.gather(
            *(invited(acme, f"p{number}") for number in range(50)), return_exceptions=True
        )

        assert sum(isinstance(one, Invitation) for one in made) == 1
        assert sum(isinstance(one, SeatsTaken) for one in made) == 49
        assert await db.fetchval("SELECT count(*) FROM invitation") == 1
        assert [name for name, _ in await outbox()] == ["member.invited", "mail_invitation"]

    async def test_hold_against_fifty_acceptances_at_once(self, acme: Tenant) -> None:
        """The plan became smaller after they were invited."""
        await put_on(acme, "ENTERPRISE")
        guests = [(await person(f"p{number}"), await invited(acme, f"p{number}")) for number in range(50)]
        await put_on(acme, "FREE")

        ends = await asyncio.gather(*(accept(*guest) for guest in guests), return_exceptions=True)

        assert sum(isinstance(end, Member) for end in ends) == 2
        assert sum(isinstance(end, SeatsTaken) for end in ends) == 48
        assert await db.fetchval("SELECT count(*) FROM membership WHERE org_id = $1", acme.org_id) == 3
        assert await db.fetchval("SELECT count(*) FROM invitation WHERE accepted_at IS NOT NULL") == 2

    async def test_are_any_number_without_a_bound(self, acme: Tenant) -> None:
        await put_on(acme, "ENTERPRISE")
        for number in range(12):
            await invited(acme, f"p{number}")


class TestAccept:
    async def test_makes_a_member_in_the_role(self, acme: Tenant) -> None:
        ada = await person("ada")
        one = await invited(acme, "ADA", Role.ADMIN)

        made = await accept(ada, one, now=NOW + LIFETIME - MOMENT)

        assert (made.user.id, made.role) == (ada.id, Role.ADMIN)
        page = await queries.members(acme.owner, acme.org_id, request=PageRequest())
        assert page.items[0] == made
        assert await status_of(one, acme) is Status.ACCEPTED
        assert (await invitations.get(acme.owner, one.id)).accepted_by == ada.id
        changes = {"email": "ADA@x.example", "role": "ADMIN"}
        assert await traces("invitation.accepted") == [(ada.id, one.id, changes)]

    async def test_works_once(self, acme: Tenant) -> None:
        ada = await person("ada")
        one = await invited(acme, "ada")

        ends = await asyncio.gather(*(accept(ada, one) for _ in range(20)), return_exceptions=True)

        assert sum(isinstance(end, Member) for end in ends) == 1
        assert sum(isinstance(end, InvitationEnded) for end in ends) == 19
        # Also for somebody who is out again.
        await db.execute("DELETE FROM membership WHERE user_id = $1", ada.id)
        with pytest.raises(InvitationEnded):
            await accept(ada, one)

    async def test_is_for_whom_it_was_sent_to(self, acme: Tenant) -> None:
        one = await invited(acme, "ada")
        eve = await person("eve")
        before = await snapshot()

        with pytest.raises(InvitedAsSomebodyElse) as raised:
            await accept(eve, one)
        assert "ada" not in str(raised.value)
        with pytest.raises(PersonNeeded):
            await accept(acme.key, one)
        assert await snapshot() == before

    async def test_needs_a_confirmed_address(self, acme: Tenant) -> None:
        """Who made an account with another's address must not take their place in an org."""
        ada = await person("ada")
        one = await invited(acme, "ada")
        await db.execute("UPDATE user_account SET email_verified_at = NULL WHERE id = $1", ada.id)
        before = await snapshot()

        with pytest.raises(EmailUnverified):
            await accept(ada, one)
        assert await snapshot() == before

    async def test_counts_the_free_orgs_of_who_becomes_an_owner(self, acme: Tenant) -> None:
        ada = await person("ada")
        for _ in range(free_orgs.MAX_FREE_ORGS):
            await identity.create(ada, command=CreateOrg("Own"), now=NOW)
        one = await invited(acme, "ada", Role.OWNER)
        await db.execute("UPDATE org SET plan = 'FREE' WHERE id = $1", acme.org_id)
        before = await snapshot()

        with pytest.raises(TooManyOrgs):
            await accept(ada, one)
        assert await snapshot() == before

    async def test_refuses_a_token_that_is_not_ours(self, acme: Tenant) -> None:
        ada = await person("ada")
        one = await invited(acme, "ada")
        before = await snapshot()
        forged = TokenSigner.derive("x" * 32).sign(one.id)
        missing = SIGNER.sign(InvitationId(ids.uuid7()))

        for token in (forged, missing, token_of(one)[:-1], ids.encode("inv", one.id), "", "x\0"):
            with pytest.raises(InvitationInvalid):
                await service.accept(ada, SIGNER, token=token, now=NOW)
        assert await snapshot() == before

    async def test_refuses_one_whose_time_is_over(self, acme: Tenant) -> None:
        ada = await person("ada")
        one = await invited(acme, "ada")
        before = await snapshot()

        with pytest.raises(InvitationExpired):
            await accept(ada, one, now=NOW + LIFETIME)
        assert await snapshot() == before

    async def test_refuses_one_that_was_revoked(self, acme: Tenant) -> None:
        ada = await person("ada")
        one = await invited(acme, "ada")
        await service.revoke(acme.owner, one.id, now=NOW)
        before = await snapshot()

        with pytest.raises(InvitationEnded):
            await accept(ada, one)
        assert await snapshot() == before

    async def test_refuses_who_came_in_otherwise(self, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)
        one = await invited(acme, "ada", Role.ADMIN)
        await db.execute("UPDATE user_account SET email = 'ada@x.example' WHERE id = $1", ada.id)
        before = await snapshot()

        with pytest.raises(AlreadyMember):
            await accept(ada, one)
        assert await snapshot() == before

    async def test_refuses_one_of_an_org_that_is_gone(self, acme: Tenant) -> None:
        ada = await person("ada")
        one = await invited(acme, "ada")
        await closing.request(acme.owner, acme.org_id, now=NOW - closing.GRACE)
        await closing.close(acme.org_id, now=NOW)
        before = await snapshot()

        with pytest.raises(InvitationInvalid):
            await accept(ada, one)
        assert await snapshot() == before


class TestRevoke:
    async def test_ends_it_with_a_trace(self, acme: Tenant) -> None:
        one = await invited(acme)

        done = await service.revoke(await member(acme, Role.ADMIN), one.id, now=NOW)

        assert done.value == replace(one, revoked_at=NOW)
        assert await status_of(one, acme) is Status.REVOKED
        [(_, target, changes)] = await traces("invitation.revoked")
        assert (target, changes) == (one.id, {"email": "ada@x.example", "role": "MEMBER"})

    async def test_changes_nothing_the_second_time(self, acme: Tenant) -> None:
        one = await invited(acme)
        first = await service.revoke(acme.owner, one.id, idempotency_key="k", now=NOW)
        before = await snapshot()

        later = NOW + timedelta(hours=1)
        assert (await service.revoke(acme.owner, one.id, now=later)).value == first.value
        again = await service.revoke(acme.owner, one.id, idempotency_key="k", now=later)
        assert (again.value, again.is_replay) == (first.value, True)
        assert await snapshot() == before

    async def test_refuses_what_cannot_or_may_not_be(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        accepted, to_own = await invited(acme, "ada"), await invited(acme, "bob", Role.OWNER)
        await accept(await person("ada"), accepted)
        admin, viewer = await member(acme, Role.ADMIN), await member(acme, Role.VIEWER)
        before = await snapshot()
        cases: list[tuple[Principal, InvitationId, type[LaunchKitError]]] = [
            (acme.owner, accepted.id, InvitationEnded),
            (admin, to_own.id, RoleBeyondYours),
            (viewer, to_own.id, Forbidden),
            (rival.owner, to_own.id, InvitationNotFound),
            (acme.owner, InvitationId(ids.uuid7()), InvitationNotFound),
        ]

        for by, invitation_id, case in cases:
            with pytest.raises(case):
                await service.revoke(by, invitation_id, now=NOW)
            if case is not InvitationEnded:
                with pytest.raises(case):
                    await service.resend(by, invitation_id, now=NOW + RESEND_AFTER)
        assert await snapshot() == before


class TestResend:
    async def test_mails_the_same_one_for_another_week(self, acme: Tenant) -> None:
        one = await invited(acme)
        later = NOW + timedelta(days=6)

        again = await resend(acme, one, now=later)

        assert again == replace(one, expires_at=later + LIFETIME)
        assert [name for name, _ in await outbox()].count("mail_invitation") == 2
        assert len(await traces("invitation.resent")) == 1
        ada = await person("ada")
        assert (await accept(ada, one, now=later + LIFETIME - MOMENT)).user.id == ada.id

    async def test_has_to_wait_a_little(self, acme: Tenant) -> None:
        one = await invited(acme)
        before = await snapshot()

        with pytest.raises(JustSent) as raised:
            await resend(acme, one, now=NOW + RESEND_AFTER - timedelta(seconds=1))
        assert raised.value.retry_after == 1
        assert await snapshot() == before
        await resend(acme, one, now=NOW + RESEND_AFTER)

    async def test_takes_a_seat_again_once_it_had_expired(self, acme: Tenant) -> None:
        await put_on(acme, "FREE")
        one = await invited(acme, "ada")
        later = NOW + LIFETIME
        others = [await invited(acme, name, now=later) for name in ("bob", "eve")]
        before = await snapshot()

        with pytest.raises(SeatsTaken):
            await resend(acme, one, now=later)
        assert await snapshot() == before
        await service.revoke(acme.owner, others[0].id, now=later)
        await resend(acme, one, now=later)

    @pytest.mark.parametrize("how", ["accepted", "revoked"])
    async def test_refuses_one_that_has_ended(self, acme: Tenant, how: str) -> None:
        one = await invited(acme)
        if how == "accepted":
            await accept(await person("ada"), one)
        else:
            await service.revoke(acme.owner, one.id, now=NOW)
        before = await snapshot()

        with pytest.raises(InvitationEnded):
            await resend(acme, one, now=NOW + RESEND_AFTER)
        assert await snapshot() == before


class TestRevokeAll:
    async def test_ends_what_is_open_in_that_org(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        accepted, opened, other = await invited(acme), await invited(acme, "bob"), await invited(rival)
        await accept(await person("ada"), accepted)

        assert await service.revoke_all(acme.org_id, now=NOW) == 1
        assert await service.revoke_all(acme.org_id, now=NOW) == 0

        assert await status_of(accepted, acme) is Status.ACCEPTED
        assert await status_of(opened, acme) is Status.REVOKED
        assert await status_of(other, rival) is Status.OPEN
        [(_, target, _)] = await traces("invitation.revoked")
        assert target == opened.id


class TestPage:
    async def test_shows_those_of_the_org_newest_first(self, acme: Tenant, settings: Settings) -> None:
        await invited(await tenant(settings, "rival"))
        made = [await invited(acme, f"p{number}") for number in range(4)]

        async def page(after: Any = None) -> Any:
            request = PageRequest(3, after)
            return await invitations.page(acme.owner, acme.org_id, request=request, now=NOW)

        first = await page()
        rest = await page(first.items[-1].id)
        assert [*first.items, *rest.items] == made[::-1]
        assert (first.has_next, rest.has_next) == (True, False)

    async def test_shows_those_of_one_status(self, acme: Tenant) -> None:
        old = await invited(acme, "old", now=NOW - LIFETIME)
        accepted, revoked, opened = [await invited(acme, name) for name in ("ada", "bob", "eve")]
        await accept(await person("ada"), accepted)
        await service.revoke(acme.owner, revoked.id, now=NOW)

        found = {
            status: [
                one.id
                for one in (
                    await invitations.page(
                        acme.owner, acme.org_id, request=PageRequest(), status=status, now=NOW
                    )
                ).items
            ]
            for status in Status
        }

        assert found == {
            Status.OPEN: [opened.id],
            Status.ACCEPTED: [accepted.id],
            Status.REVOKED: [revoked.id],
            Status.EXPIRED: [old.id],
        }

    async def test_is_not_for_strangers(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        one = await invited(acme)
        mute = Principal(
            "api_key",
            ids.uuid7(),
            {acme.org_id: ROLE_PERMISSIONS[Role.OWNER] - {Permission.MEMBERS_READ}},
        )

        for who, case in ((rival.owner, NotFound), (mute, Forbidden)):
            with pytest.raises(case):
                await invitations.page(who, acme.org_id, request=PageRequest(), now=NOW)
            with pytest.raises(case):
                await invitations.get(who, one.id)
