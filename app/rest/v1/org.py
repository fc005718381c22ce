"""`/v1/org` and `/v1/workspaces`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.principal import Permission, Principal
from app.identity import queries, service
from app.identity.types import MAX_NAME_LENGTH, CreateWorkspace, Org, Workspace, WorkspaceKind
from app.rest import bodies, idempotent
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation
from app.web.body import json_response
from app.web.organisation import sole_org


@dataclass(frozen=True, slots=True)
class OrgView:
    id: str
    name: str
    slug: Annotated[str, Field(description="Its name in addresses")]
    plan: str
    created_at: datetime
    deletion_due_at: Annotated[
        datetime | None, Field(description="When it will be deleted; until then it can only be read")
    ]


@dataclass(frozen=True, slots=True)
class WorkspaceView:
    """An environment of the org."""

    id: str
    name: str
    environment: WorkspaceKind


@dataclass(frozen=True, slots=True)
class WorkspaceList:
    data: list[WorkspaceView]


class NewWorkspace(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str,
        Field(
            description="Unique in the org",
            # Shown here and enforced by the domain, so that both surfaces name a fault alike.
            json_schema_extra={"minLength": 1, "maxLength": MAX_NAME_LENGTH},
        ),
    ]
    environment: Annotated[WorkspaceKind, Field(description="It stays what it is")]


def view(org: Org) -> OrgView:
    return OrgView(
        ids.encode("org", org.id), org.name, org.slug, org.plan, org.created_at, org.deletion_due_at
    )


def workspace_view(workspace: Workspace) -> WorkspaceView:
    return WorkspaceView(ids.encode("ws", workspace.id), workspace.name, workspace.kind)


async def get(_request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.org(principal, sole_org(principal))))


async def workspaces(_request: web.Request, principal: Principal) -> web.Response:
    found = await queries.workspaces(principal, sole_org(principal))
    return json_response(WorkspaceList([workspace_view(workspace) for workspace in found]))


async def create_workspace(request: web.Request, principal: Principal) -> web.Response:
    wanted = await bodies.read(request, NewWorkspace)
    command = CreateWorkspace(wanted.name, wanted.environment, idempotent.key_of(request))
    done = await service.create_workspace(principal, sole_org(principal), command=command, now=utcnow())
    return idempotent.respond(done, workspace_view(done.value), status=201)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/org",
            "get_org",
            "The org that the credential is of.",
            Permission.ORG_READ,
            get,
            {200: ("The org", OrgView)},
            tag="Org",
        ),
        Operation(
            "GET",
            "/v1/workspaces",
            "list_workspaces",
            "The org's environments, oldest first: at most 50.",
            Permission.ORG_READ,
            workspaces,
            {200: ("All of them", WorkspaceList)},
            tag="Org",
        ),
        Operation(
            "POST",
            "/v1/workspaces",
            "create_workspace",
            "Makes an environment.",
            Permission.ORG_MANAGE,
            create_workspace,
            {201: ("The environment", WorkspaceView)},
            body=NewWorkspace,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Org",
        ),
    ]
