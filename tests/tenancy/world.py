"""Two tenants with a row of everything: the rival, all of whose text is marked, and acme, as whom all is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.audit.types import Action
from app.core import ids
from app.core.config import Settings
from app.core.ids import UserId
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.infra import db
from app.jobs import execution, kinds
from app.jobs.types import ItemOutcome, JobError
from tests.factories import audit, jobs, limits, orgs
from tests.factories.orgs import NOW, Tenant, bearer, tenant
from tests.tenancy import gateway_calls, marking, money_rows, rows, webhook_calls
from tests.tenancy.marking import Marks

# The table in which a row of each kind of id is.
TABLES: Mapping[str, str] = {
    "org": "org",
    "user": "user_account",
    "ws": "workspace",
    "key": "api_key",
    "job": "job",
    "failed_job": "job",
    "audit": "audit_entry",
    "session": "user_session",
    "identity": "external_identity",
    "invitation": "invitation",
    "membership": "membership",
    "burn": "burn_table",
    "price": "provider_price",
    "rerate": "rerating",
    "customer": "customer",
    "wallet": "wallet",
    "grant": "credit_grant",
    "hold": "credit_hold",
    "transaction": "ledger_transaction",
    "budget": "budget",
    "top": "top_up",
    "entitlement": "entitlement",
    "feature": "feature",
    "ups": "gateway_upstream",
    "pol": "gateway_policy",
    "whe": "webhook_endpoint",
    "del": "webhook_delivery",
    "msg": "webhook_message",
}
# How an id of a kind is written, where the prefix is not the kind.
_PREFIXES = {
    "failed_job": "job",
    "audit": "aud",
    "session": "ses",
    "identity": "idn",
    "invitation": "inv",
    "customer": "cus",
    "wallet": "wal",
    "transaction": "txn",
    "budget": "bud",
    "entitlement": "ent",
    "feature": "feat",
}
# Who must not see the rows of another workspace, or person, of the same org.
SEPARATED: Mapping[str, str] = {
    "key": "key with every scope",
    "job": "key with every scope",
    "session": "OWNER",
    "identity": "OWNER",
}


@dataclass(frozen=True)
class Asker:
    """Somebody with one credential, or with none, in acme."""

    name: str
    headers: Mapping[str, str]
    granted: frozenset[Permission] = frozenset()
    person: UserId | None = None
    own: Mapping[str, UUID] = field(default_factory=dict)
    """Rows that belong to one person."""

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        return self.person is not None

    @property
    def is_known(self) -> bool:
        return bool(self.headers)


@dataclass(frozen=True)
class World:
    settings: Settings
    acme: Tenant
    askers: tuple[Asker, ...]
    own: Mapping[str, UUID]
    """One of acme's rows of each kind of id."""
    theirs: Mapping[str, UUID]
    """One of the rival's."""
    siblings: Mapping[str, UUID]
    """Of what belongs to a workspace or to a person, one of another in acme."""
    marks: Marks

    def asker(self, name: str) -> Asker:
        return next(one for one in self.askers if one.name == name)

    def own_of(self, asker: Asker) -> Mapping[str, UUID]:
        return {**self.own, **asker.own}


def encode(kind: str, row: UUID) -> str:
    return ids.encode(_PREFIXES.get(kind, kind), row)


async def build(settings: Settings) -> World:
    """In an empty database."""
    kinds.load()
    theirs = await _rows(settings, await tenant(settings, "rival"))
    await marking.mark_everything(settings)
    marks = Marks(await marking.ids_of_everything())
    acme = await tenant(settings)
    await limits.put_on(acme, "ENTERPRISE")
    own = await _rows(settings, acme)
    bystander = await orgs.member(acme, Role.MEMBER)
    # What many of the askers may act on: somebody else, and a key with less than they have.
    spare, _ = await rows.api_key(settings, acme, acme.live, "spare", {Permission.KEYS_MANAGE})
    own = {**own, "user": bystander.id, "key": spare}
    siblings = await _siblings(settings, acme, bystander)
    askers = await _askers(settings, acme)
    await _give_passwords(acme)
    # Made without a courier: nobody would ever send them.
    await db.execute("DELETE FROM outbox_message WHERE kind = 'event'")
    return World(settings, acme, askers, own, theirs, siblings, marks)


