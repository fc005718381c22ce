"""Exactly one effect per key: the claim is committed with the effect, so there is no state in between.

Two equal requests at once: the second waits on the first's unique index entry and then finds its answer. When
the first takes longer than the lock time-out, the second is told to come back (`RequestInProgress`).
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from app.core.errors import FieldError
from app.core.principal import Access, Principal
from app.idempotency.errors import AlreadyClaimed, KeyReused, RequestInProgress
from app.infra import db
from app.infra.db import LockTimeout, UnitOfWork

KEPT = timedelta(hours=24)
MAX_LENGTH = 255
_NO_ORG = UUID(int=0)

_CLAIM = """
INSERT INTO idempotency_key
    (org_id, principal_id, operation, key, fingerprint, answer, created_at, expires_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::bytea, $6::json, $7::timestamptz, $8::timestamptz)
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


def validate_key(key: str | None) -> list[FieldError]:
    errors = []
    if key is not None and not 1 <= len(key) <= MAX_LENGTH:
        errors.append(FieldError("idempotency_key", "length", f"Use 1 to {MAX_LENGTH} characters."))
    if key is not None and not key.isprintable():
        errors.append(FieldError("idempotency_key", "characters", "Use printable characters, in UTF-8."))
    return errors


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
            stored = await _stored(claim, now)
        except LockTimeout:
            raise RequestInProgress(retry_after=1) from None
        else:
            return None
        if stored is not None:
            return stored
    raise RequestInProgress(retry_after=1)


async def purge_expired(*, now: datetime, limit: int = 5_000) -> int:
    return await db.execute(_PURGE, now, limit)


async def _stored(claim: Claim, now: datetime) -> Mapping[str, Any] | None:
    """The stored answer; None when the key's time was over, in which case it is free again."""
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
