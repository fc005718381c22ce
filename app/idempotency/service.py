"""Exactly one effect per key: the claim is committed with the effect, so there is no state in between.

Two equal requests at once: the second waits on the first's unique index entry and then finds its answer. When
the first takes longer than the lock time-out, the second is told to come back (`RequestInProgress`).

Two ways in. `perform` is for writes that read before they write: it claims first, because an effect that is done
already would be refused by its own rules (the name is taken, the person is a member). `once` is for a hot write
that reads nothing: its claim travels in the one statement with the effect.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import orjson
import pydantic

from app.core.principal import Access, Principal
from app.idempotency import types
from app.idempotency.errors import AlreadyClaimed, KeyReused, RequestInProgress
from app.idempotency.types import Done
from app.infra import db
from app.infra.db import LockTimeout, UnitOfWork

KEPT = timedelta(hours=24)
_NO_ORG = UUID(int=0)
T = TypeVar("T")
validate_key = types.validate_key
_adapters: dict[type, pydantic.TypeAdapter[Any]] = {}

_CLAIM = """
INSERT INTO idempotency_key
    (org_id, principal_id, operation, key, fingerprint, answer, created_at, expires_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::bytea, $6::json, $7::timestamptz, $8::timestamptz)
"""
# Waits for a claim that another transaction has not committed yet. One whose time is over gives way.
_CLAIM_FIRST = """
INSERT INTO idempotency_key AS stored
    (org_id, principal_id, operation, key, fingerprint, answer, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, 'null', $6, $7)
ON CONFLICT (org_id, principal_id, operation, key) DO UPDATE
SET fingerprint = excluded.fingerprint, created_at = excluded.created_at, expires_at = excluded.expires_at
WHERE stored.expires_at <= excluded.created_at
RETURNING true
"""
_ANSWER = """
UPDATE idempotency_key SET answer = $5::json
WHERE org_id = $1::uuid AND principal_id = $2::uuid AND operation = $3::text AND key = $4::text
"""
_FIND = """
SELECT fingerprint, answer, expires_at FROM idempotency_key
WHERE org_id = $1 AND principal_id = $2 AND operation = $3 AND key = $4
"""
_DROP_EXPIRED = """
DELETE FROM idempotency_key
WHERE org_id = $1 AND principal_id = $2 AND operation = $3 AND key = $4 AND expires_at <= $5
"""
_PURGE = """
DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_key WHERE expires_at <= $1 LIMIT $2
))
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One key in its scope. `body` is the request as JSON values; its canonical form is the fingerprint.

    `access` is the bare principal where no org is concerned yet: when one is made.
    """

    access: Access | Principal
    operation: str
    key: str
    body: Mapping[str, Any]

    def fingerprint(self) -> bytes:
        return hashlib.sha256(orjson.dumps(self.body, option=orjson.OPT_SORT_KEYS, default=str)).digest()

    def scope(self) -> tuple[object, ...]:
        if isinstance(self.access, Principal):
            return (_NO_ORG, self.access.id, self.operation, self.key)
        return (self.access.org_id, self.access.principal.id, self.operation, self.key)

    def take(self, uow: UnitOfWork, answer: Mapping[str, Any], *, now: datetime) -> None:
        """Adds the claim and the answer of a replay to what `uow` commits."""
        stored = orjson.dumps(dict(answer)).decode()
        uow.add(_CLAIM, *self.scope(), self.fingerprint(), stored, now, now + KEPT)
        uow.on_violation("idempotency_key_pkey", AlreadyClaimed)


async def perform(
    claim: Claim | None, act: Callable[[UnitOfWork], Awaitable[T]], *, answer: type[T], now: datetime
) -> Done[T]:
    """Runs `act` in a unit of work of its own; where that had happened before, gives the first one's value.

    What `act` returns, of the type `answer`, is stored with the claim: it must hold no secret. Whatever `act`
    raises undoes the claim with the rest, so a refused request leaves its key free. Without a claim `act` just runs.

    Raises `KeyReused` for the same key with another body, `RequestInProgress` while the first still runs.
    """
    async with db.unit_of_work() as uow:
        if claim is not None and (stored := await _claim_or_find(uow, claim, now)) is not None:
            return Done(_adapter(answer).validate_json(stored), is_replay=True)
        value = await act(uow)
        if claim is not None:
            text = _adapter(answer).dump_json(value).decode()
            uow.add(_ANSWER, *claim.scope(), text)
    return Done(value)


async def _claim_or_find(uow: UnitOfWork, claim: Claim, now: datetime) -> str | None:
    """None where the claim is now ours, else the answer that is stored under it."""
    try:
        if await uow.fetch(_CLAIM_FIRST, *claim.scope(), claim.fingerprint(), now, now + KEPT):
            return None
    except LockTimeout:
        raise RequestInProgress(retry_after=1) from None
    rows = await uow.fetch(_FIND, *claim.scope())
    if not rows:
        # Purged in this very moment.
        raise RequestInProgress(retry_after=1)
    if rows[0]["fingerprint"] != claim.fingerprint():
        raise KeyReused
    stored: str = rows[0]["answer"]
    return stored


def _adapter(answer: type[T]) -> pydantic.TypeAdapter[T]:
    # Making one takes longer than the write.
    if answer not in _adapters:
        _adapters[answer] = pydantic.TypeAdapter(answer)
    return _adapters[answer]


async def once(
    claim: Claim | None, effect: Callable[[], Awaitable[None]], *, now: datetime
) -> Mapping[str, Any] | None:
    """Runs `effect`, which must `take` the claim in its unit of work; the stored answer if it had run before.

    Raises `KeyReused` for the same key with another body, `RequestInProgress` while the first still runs.
    """
    if claim is None:
        await effect()
        return None
    for _ in range(2):
        try:
            await effect()
        except AlreadyClaimed:
            stored = await find(claim, now=now)
        except LockTimeout:
            raise RequestInProgress(retry_after=1) from None
        else:
            return None
        if stored is not None:
            return stored
    raise RequestInProgress(retry_after=1)


async def purge_expired(*, now: datetime, limit: int = 5_000) -> int:
    return await db.execute(_PURGE, now, limit)


async def find(claim: Claim, *, now: datetime) -> Mapping[str, Any] | None:
    """The stored answer; None where there is none, and when the key's time was over, in which case it is free again."""
    row = await db.fetchrow(_FIND, *claim.scope())
    if row is None:
        return None
    if row["expires_at"] <= now:
        await db.execute(_DROP_EXPIRED, *claim.scope(), now)
        return None
    if row["fingerprint"] != claim.fingerprint():
        raise KeyReused
    answer: Mapping[str, Any] = orjson.loads(row["answer"])
    return answer
