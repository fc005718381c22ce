"""Events that take others back (`voids`) or their place (`supersedes`): new rows, in one transaction for a request.

What is corrected is locked first, so that of corrections at once, and of a rating anew beside them, each sees what the
others made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from app.core import ids
from app.core.errors import FieldError
from app.infra import db, telemetry
from app.infra.db import LockTimeout, Row, UnitOfWork
from app.ingestion import intake
from app.ingestion.preparing import Row as EventRow
from app.ingestion.types import Event, Result, Source, Status

log = telemetry.logger(__name__)

_LOCK = """
SELECT 1 FROM unnest($2::text[]) AS t (event_id)
JOIN usage_event_key k ON k.org_id = $1 AND k.event_id = t.event_id
JOIN usage_event e ON e.org_id = $1 AND e.occurred_at = k.occurred_at AND e.id = k.usage_event_id
ORDER BY e.id FOR UPDATE OF e
"""
# Those that drew for what is corrected, and those that will for what takes its place: all before anything else that a
# correction changes, in the order in which everybody takes them.
_LOCK_WALLETS = """
SELECT 1 FROM wallet WHERE id IN (
    SELECT l.wallet_id FROM unnest($2::uuid[], $3::timestamptz[]) AS k (id, at)
    JOIN usage_event e ON e.org_id = $1 AND e.occurred_at = k.at AND e.id = k.id
    JOIN ledger_transaction l ON l.id = e.ledger_transaction_id
    UNION
    SELECT l.wallet_id FROM unnest($2::uuid[]) AS k (id)
    JOIN usage_adjustment a ON a.org_id = $1 AND a.usage_event_id = k.id
    JOIN ledger_transaction l ON l.id = a.ledger_transaction_id
    UNION
    SELECT u.wallet_id FROM usage_wallets($4::uuid[], $5::text[], $6::text[]) AS u
) ORDER BY id FOR UPDATE
"""
# An API key sees the events of its own workspace alone.
_LOOK = """
SELECT own.usage_event_id IS NOT NULL AS is_known, own.payload_digest, e.id, e.occurred_at, EXISTS (
    SELECT FROM usage_adjustment a WHERE a.org_id = $1 AND a.usage_event_id = e.id AND a.kind = 'voided'
) AS is_voided
FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS c (event_id, target, n)
LEFT JOIN usage_event_key own ON own.org_id = $1 AND own.event_id = c.event_id
LEFT JOIN usage_event_key k ON k.org_id = $1 AND k.event_id = c.target
LEFT JOIN usage_event e ON e.org_id = $1 AND e.occurred_at = k.occurred_at AND e.id = k.usage_event_id
    AND e.workspace_id = $4
ORDER BY c.n
"""
_VOID = """
SELECT n, digest FROM usage_void(
    $1, $2, $3, $4::text[], $5::bytea[], $6::uuid[], $7::uuid[], $8::timestamptz[], $9::boolean[]
)
"""
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Correction:
    """`row` is the event that takes the other's place; None where there is none."""

    event: Event
    digest: bytes
    row: EventRow | None

    @property
    def target(self) -> str:
        return self.event.voids or self.event.supersedes or ""


@dataclass(frozen=True, slots=True)
class _Target:
    id: UUID
    at: datetime


async def apply(
    corrections: Sequence[Correction], source: Source, *, draws: bool, now: datetime
) -> Sequence[Result]:
    """What became of each, in their order; each once, however often it is sent."""
    for is_last in (*(False,) * (_ATTEMPTS - 1), True):
        try:
            async with db.unit_of_work() as uow:
                return await _apply(uow, corrections, source, draws=draws, now=now)
        except (LockTimeout, asyncpg.ForeignKeyViolationError):
            if is_last:
                raise
            log.info("ingestion.corrections_repeated", corrections=len(corrections))
    raise AssertionError("unreachable")


