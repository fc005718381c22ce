"""Seeding from start to end."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import asyncpg

from app.apikeys.verification import KeyVerifier
from app.core.config import Settings, SettingsError
from app.core.ids import OrgId
from app.core.principal import Principal
from app.dev.seed import accounts, credit, history, past, prices, webhooks
from app.dev.seed.facts import FREE, PEOPLE, PRO, DemoOrg
from app.infra import hashing, orm
from app.jobs import kinds
from app.webhooks import recording

_LOCK = "SELECT pg_advisory_lock(hashtext('launchkit.seed'))"
# The orgs are older than their first job.
_FOUNDED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Seeded:
    """`added` is empty when all was there. `api_key` is the demo key; when it is new, keep it."""

    added: Sequence[str]
    api_key: str = field(repr=False)
    is_new_key: bool


async def run(settings: Settings, *, token: str | None, now: datetime) -> Seeded:
    """Adds what is missing. `token` is the demo key of an earlier run, if its text was kept.

    Raises `SettingsError` in production: the demo accounts have a published password.
    """
    if settings.is_production:
        raise SettingsError(
            "LAUNCHKIT_ENV is production, where demo accounts have no place: nothing was seeded."
        )
    kinds.load()
    recording.install()
    async with _alone(settings):
        await orm.init(settings, application_name="launchkit-seed")
        try:
            async with history.without_consequences(now=now):
                return await _add(settings, token, now)
        finally:
            await orm.close()


async def _add(settings: Settings, token: str | None, now: datetime) -> Seeded:
    verifier = KeyVerifier(hashing.derive_key(settings.secret_key, "api-keys"))
    founded = now - _FOUNDED
    users, new_users = await accounts.ensure_people(PEOPLE, now=founded)
    owner_only = {person: users[person] for person in PEOPLE[:1]}

    free_id, free_owner, is_free_new = await accounts.ensure_org(FREE, owner_only, now=founded)
    free_key, is_free_key_new = await accounts.ensure_any_key(
        free_owner, free_id, verifier=verifier, now=founded
    )
    pro_id, pro_owner, is_pro_new = await accounts.ensure_org(PRO, users, now=founded)
    pro_key, api_key, is_new_key = await accounts.ensure_demo_key(
        pro_owner, pro_id, verifier=verifier, token=token, now=founded if is_pro_new else now
    )
    new_tables = await prices.ensure(free_owner, free_id, now=founded)
    new_tables += await prices.ensure(pro_owner, pro_id, now=founded)
    new_wallets = await _add_credit(FREE, free_owner, free_id, founded)
    new_wallets += await _add_credit(PRO, pro_owner, pro_id, founded)
    new_jobs = await _add_jobs(FREE, free_key, free_id, now)
    new_jobs += await _add_jobs(PRO, pro_key, pro_id, now)
    new_endpoints = await webhooks.ensure(pro_owner, pro_id, secret_key=settings.secret_key, now=now)
    counts = {
        "users": new_users,
        "orgs": is_free_new + is_pro_new,
        "API keys": is_free_key_new + is_new_key,
        "burn tables": new_tables,
        "wallets": new_wallets,
        "past jobs": new_jobs,
        "webhook endpoints": new_endpoints,
    }
    return Seeded([f"{count} {what}" for what, count in counts.items() if count], api_key, is_new_key)


async def _add_jobs(org: DemoOrg, key: Principal, org_id: OrgId, now: datetime) -> int:
    count = await history.missing(org_id, org.jobs)
    if count:
        await history.write(key, org_id, past.plan(count, now=now, size=org.size))
    return count


async def _add_credit(org: DemoOrg, owner: Principal, org_id: OrgId, now: datetime) -> int:
    """How many wallets are new."""
    own = await credit.ensure_own(owner, org_id, bought=org.credit, now=now)
    return own + sum([await credit.ensure(owner, org_id, customer, now=now) for customer in org.customers])


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[None]:
    """Two that seed the same database would both find it empty. The lock goes with its connection."""
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        await connection.execute(_LOCK)
        yield
    finally:
        await connection.close()
