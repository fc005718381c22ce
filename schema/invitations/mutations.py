"""Inviting people, and accepting."""

from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.core.ids import InvitationId
from app.core.principal import Role
from app.invitations import service
from app.invitations.errors import InvitationNotFound
from app.invitations.tokens import TokenSigner
from app.invitations.types import InviteMember
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.invitations.types import Invitation
from schema.orgs.types import Member


@strawberry.input(description="Who is asked into an org.")
class InviteMemberInput:
    org_id: strawberry.ID = strawberry.field(description="The org that they are asked into.")
    email: str = strawberry.field(description="Where the invitation is sent to.")
    role: Role = strawberry.field(description="What they will be able to do: at most what you can.")
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Makes repeating safe: 24 hours long the same key means the same invitation.",
    )


@strawberry.input(description="An invitation of your org.")
class InvitationInput:
    invitation_id: strawberry.ID = strawberry.field(description="Its id.")


@strawberry.input(description="What came with the mail.")
class AcceptInvitationInput:
    token: str = strawberry.field(description="The token in the mail's link.")


@strawberry.type(description="The invitation is on its way.")
class InvitedMember:
    invitation: Invitation = strawberry.field(description="The invitation as it was made.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had made it before.")


InviteMemberResult = Annotated[
    InvitedMember | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("InviteMemberResult", description="The invitation, or why there is none."),
]
InvitationResult = Annotated[
    Invitation | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("InvitationResult", description="The invitation, or why it is as it was."),
]
AcceptInvitationResult = Annotated[
    Member | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("AcceptInvitationResult", description="Your place in the org, or why you have none."),
]


@strawberry.type
class InvitationMutations:
    @strawberry.mutation(description="Asks somebody into an org, by mail. The invitation takes a seat.")
    async def invite_member(
        self,
        info: Info,
        input: Annotated[InviteMemberInput, strawberry.argument(description="Who is asked.")],
    ) -> InviteMemberResult:
        now = info.context.now
        command = InviteMember(input.email, input.role, input.idempotency_key)
        try:
            org_id = node.org_id(input.org_id)
            done = await service.invite(info.context.principal, org_id, command=command, now=now)
        except LaunchKitError as error:
            return problem(error)
        return InvitedMember(invitation=Invitation.of(done.value, now=now), is_replay=done.is_replay)

    @strawberry.mutation(description="Sends the mail once more and begins the invitation's time anew.")
    async def resend_invitation(
        self,
        info: Info,
        input: Annotated[InvitationInput, strawberry.argument(description="Which one.")],
    ) -> InvitationResult:
        now = info.context.now
        try:
            sent = await service.resend(info.context.principal, _id(input), now=now)
        except LaunchKitError as error:
            return problem(error)
        return Invitation.of(sent, now=now)

    @strawberry.mutation(description="Ends an invitation that was not accepted, and frees its seat.")
    async def revoke_invitation(
        self,
        info: Info,
        input: Annotated[InvitationInput, strawberry.argument(description="Which one.")],
    ) -> InvitationResult:
        now = info.context.now
        try:
            done = await service.revoke(info.context.principal, _id(input), now=now)
        except LaunchKitError as error:
            return problem(error)
        return Invitation.of(done.value, now=now)

    @strawberry.mutation(
        description="Joins the org. You must have signed in with the address that was invited."
    )
    async def accept_invitation(
        self,
        info: Info,
        input: Annotated[AcceptInvitationInput, strawberry.argument(description="The proof.")],
    ) -> AcceptInvitationResult:
        signer = TokenSigner.derive(info.context.services.settings.secret_key)
        try:
            member = await service.accept(
                info.context.principal, signer, token=input.token, now=info.context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return Member.of(member)


def _id(input: InvitationInput) -> InvitationId:
    return InvitationId(node.find("inv", input.invitation_id, InvitationNotFound))
