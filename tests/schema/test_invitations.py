"""Inviting people, and accepting."""

from typing import Any

import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Role
from app.infra import db, hashing
from app.invitations.service import RESEND_AFTER
from app.web.pages import STATIC
from tests.factories import orgs
from tests.factories.invitations import invited, token_of
from tests.factories.limits import put_on
from tests.factories.orgs import Tenant, bearer, snapshot
from tests.schema.conftest import Asker
from tests.schema.test_org_mutations import PROBLEM, act

FIELDS = "id email role status createdAt expiresAt acceptedAt revokedAt invitedBy { __typename ... on User { email } }"
INVITE = f"""mutation($input: InviteMemberInput!) {{ inviteMember(input: $input) {{
  {PROBLEM} ... on LimitReached {{ retryAfterSeconds }}
  ... on InvitedMember {{ isReplay invitation {{ {FIELDS} }} }}
}} }}"""
RESEND = f"""mutation($input: InvitationInput!) {{ resendInvitation(input: $input) {{
  {PROBLEM} ... on LimitReached {{ retryAfterSeconds }} ... on Invitation {{ {FIELDS} }}
}} }}"""
REVOKE = f"""mutation($input: InvitationInput!) {{ revokeInvitation(input: $input) {{
  {PROBLEM} ... on Invitation {{ {FIELDS} }}
}} }}"""
ACCEPT = f"""mutation($input: AcceptInvitationInput!) {{ acceptInvitation(input: $input) {{
  {PROBLEM} ... on Member {{ user {{ email }} role }}
}} }}"""
LIST = f"""query($id: ID!, $status: InvitationStatus) {{ invitations(orgId: $id, status: $status) {{
  nodes {{ {FIELDS} }}
}} }}"""


@pytest.fixture
async def ada(owner: Asker, settings: Settings) -> Asker:
    return Asker(owner.session, bearer(settings, await orgs.person("ada")))


class TestInviteMember:
    async def test_makes_one_per_key_and_shows_no_token(self, owner: Asker, acme: Tenant) -> None:
        given = {"orgId": acme.org, "email": "ada@x.example", "role": "ADMIN", "idempotencyKey": "k"}
        made = await act(owner, INVITE, **given)
        again = await act(owner, INVITE, **given)

        one = made["invitation"]
        assert (one["email"], one["role"], one["status"]) == ("ada@x.example", "ADMIN", "OPEN")
        assert one["invitedBy"] == {"__typename": "User", "email": acme.email}
        assert again == made | {"isReplay": True}
        listed = (await owner.ask(LIST, {"id": acme.org}))["invitations"]["nodes"]
        assert listed == [one]

    async def test_tells_what_is_wrong(self, owner: Asker, acme: Tenant) -> None:
        await put_on(acme, "FREE")
        invalid = await act(owner, INVITE, orgId=acme.org, email="ada", role="ADMIN")
        member = await act(owner, INVITE, orgId=acme.org, email=acme.email, role="ADMIN")
        missing = await act(owner, INVITE, orgId="org_x", email="ada@x.example", role="ADMIN")
        for name in ("bob", "eve"):
            await invited(acme, name, now=utcnow())
        full = await act(owner, INVITE, orgId=acme.org, email="ada@x.example", role="ADMIN")
        again = await act(owner, INVITE, orgId=acme.org, email="bob@x.example", role="ADMIN")

        assert [error["field"] for error in invalid["errors"]] == ["email"]
        assert (member["__typename"], member["code"]) == ("Conflict", "already_member")
        assert (missing["__typename"], missing["code"]) == ("Missing", "not_found")
        assert (full["__typename"], full["code"]) == ("LimitReached", "seats_taken")
        assert full["retryAfterSeconds"] is None
        assert (again["__typename"], again["code"]) == ("Conflict", "already_invited")


