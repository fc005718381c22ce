"""Making people, orgs and workspaces."""

from dataclasses import replace
from datetime import datetime

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import OrgId, UserId, WorkspaceId
from app.core.principal import Permission, Principal, Role
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.identity import free_orgs, membership, models, queries, slugs
from app.identity.errors import (
    EmailTaken,
    PersonNeeded,
    SlugTaken,
    TooManyWorkspaces,
    WorkspaceNameTaken,
)
from app.identity.locking import lock
from app.identity.types import CreateOrg, CreateWorkspace, Org, Workspace, name_errors
from app.infra import db, hashing
from app.infra.db import UnitOfWork

MAX_WORKSPACES = 50

_NEW_ORGS_PLAN = "FREE"

_INSERT_USER = """
INSERT INTO user_account (id, email, name, password_hash, created_at)
VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz)
"""
_INSERT_ORG = """
INSERT INTO org (id, name, slug, plan, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (slug) DO NOTHING RETURNING id
"""
_RENAME_ORG = "UPDATE org SET name = $2::text WHERE id = $1::uuid"
_INSERT_WORKSPACE = """
INSERT INTO workspace (id, org_id, name, kind, created_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz)
"""
_COUNT_WORKSPACES = "SELECT count(*) FROM workspace WHERE org_id = $1"
_RENAME_WORKSPACE = "UPDATE workspace SET name = $2::text WHERE id = $1::uuid"
_WORKSPACE_NAME = "SELECT name FROM workspace WHERE id = $1"


async def create_user(*, email: str, name: str, password: str, now: datetime) -> UserId:
    """Somebody whose address needs no confirmation: for those who set up an installation."""
    user_id = UserId(ids.uuid7())
    password_hash = await hashing.hash_password(password)
    await models.User.create(
        id=user_id,
        email=email,
        name=name,
        password_hash=password_hash,
        created_at=now,
        email_verified_at=now,
    )
    return user_id


def add_user(uow: UnitOfWork, *, email: str, name: str, password_hash: str, now: datetime) -> UserId:
    """Somebody whose address is still to be confirmed. `uow` fails with `EmailTaken` where it has an account."""
    user_id = UserId(ids.uuid7())
    uow.add(_INSERT_USER, user_id, email, name, password_hash, now)
    uow.on_violation("user_account_email", EmailTaken)
    return user_id


async def create(principal: Principal, *, command: CreateOrg, now: datetime) -> Done[Org]:
    """An org on the FREE plan, owned by the person who asks, with a live and a test workspace.

    Raises `InvalidInput`, `PersonNeeded`, `EmailUnverified`, `SlugTaken` where a slug was named, `TooManyOrgs`.
    """
    command.validate()
    if principal.kind != "user":
        raise PersonNeeded
    candidates = [command.slug] if command.slug is not None else _suggestions(command.name)

    async def act(uow: UnitOfWork) -> Org:
        await free_orgs.require_verified(uow, UserId(principal.id))
        await free_orgs.require_place(uow, UserId(principal.id))
        return await _found(uow, principal, command.name, candidates, _NEW_ORGS_PLAN, now)

    claim = None
    if command.idempotency_key is not None:
        body = {"name": command.name, "slug": command.slug}
        claim = Claim(principal, "orgs.create", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Org, now=now)


async def create_org(*, name: str, slug: str, plan: str, owner_id: UserId, now: datetime) -> OrgId:
    """An org on any plan, for those who set up an installation. Raises `SlugTaken`."""
    async with db.unit_of_work() as uow:
        org = await _found(uow, Principal("user", owner_id), name, [slug], plan, now)
    return org.id


async def rename(principal: Principal, org_id: OrgId, *, name: str, now: datetime) -> Org:
    """Raises `InvalidInput`, `OrgClosing`."""
    access = principal.authorise(org_id, Permission.ORG_MANAGE)
    _require_name(name)
    async with db.unit_of_work() as uow:
        org = await lock(uow, access.org_id)
        if org.name != name:
            uow.add(_RENAME_ORG, org.id, name)
            changes = {"name": {"before": org.name, "after": name}}
            audit.record(uow, Entry(org.id, Action.ORG_UPDATED, principal, "org", org.id, now, changes))
    return replace(org, name=name)


