"""Reads and bookkeeping of the outbox table, for the courier and the relay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson

from app.core.messages import Message
from app.infra import db

_CLAIM = """
WITH due AS (
    SELECT id FROM outbox_message WHERE available_at <= $1
    ORDER BY available_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE outbox_message AS message
SET attempts = least(attempts, 1000) + 1,
    available_at = $1::timestamptz + interval '1 minute' * 2 ^ least(attempts, 3)
FROM due WHERE message.id = due.id
RETURNING message.id, kind, name, payload, trace
"""
_POSTPONE = "UPDATE outbox_message SET available_at = $2 WHERE id = ANY($1::uuid[])"
_DONE = "DELETE FROM outbox_message WHERE id = ANY($1::uuid[])"
_REARM = """
UPDATE outbox_message SET available_at = $1 WHERE id = ANY (ARRAY(
    SELECT id FROM outbox_message WHERE kind = 'task' AND available_at > $1 LIMIT $2 FOR UPDATE SKIP LOCKED
))
"""
_REARM_BATCH = 5_000
_PENDING = "SELECT count(*) FROM outbox_message"


async def claim_due(*, now: datetime, limit: int) -> list[Message]:
    """Messages whose time has come, each given to one relay.

    A task that no actor confirms comes due again after 1, 2, 4, then every 8 minutes: a deep queue is not
    flooded with copies of what waits in it.
    """
    rows = await db.fetch(_CLAIM, now, limit)
    return [Message(r["id"], r["kind"], r["name"], orjson.loads(r["payload"]), r["trace"]) for r in rows]


async def postpone(message_ids: Sequence[UUID], *, until: datetime) -> None:
    """The relay leaves them alone until then."""
    await db.execute(_POSTPONE, list(message_ids), until)


async def delete(message_ids: Sequence[UUID]) -> None:
    await db.execute(_DONE, list(message_ids))


async def rearm_tasks(*, now: datetime) -> int:
    """Makes every task due at once: Redis has forgotten what it was given. Returns how many.

    In batches: one statement over a deep outbox would run into the statement time-out, again and again.
    """
    total = 0
    while count := await db.execute(_REARM, now, _REARM_BATCH):
        total += count
    return total


async def backlog() -> int:
    """How many messages wait."""
    count: int = await db.fetchval(_PENDING)
    return count