class TestAcceptInvitation:
    async def test_lets_one_in_once(self, owner: Asker, ada: Asker, acme: Tenant) -> None:
        one = await invited(acme, "ADA", Role.VIEWER, now=utcnow())

        made = await act(ada, ACCEPT, token=token_of(one))
        again = await act(ada, ACCEPT, token=token_of(one))

        assert made == {"__typename": "Member", "user": {"email": "ada@x.example"}, "role": "VIEWER"}
        assert (again["__typename"], again["code"]) == ("Conflict", "invitation_ended")
        assert (await ada.ask("{ orgs { name } }"))["orgs"] == [{"name": "Acme"}]
        [listed] = (await owner.ask(LIST, {"id": acme.org, "status": "ACCEPTED"}))["invitations"]["nodes"]
        assert listed["acceptedAt"] is not None

    async def test_is_refused_to_all_others(
        self, ada: Asker, stranger: Asker, key: Asker, nobody: Asker, acme: Tenant
    ) -> None:
        token = token_of(await invited(acme, now=utcnow()))
        before = await snapshot()

        assert (await act(stranger, ACCEPT, token=token))["code"] == "invited_as_somebody_else"
        assert (await act(ada, ACCEPT, token=token + "x"))["code"] == "invitation_invalid"
        for asker, code in ((key, "person_needed"), (nobody, "unauthenticated")):
            refusal = await asker.refusal(ACCEPT, {"input": {"token": token}})
            assert refusal["extensions"]["code"] == code
        assert await snapshot() == before


class TestPageOfTheLink:
    """What `app/web/static/accept-invitation.js` sends."""

    TEXT = (STATIC / "accept-invitation.graphql").read_text("utf-8")

    async def test_signs_in_and_accepts(self, nobody: Asker, settings: Settings, acme: Tenant) -> None:
        ada = await orgs.person("ada")
        digest = await hashing.hash_password(orgs.PASSWORD)
        confirmed = "UPDATE user_account SET password_hash = $2, email_verified_at = $3 WHERE id = $1"
        await db.execute(confirmed, ada.id, digest, utcnow())
        token = token_of(await invited(acme, now=utcnow()))

        async def send(name: str, given: Any, headers: dict[str, str]) -> Any:
            body = {"query": self.TEXT, "operationName": name, "variables": {"input": given}}
            async with nobody.session.post("/graphql", json=body, headers=headers) as answer:
                return (await answer.json())["data"]["outcome"]

        wrong = await send("SignInToAccept", {"email": "ada@x.example", "password": "wrong"}, {})
        signed_in = await send("SignInToAccept", {"email": "ada@x.example", "password": orgs.PASSWORD}, {})
        headers = {"Authorization": f"Bearer {signed_in['accessToken']}"}
        joined = await send("AcceptInvitation", {"token": token}, headers)
        again = await send("AcceptInvitation", {"token": token}, headers)

        assert wrong["message"]
        assert joined == {"__typename": "Member"}
        assert again["message"] == "This invitation was accepted or revoked before; ask for a new one."


class TestRevokeAndResend:
    async def test_change_the_invitation(self, owner: Asker, acme: Tenant) -> None:
        one = await invited(acme, now=utcnow() - RESEND_AFTER)
        name = ids.encode("inv", one.id)

        sent = await act(owner, RESEND, invitationId=name)
        soon = await act(owner, RESEND, invitationId=name)
        revoked = await act(owner, REVOKE, invitationId=name)
        ended = await act(owner, RESEND, invitationId=name)

        assert (sent["id"], sent["status"]) == (name, "OPEN")
        assert sent["expiresAt"] > one.expires_at.isoformat()
        assert (soon["__typename"], soon["code"]) == ("LimitReached", "invitation_just_sent")
        assert 3590 < soon["retryAfterSeconds"] <= 3600
        assert (revoked["id"], revoked["status"]) == (name, "REVOKED")
        assert (ended["__typename"], ended["code"]) == ("Conflict", "invitation_ended")

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        name = ids.encode("inv", (await invited(acme)).id)
        before = await snapshot()

        for document in (RESEND, REVOKE):
            answers: list[Any] = [
                await act(stranger, document, invitationId=each)
                for each in (name, ids.encode("inv", ids.uuid7()), "inv_x", "x")
            ]
            assert all(answer == answers[0] for answer in answers)
            assert (answers[0]["__typename"], answers[0]["code"]) == ("Missing", "invitation_not_found")
        assert await snapshot() == before


class TestNode:
    DOCUMENT = "query($id: ID!) { node(id: $id) { __typename id ... on Invitation { email } } }"

    async def test_finds_ones_own_invitations_alone(
        self, owner: Asker, stranger: Asker, acme: Tenant
    ) -> None:
        name = ids.encode("inv", (await invited(acme)).id)

        found = (await owner.ask(self.DOCUMENT, {"id": name}))["node"]
        assert found == {"__typename": "Invitation", "id": name, "email": "ada@x.example"}
        assert (await stranger.ask(self.DOCUMENT, {"id": name}))["node"] is None