async def create_workspace(
    principal: Principal, org_id: OrgId, *, command: CreateWorkspace, now: datetime
) -> Done[Workspace]:
    """Raises `InvalidInput`, `WorkspaceNameTaken`, `TooManyWorkspaces`, `OrgClosing`."""
    command.validate()
    access = principal.authorise(org_id, Permission.ORG_MANAGE)

    async def act(uow: UnitOfWork) -> Workspace:
        await lock(uow, access.org_id)
        [row] = await uow.fetch(_COUNT_WORKSPACES, access.org_id)
        if row["count"] >= MAX_WORKSPACES:
            raise TooManyWorkspaces
        return _add_workspace(uow, principal, access.org_id, command, now)

    claim = None
    if command.idempotency_key is not None:
        body = {"name": command.name, "kind": command.kind}
        claim = Claim(access, "workspaces.create", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Workspace, now=now)


async def rename_workspace(
    principal: Principal, workspace_id: WorkspaceId, *, name: str, now: datetime
) -> Workspace:
    """Raises `InvalidInput`, `WorkspaceNotFound`, `WorkspaceNameTaken`, `OrgClosing`."""
    found = await queries.workspace(principal, workspace_id, permission=Permission.ORG_MANAGE)
    access = principal.authorise(found.org_id, Permission.ORG_MANAGE)
    _require_name(name)
    async with db.unit_of_work() as uow:
        await lock(uow, access.org_id)
        [row] = await uow.fetch(_WORKSPACE_NAME, found.id)
        if row["name"] != name:
            uow.add(_RENAME_WORKSPACE, found.id, name)
            uow.on_violation("workspace_name", WorkspaceNameTaken)
            changes = {"name": {"before": row["name"], "after": name}}
            audit.record(
                uow,
                Entry(
                    access.org_id, Action.WORKSPACE_UPDATED, principal, "workspace", found.id, now, changes
                ),
            )
    return replace(found, name=name)


def _require_name(name: str) -> None:
    if errors := name_errors(name):
        raise InvalidInput(errors)


def _suggestions(name: str) -> list[str]:
    slug = slugs.suggest(name)
    return [slug, slugs.vary(slug)]


async def _found(
    uow: UnitOfWork, owner: Principal, name: str, candidates: list[str], plan: str, now: datetime
) -> Org:
    """The org with the first of the slugs that is free, its owner and its workspaces."""
    org_id = OrgId(ids.uuid7())
    for slug in candidates:
        if await uow.fetch(_INSERT_ORG, org_id, name, slug, plan, now):
            break
    else:
        raise SlugTaken
    org = Org(org_id, name, slug, plan, now)
    membership.add(uow, org_id, UserId(owner.id), Role.OWNER, now=now)
    for kind, title in (("live", "Live"), ("test", "Test")):
        uow.add(_INSERT_WORKSPACE, ids.uuid7(), org_id, title, kind, now)
    changes = {"name": name, "slug": slug, "plan": plan}
    audit.record(uow, Entry(org_id, Action.ORG_CREATED, owner, "org", org_id, now, changes))
    return org


def _add_workspace(
    uow: UnitOfWork, principal: Principal, org_id: OrgId, command: CreateWorkspace, now: datetime
) -> Workspace:
    workspace = Workspace(WorkspaceId(ids.uuid7()), org_id, command.name, command.kind)
    uow.add(_INSERT_WORKSPACE, workspace.id, org_id, workspace.name, workspace.kind, now)
    uow.on_violation("workspace_name", WorkspaceNameTaken)
    changes = {"name": workspace.name, "environment": workspace.kind}
    audit.record(
        uow, Entry(org_id, Action.WORKSPACE_CREATED, principal, "workspace", workspace.id, now, changes)
    )
    return workspace
