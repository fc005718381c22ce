"""Entries of the audit log, sealers, and somebody who tampers with it."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from app.audit import sealer, service
from app.audit.sealer import Sealer
from app.audit.types import Action, Entry
from app.audit.verification import Finding, Verification
from app.core import ids
from app.core.config import Settings
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.infra import db
from tests.factories.orgs import NOW


def new_org() -> OrgId:
    return OrgId(ids.uuid7())


def auditor(*orgs: OrgId) -> Principal:
    return Principal("user", ids.uuid7(), {org: frozenset({Permission.AUDIT_READ}) for org in orgs})


def entry(
    org_id: OrgId,
    number: int = 0,
    *,
    action: Action = Action.JOB_CREATED,
    who: Principal | None = None,
    target_id: UUID | None = None,
    changes: dict[str, object] | None = None,
) -> Entry:
    """`number` is in its changes, and the second at which it happened."""
    said = {"number": number, **(changes or {})}
    at = NOW + timedelta(seconds=number)
    return Entry(org_id, action, who or auditor(org_id), "job", target_id or ids.uuid7(), at, said)


async def record(*entries: Entry) -> None:
    async with db.unit_of_work() as uow:
        service.record(uow, *entries)


async def write(org_id: OrgId, count: int, *, start: int = 0) -> None:
    await record(*(entry(org_id, number) for number in range(start, start + count)))


def sealer_of(settings: Settings) -> Sealer:
    return Sealer(sealer.signing_key(settings.secret_key))


async def seal_all(settings: Settings, *, now: datetime = NOW) -> None:
    one = sealer_of(settings)
    while await db.fetchval("SELECT count(*) FROM audit_unsealed"):
        await one.tick(now=now)


async def chain_of(org_id: OrgId) -> list[int]:
    """The `number` of each entry in the order of the chain; fails on a gap."""
    rows = await db.fetch(
        "SELECT seq, (changes ->> 'number')::int AS number FROM audit_seal JOIN audit_entry ON id = entry_id "
        "WHERE audit_seal.org_id = $1 ORDER BY seq",
        org_id,
    )
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    return [row["number"] for row in rows]


async def findings(
    settings: Settings, org_id: OrgId | None = None, *, now: datetime | None = None
) -> list[Finding]:
    """Of a run a little later than the last writes."""
    current: datetime = now or await db.fetchval("SELECT now()")
    run = Verification(sealer.signing_key(settings.secret_key), current)
    return [finding async for finding in run.findings(org_id)]


async def tamper(settings: Settings, *statements: str) -> None:
    """What somebody with all rights in the database can do: no trigger is in the way."""
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        await connection.execute("SET session_replication_role = replica")
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
