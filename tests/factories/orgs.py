"""An org with a user and an API key."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.accounts.keys import AccountKeys
from app.accounts.models import UserSession
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import OrgId, SessionId, UserId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.identity import membership, models, service
from app.identity import queries as identity
from app.identity.types import Workspace
from app.infra import db, hashing
from tests.factories import apikeys

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Tenant:
    """`owner` is a person, `key` a server; both may do everything in `org_id`."""

    org_id: OrgId
    owner: Principal
    key: Principal
    token: str
    email: str
    live: Workspace
    test: Workspace

    @property
    def org(self) -> str:
        """The org's id as clients write it."""
        return ids.encode("org", self.org_id)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


async def tenant(settings: Settings, name: str = "acme", *, now: datetime = NOW) -> Tenant:
    user_id = UserId(ids.uuid7())
    email = f"owner@{name}.example"
    # Without a password: argon2 would take longer than most tests. See `with_password`.
    await models.User.create(id=user_id, email=email, name=f"Owner of {name}", created_at=now)
    await session(user_id, now=now)
    org_id = await service.create_org(name=name.title(), slug=name, plan="PRO", owner_id=user_id, now=now)
    owner = Principal("user", user_id, {org_id: ROLE_PERMISSIONS[Role.OWNER]})
    live, test = sorted(await identity.workspaces(owner, org_id), key=lambda workspace: workspace.kind)
    new = await apikeys.made(settings, owner, org_id, now=now)
    key = Principal("api_key", new.key.id, {org_id: frozenset(Permission)}, live.id)
    return Tenant(org_id, owner, key, new.token, email, live, test)


async def session(user_id: UserId, *, now: datetime = NOW) -> SessionId:
    """A session that lasts as long as any test. A person's first has the person's id, so that `bearer` knows it."""
    ends = now + timedelta(days=3650)
    await UserSession.create(
        id=user_id, user_id=user_id, method="password", created_at=now, last_seen_at=now, expires_at=ends
    )
    return SessionId(user_id)


def bearer(settings: Settings, principal: Principal, *, minutes_ago: int = 0) -> dict[str, str]:
    """The header of somebody who signed in, in their first session."""
    signer = AccountKeys.derive(settings.secret_key).signer
    issued = utcnow() - timedelta(minutes=minutes_ago)
    token = signer.issue(UserId(principal.id), SessionId(principal.id), now=issued).token
    return {"Authorization": f"Bearer {token}"}


async def with_password(tenant: Tenant, password: str = PASSWORD) -> None:
    """Lets the owner sign in: with this password, their address confirmed."""
    digest = await hashing.hash_password(password)
    await models.User.filter(id=tenant.owner.id).update(password_hash=digest, email_verified_at=NOW)


async def unconfirmed(tenant: Tenant) -> None:
    """As the owner's account was before its address was confirmed."""
    await models.User.filter(id=tenant.owner.id).update(email_verified_at=None)


async def member(tenant: Tenant, role: Role, *, now: datetime = NOW) -> Principal:
    """Another person in the org."""
    user_id = UserId(ids.uuid7())
    await models.User.create(
        id=user_id, email=f"{user_id}@x.example", name=role.title(), created_at=now, email_verified_at=now
    )
    await session(user_id, now=now)
    return await join(tenant, Principal("user", user_id), role, now=now)


async def join(tenant: Tenant, person: Principal, role: Role, *, now: datetime = NOW) -> Principal:
    """Somebody who has an account already, in one more org."""
    user_id = UserId(person.id)
    await membership.add_member(tenant.owner, tenant.org_id, user_id=user_id, role=role, now=now)
    return Principal("user", user_id, {**person.orgs, tenant.org_id: ROLE_PERMISSIONS[role]})


async def person(name: str, *, now: datetime = NOW) -> Principal:
    """Somebody who signed in and belongs to no org; the address is `name@x.example`."""
    user_id = UserId(ids.uuid7())
    await models.User.create(
        id=user_id, email=f"{name}@x.example", name=name.title(), created_at=now, email_verified_at=now
    )
    await session(user_id, now=now)
    return Principal("user", user_id)


async def snapshot() -> dict[str, list[str]]:
    """Every row that says who may do what, and every task: equal before and after a refusal."""
    tables = [
        *("org", "membership", "workspace", "invitation", "api_key", "user_account"),
        *("audit_entry", "idempotency_key"),
    ]
    found = {
        table: [row["row"] for row in await db.fetch(f"SELECT t::text AS row FROM {table} t ORDER BY 1")]
        for table in tables
    }
    # Not the events, which a running courier hands over and forgets, nor when a task is due.
    tasks = await db.fetch("SELECT id, payload FROM outbox_message WHERE kind = 'task' ORDER BY id")
    return found | {"task": [f"{row['id']} {row['payload']}" for row in tasks]}
