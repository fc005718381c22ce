"""Reading people, orgs and workspaces."""

from collections.abc import Sequence

from app.core.errors import NotFound
from app.core.ids import OrgId, UserId, WorkspaceId
from app.core.pagination import Page, PageRequest
from app.core.principal import Permission, Principal
from app.identity import models, records
from app.identity.errors import WorkspaceNotFound
from app.identity.types import Member, Org, User, Workspace, WorkspaceKind
from app.infra import db

_MEMBERS = f"""
SELECT {records.MEMBER_COLUMNS} FROM membership m JOIN user_account u ON u.id = m.user_id
WHERE m.org_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3
"""
_WORKSPACE = f"SELECT {records.WORKSPACE_COLUMNS} FROM workspace WHERE id = $1"
# What lists refer to, read with most of them: as SQL, for the ORM takes as long again over a row as the database.
_USERS_BY_ID = "SELECT id, email, name, created_at FROM user_account WHERE id = ANY($1::uuid[])"
_WORKSPACES_BY_ID = f"SELECT {records.WORKSPACE_COLUMNS} FROM workspace WHERE id = ANY($1::uuid[])"


async def me(principal: Principal) -> User | None:
    """The user who asks; None for a key."""
    if principal.kind != "user":
        return None
    if (profile := principal.profile) is not None:
        # Read with the credential a moment ago: the smallest question needs no query of its own.
        return User(UserId(principal.id), profile.email, profile.name, profile.created_at)
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


async def workspace(
    principal: Principal, workspace_id: WorkspaceId, *, permission: Permission = Permission.ORG_READ
) -> Workspace:
    """Raises `WorkspaceNotFound` also for one of another org, `Forbidden` without the permission."""
    row = await db.fetchrow(_WORKSPACE, workspace_id)
    if row is None or OrgId(row["org_id"]) not in principal.orgs:
        raise WorkspaceNotFound
    principal.authorise(OrgId(row["org_id"]), permission)
    return records.workspace(row)


async def members(principal: Principal, org_id: OrgId, *, request: PageRequest) -> Page[Member]:
    """The org's members, who joined last first."""
    access = principal.authorise(org_id, Permission.MEMBERS_READ)
    rows = await db.fetch(_MEMBERS, access.org_id, request.position, request.first + 1)
    return Page.of([records.member(row) for row in rows], request)


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
    found = {row["id"]: records.workspace(row) for row in await db.fetch(_WORKSPACES_BY_ID, ids)}
    return [found.get(id_) for id_ in ids]


async def users_by_id(ids: Sequence[UserId]) -> list[User | None]:
    """For batched loading of rows already authorised; in the order of `ids`."""
    found = {row["id"]: _user_of(row) for row in await db.fetch(_USERS_BY_ID, ids)}
    return [found.get(id_) for id_ in ids]


def _org(row: models.Org) -> Org:
    return Org(
        OrgId(row.id), row.name, row.slug, row.plan, row.created_at, row.deletion_due_at, row.plan_version
    )


def _user_of(row: db.Row) -> User:
    return User(UserId(row["id"]), row["email"], row["name"], row["created_at"])


def _workspace(row: models.Workspace) -> Workspace:
    kind: WorkspaceKind = "test" if row.kind == "test" else "live"
    return Workspace(WorkspaceId(row.id), OrgId(row.org_id), row.name, kind)  # type: ignore[attr-defined]