async def _rows(settings: Settings, tenant: Tenant) -> Mapping[str, UUID]:
    """Makes a row of everything for one tenant, and says which is to be asked for."""
    lease = await jobs.running(tenant, customer_id="law-firm-a", key="once")
    await jobs.say(lease, "Whales")
    await execution.succeed(lease, jobs.OUTCOME, now=NOW)
    failing = await jobs.running(tenant)
    error = JobError("provider_rejected", "The model would not.")
    items = [ItemOutcome(0, {"summary": "Whales sing."}), ItemOutcome(1, error=error)]
    await execution.save_items(failing, items, now=NOW)
    await execution.fail(failing, error, is_retryable=False, now=NOW)
    job = await jobs.queued(tenant, by=tenant.owner)
    await audit.seal_all(settings)
    # One that is not sealed yet.
    await audit.write(tenant.org_id, 1)
    entry = await db.fetchval(
        "SELECT id FROM audit_entry WHERE org_id = $1 AND action = $2", tenant.org_id, Action.ORG_CREATED
    )
    return {
        **await rows.of_accounts(tenant),
        **await money_rows.make(tenant),
        "ups": await rows.upstream(tenant),
        **await webhook_calls.make(tenant),
        **await gateway_calls.make(tenant),
        "org": tenant.org_id,
        "membership": await db.fetchval("SELECT id FROM membership WHERE org_id = $1", tenant.org_id),
        "user": tenant.owner.id,
        "ws": tenant.live.id,
        "key": tenant.key.id,
        "job": job.id,
        "failed_job": failing.job.id,
        "audit": entry,
    }


async def _give_passwords(acme: Tenant) -> None:
    """To all of acme's people the same, so that it is hashed once."""
    await orgs.with_password(acme)
    await db.execute(
        "UPDATE user_account u SET password_hash = o.password_hash FROM user_account o, membership m "
        "WHERE o.id = $1 AND m.user_id = u.id AND m.org_id = $2",
        *(acme.owner.id, acme.org_id),
    )


async def _siblings(settings: Settings, acme: Tenant, bystander: Principal) -> Mapping[str, UUID]:
    key, _ = await rows.api_key(settings, acme, acme.test, "test", frozenset(Permission))
    of_test = Principal("api_key", key, acme.key.orgs, acme.test.id)
    return {
        "key": key,
        "job": (await jobs.queued(acme, by=of_test)).id,
        "session": await rows.another_session(bystander.id),
        "identity": await rows.identity(bystander.id, "bystander@acme.example"),
    }


async def _askers(settings: Settings, acme: Tenant) -> tuple[Asker, ...]:
    people = [
        await _person(settings, acme.owner, Role.OWNER),
        *[
            await _person(settings, await orgs.member(acme, role), role)
            for role in Role
            if role is not Role.OWNER
        ],
    ]
    viewer = next(person for person in people if person.name == Role.VIEWER.value)
    # So that there is somebody who may still ask for the link.
    await db.execute("UPDATE user_account SET email_verified_at = NULL WHERE id = $1", viewer.person)
    scopes = [(f"key {one}", frozenset({one})) for one in Permission]
    scopes += [("key with every scope", frozenset(Permission)), ("key without a scope", frozenset())]
    keys = [await _key(settings, acme, name, granted) for name, granted in scopes]
    return (*people, *keys, Asker("nobody", {}))


async def _person(settings: Settings, principal: Principal, role: Role) -> Asker:
    own = {
        "session": await rows.another_session(principal.id),
        "identity": await rows.identity(principal.id, f"{role.value}@elsewhere.example"),
    }
    headers = bearer(settings, principal)
    return Asker(role.value, headers, ROLE_PERMISSIONS[role], UserId(principal.id), own)


async def _key(settings: Settings, acme: Tenant, name: str, scopes: frozenset[Permission]) -> Asker:
    _, token = await rows.api_key(settings, acme, acme.live, name, scopes)
    return Asker(name, {"Authorization": f"Bearer {token}"}, scopes)
