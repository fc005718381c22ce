"""Invitations."""

from datetime import datetime

import strawberry

from app.core import ids
from app.core.principal import Role
from app.invitations import types as domain
from app.invitations.types import Status
from schema.core import enums
from schema.core.context import Info
from schema.core.node import Node
from schema.orgs.types import Creator, load_creator

enums.describe(
    Status,
    name="InvitationStatus",
    description="Whether it may still be accepted, and if not, why.",
    values={
        Status.OPEN: "It may.",
        Status.ACCEPTED: "Somebody has joined with it.",
        Status.REVOKED: "It was taken back.",
        Status.EXPIRED: "Its week was over before anybody joined.",
    },
)


@strawberry.type(description="Somebody is asked into an org by e-mail.")
class Invitation(Node):
    email: str = strawberry.field(description="The address that it was sent to; nobody else can accept it.")
    role: Role = strawberry.field(description="What they may do once they have joined.")
    status: Status = strawberry.field(description="Whether it may still be accepted.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime = strawberry.field(description="From when on it cannot be accepted.")
    accepted_at: datetime | None = strawberry.field(description="When it was accepted.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")
    source: strawberry.Private[domain.Invitation]

    @classmethod
    def of(cls, invitation: domain.Invitation, *, now: datetime) -> "Invitation":
        return cls(
            id=strawberry.ID(ids.encode("inv", invitation.id)),
            email=invitation.email,
            role=invitation.role,
            status=invitation.status(now=now),
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            accepted_at=invitation.accepted_at,
            revoked_at=invitation.revoked_at,
            source=invitation,
        )

    @strawberry.field(description="Who invited them; null when they are gone.")
    async def invited_by(self, info: Info) -> Creator | None:
        source = self.source
        return await load_creator(info, source.org_id, source.invited_by_kind, source.invited_by_id)
