"""Making people and orgs."""

from datetime import datetime

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.ids import OrgId, UserId, WorkspaceId
from app.core.principal import Principal, Role
from app.identity import models
from app.infra import db, hashing


async def create_user(*, email: str, name: str, password: str, now: datetime) -> UserId:
    user_id = UserId(ids.uuid7())
    password_hash = await hashing.hash_password(password)
    await models.User.create(id=user_id, email=email, name=name, password_hash=password_hash, created_at=now)
    return user_id


async def create_org(*, name: str, slug: str, plan: str, owner_id: UserId, now: datetime) -> OrgId:
    """An org with its owner and its two workspaces, in one transaction."""
    org_id = OrgId(ids.uuid7())
    async with db.unit_of_work() as uow:
        await uow.begin()
        await models.Org.create(id=org_id, name=name, slug=slug, plan=plan, created_at=now)
        await add_member(org_id, user_id=owner_id, role=Role.OWNER, now=now)
        for kind in ("live", "test"):
            await models.Workspace.create(
                id=WorkspaceId(ids.uuid7()), org_id=org_id, name=kind.title(), kind=kind, created_at=now
            )
        owner = Principal("user", owner_id)
        audit.record(uow, Entry(org_id, Action.ORG_CREATED, owner, "org", org_id, now, {"name": name}))
    return org_id


async def add_member(org_id: OrgId, *, user_id: UserId, role: Role, now: datetime) -> None:
    await models.Membership.create(
        id=ids.uuid7(), org_id=org_id, user_id=user_id, role=role.value, created_at=now
    )
