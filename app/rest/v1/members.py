"""`/v1/members`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import UserId
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal, Role
from app.identity import membership, queries
from app.identity.errors import MemberNotFound
from app.identity.types import Member
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_USER = Parameter("user_id", "path", str, "user_…", required=True)


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person's place in the org."""

    user_id: str
    email: str
    name: str
    role: Role
    since: Annotated[datetime, Field(description="When they joined")]


@dataclass(frozen=True, slots=True)
class MemberList:
    data: list[MemberView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


class RoleChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: Annotated[Role, Field(description="At most what the credential may do itself")]


def view(member: Member) -> MemberView:
    user = member.user
    return MemberView(ids.encode("user", user.id), user.email, user.name, member.role, member.since)


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.members(principal, sole_org(principal), request=paging.read(request))
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(MemberList([view(member) for member in found.items], cursor))


async def change_role(request: web.Request, principal: Principal) -> web.Response:
    wanted = await bodies.read(request, RoleChange)
    done = await membership.change_role(
        principal,
        sole_org(principal),
        user_id=_user_id(request),
        role=wanted.role,
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.respond(done, view(done.value))


async def remove(request: web.Request, principal: Principal) -> web.Response:
    done = await membership.remove(
        principal,
        sole_org(principal),
        user_id=_user_id(request),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.empty(done)


def _user_id(request: web.Request) -> UserId:
    found = ids.find("user", request.match_info["user_id"])
    if found is None:
        raise MemberNotFound
    return UserId(found)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/members",
            "list_members",
            "The org's members, who joined last first.",
            Permission.MEMBERS_READ,
            page,
            {200: ("A page of members", MemberList)},
            parameters=paging.PARAMETERS,
            tag="Members",
        ),
        Operation(
            "PATCH",
            "/v1/members/{user_id}",
            "change_member_role",
            "Gives a member another role; it counts from their next request.",
            Permission.MEMBERS_MANAGE,
            change_role,
            {200: ("The member", MemberView)},
            body=RoleChange,
            parameters=[_USER, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Members",
        ),
        Operation(
            "DELETE",
            "/v1/members/{user_id}",
            "remove_member",
            "Ends somebody's membership.",
            Permission.MEMBERS_MANAGE,
            remove,
            {204: ("They are no member any more", None)},
            parameters=[_USER, IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Members",
        ),
    ]
