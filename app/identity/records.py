"""Rows of identity's tables turned into values."""

from app.core.ids import OrgId, UserId, WorkspaceId
from app.core.principal import Role
from app.identity.types import Member, Org, User, Workspace, WorkspaceKind
from app.infra.db import Row

ORG_COLUMNS = "id, name, slug, plan, plan_version, created_at, deletion_due_at"
WORKSPACE_COLUMNS = "id, org_id, name, kind"
# Of `membership m JOIN user_account u`.
MEMBER_COLUMNS = (
    "m.id, m.org_id, m.role, m.created_at AS since, u.id AS user_id, u.email, u.name, "
    "u.created_at AS user_created_at"
)


def org(row: Row) -> Org:
    return Org(
        id=OrgId(row["id"]),
        name=row["name"],
        slug=row["slug"],
        plan=row["plan"],
        plan_version=row["plan_version"],
        created_at=row["created_at"],
        deletion_due_at=row["deletion_due_at"],
    )


def workspace(row: Row) -> Workspace:
    kind: WorkspaceKind = "test" if row["kind"] == "test" else "live"
    return Workspace(WorkspaceId(row["id"]), OrgId(row["org_id"]), row["name"], kind)


def member(row: Row) -> Member:
    user = User(UserId(row["user_id"]), row["email"], row["name"], row["user_created_at"])
    return Member(row["id"], OrgId(row["org_id"]), user, Role(row["role"]), row["since"])
