"""Reading people, orgs and workspaces."""

from collections.abc import Sequence
from uuid import UUID

from app.core.errors import NotFound
from app.core.ids import OrgId, UserId, WorkspaceId
from app.core.principal import Permission, Principal
from app.identity import models
from app.identity.types import Org, User, Workspace, WorkspaceKind


async def me(principal: Principal) -> User | None:
    """The user who asks; None for a key."""
    if principal.kind != "user":
        return None
    return (await users_by_id([UserId(principal.id)]))[0]


async def org(principal: Principal, org_id: OrgId) -> Org:
    access = principal.authorise(org_id, Permission.ORG_READ)
    row = await models.Org.get_or_none(id=access.org_id)
    if row is None:
        raise NotFound
    return _org(row)


async def orgs(principal: Principal) -> list[Org]:
    """The orgs that the principal may read, by name."""
    readable = [org_id for org_id, granted in principal.orgs.items() if Permission.ORG_READ in granted]
    return [_org(row) for row in await models.Org.filter(id__in=readable).order_by("name", "id")]


async def workspaces(principal: Principal, org_id: OrgId) -> list[Workspace]:
    access = principal.authorise(org_id, Permission.ORG_READ)
    return [_workspace(row) for row in await models.Workspace.filter(org_id=access.org_id).order_by("id")]


async def default_workspace(principal: Principal, org_id: OrgId) -> Workspace:
    """Where work goes when none is named: the key's own workspace, or the org's first live one."""
    access = principal.authorise(org_id, Permission.ORG_READ)
    rows = models.Workspace.filter(org_id=access.org_id)
    rows = rows.filter(id=principal.workspace_id) if principal.workspace_id else rows.filter(kind="live")
    row = await rows.order_by("id").first()
    if row is None:
        raise NotFound
    return _workspace(row)


async def workspaces_by_id(ids: Sequence[WorkspaceId]) -> list[Workspace | None]:
    """For batched loading of rows already authorised; in the order of `ids`."""
    found = {row.id: _workspace(row) for row in await models.Workspace.filter(id__in=list(ids))}
    return [found.get(id_) for id_ in ids]


async def users_by_id(ids: Sequence[UserId]) -> list[User | None]:
    """For batched loading of rows already authorised; in the order of `ids`."""
    found: dict[UUID, User] = {row.id: _user(row) for row in await models.User.filter(id__in=list(ids))}
    return [found.get(id_) for id_ in ids]


def _org(row: models.Org) -> Org:
    return Org(OrgId(row.id), row.name, row.slug, row.plan, row.created_at)


def _user(row: models.User) -> User:
    return User(UserId(row.id), row.email, row.name, row.created_at)


def _workspace(row: models.Workspace) -> Workspace:
    kind: WorkspaceKind = "test" if row.kind == "test" else "live"
    return Workspace(WorkspaceId(row.id), OrgId(row.org_id), row.name, kind)  # type: ignore[attr-defined]