async def _apply(
    uow: UnitOfWork, corrections: Sequence[Correction], source: Source, *, draws: bool, now: datetime
) -> Sequence[Result]:
    targets = [correction.target for correction in corrections]
    own = [correction.event.event_id for correction in corrections]
    await uow.fetch(_LOCK, source.org_id, targets)
    found = await uow.fetch(_LOOK, source.org_id, own, targets, source.workspace_id)
    results: dict[int, Result] = {}
    wanted: dict[int, _Target] = {}
    taken: set[UUID] = set()
    ids_of_batch: dict[str, int] = {}
    for number, (correction, row) in enumerate(zip(corrections, found, strict=True)):
        first = ids_of_batch.setdefault(correction.event.event_id, number)
        if first != number:
            results[number] = _repeated(correction, corrections[first], results.get(first))
        elif (refusal := _refusal(correction, row, taken)) is not None:
            results[number] = refusal
        else:
            taken.add(row["id"])
            wanted[number] = _Target(row["id"], row["occurred_at"])
    results |= await _write(uow, corrections, wanted, source, draws=draws, now=now)
    return [results[number] for number in range(len(corrections))]


def _refusal(correction: Correction, row: Row, taken: set[UUID]) -> Result | None:
    event = correction.event
    if row["is_known"]:
        return Result(event.event_id, _compared(correction.digest, row["payload_digest"]))
    field = "voids" if event.voids is not None else "supersedes"
    if row["id"] is None:
        mend = "There is no such event, or it is too old to be corrected."
        return Result(event.event_id, Status.INVALID, [FieldError(field, "unknown_event", mend)])
    if row["is_voided"] or row["id"] in taken:
        mend = "It was voided or superseded before; what took its place can be corrected instead."
        return Result(event.event_id, Status.INVALID, [FieldError(field, "already_voided", mend)])
    return None


def _repeated(correction: Correction, first: Correction, refused: Result | None) -> Result:
    """The same id twice in a request: the first stands for both, unless they differ."""
    event_id = correction.event.event_id
    if correction.digest != first.digest:
        return Result(event_id, Status.CONFLICT)
    return refused or Result(event_id, Status.DUPLICATE)


async def _write(
    uow: UnitOfWork,
    corrections: Sequence[Correction],
    wanted: dict[int, _Target],
    source: Source,
    *,
    draws: bool,
    now: datetime,
) -> dict[int, Result]:
    results: dict[int, Result] = {}
    rows = {number: row for number in wanted if (row := corrections[number].row) is not None}
    if wanted:
        payers = [(row.group.org_id, row.group.environment, row.group.customer) for row in rows.values()]
        targets = [(target.id, target.at) for target in wanted.values()]
        await uow.fetch(
            _LOCK_WALLETS, source.org_id, *db.columns(targets), *(db.columns(payers) or ([], [], []))
        )
    if rows:
        statuses = await intake.write_now(list(rows.values()), draws=draws, now=now)
        for number, status in zip(rows, statuses, strict=True):
            results[number] = Result(corrections[number].event.event_id, status)
    voiding = [
        number for number in wanted if number not in results or results[number].status is Status.ACCEPTED
    ]
    if not voiding:
        return results
    columns = db.columns(
        [
            (
                corrections[number].event.event_id,
                corrections[number].digest,
                ids.uuid7(),
                wanted[number].id,
                wanted[number].at,
                number in rows,
            )
            for number in voiding
        ]
    )
    known = {
        row["n"] - 1: row["digest"]
        for row in await uow.fetch(_VOID, source.org_id, now, ids.uuid7(), *columns)
    }
    for position, number in enumerate(voiding):
        correction = corrections[number]
        status = Status.ACCEPTED
        if position in known:
            status = _compared(correction.digest, known[position])
        results[number] = Result(correction.event.event_id, status)
    return results


def _compared(digest: bytes, kept: bytes | None) -> Status:
    return Status.DUPLICATE if digest == kept else Status.CONFLICT
