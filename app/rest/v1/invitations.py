"""`/v1/invitations`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.audit import naming
from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.ids import InvitationId
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal, Role
from app.identity import addresses
from app.invitations import queries, service
from app.invitations.errors import InvitationNotFound
from app.invitations.types import Invitation, InviteMember, Status
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org


@dataclass(frozen=True, slots=True)
class InvitationView:
    """Somebody is asked into the org by e-mail."""

    id: str
    email: str
    role: Role
    status: Status
    invited_by: Annotated[str, Field(description="user_… or key_…")]
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationList:
    data: list[InvitationView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


class NewInvitation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Annotated[
        str,
        Field(
            description="Where the invitation is sent to",
            # Shown here and enforced by the domain, so that both surfaces name a fault alike.
            json_schema_extra={"format": "email", "maxLength": addresses.MAX_LENGTH},
        ),
    ]
    role: Annotated[Role, Field(description="At most what the credential may do itself")]


def view(invitation: Invitation, now: datetime) -> InvitationView:
    return InvitationView(
        id=ids.encode("inv", invitation.id),
        email=invitation.email,
        role=invitation.role,
        status=invitation.status(now=now),
        invited_by=naming.encode(invitation.invited_by_kind, invitation.invited_by_id),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        revoked_at=invitation.revoked_at,
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    now = utcnow()
    found = await queries.page(
        principal, sole_org(principal), request=paging.read(request), status=_status(request), now=now
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(InvitationList([view(one, now) for one in found.items], cursor))


async def create(request: web.Request, principal: Principal) -> web.Response:
    wanted, now = await bodies.read(request, NewInvitation), utcnow()
    command = InviteMember(wanted.email, wanted.role, idempotent.key_of(request))
    done = await service.invite(principal, sole_org(principal), command=command, now=now)
    return idempotent.respond(done, view(done.value, now), status=201)


async def revoke(request: web.Request, principal: Principal) -> web.Response:
    found = ids.find("inv", request.match_info["id"])
    if found is None:
        raise InvitationNotFound
    key = idempotent.key_of(request)
    done = await service.revoke(principal, InvitationId(found), idempotency_key=key, now=utcnow())
    return idempotent.empty(done)


def _status(request: web.Request) -> Status | None:
    text = request.query.get("status")
    if text is None:
        return None
    try:
        return Status(text)
    except ValueError:
        mend = f"Use one of {', '.join(Status)}."
        raise InvalidInput([FieldError("status", "unknown_status", mend)]) from None


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/invitations",
            "list_invitations",
            "The org's invitations, newest first.",
            Permission.MEMBERS_READ,
            page,
            {200: ("A page of invitations", InvitationList)},
            parameters=[
                Parameter("status", "query", Status, "Only invitations in this state"),
                *paging.PARAMETERS,
            ],
            tag="Members",
        ),
        Operation(
            "POST",
            "/v1/invitations",
            "invite_member",
            "Asks somebody into the org, by mail. The invitation takes a seat of the plan.",
            Permission.MEMBERS_MANAGE,
            create,
            {201: ("The invitation is on its way", InvitationView)},
            body=NewInvitation,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Members",
        ),
        Operation(
            "DELETE",
            "/v1/invitations/{id}",
            "revoke_invitation",
            "Ends an invitation that was not accepted, and frees its seat.",
            Permission.MEMBERS_MANAGE,
            revoke,
            {204: ("It cannot be accepted any more", None)},
            parameters=[Parameter("id", "path", str, "inv_…", required=True), IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Members",
        ),
    ]
