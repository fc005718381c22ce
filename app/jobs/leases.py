"""What a worker's watching threads ask of the leases of their process, on connections of their own.

The tokens of a process begin with its name (`Tokens`): who knows that it is dead can take all of its leases at once.
"""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.infra import db
from app.jobs import sweeping

_NAME_BYTES = 8
_TRIES = 4
_PAUSE_SECONDS = 0.05

# `lease_expires_at IS NOT NULL`: of a table of millions only the leased rows are looked at, by their partial index.
_CANCELLING = """
SELECT lease_token FROM job
WHERE lease_expires_at IS NOT NULL AND lease_token = ANY ($1::uuid[]) AND state = 'CANCELLING'
"""
_END = """
UPDATE job SET lease_expires_at = least(lease_expires_at, $2::timestamptz)
WHERE lease_expires_at IS NOT NULL AND lease_token = ANY ($1::uuid[])
"""
_END_CANCELLING = _END + " AND state = 'CANCELLING'"
_END_ALL_OF = """
UPDATE job SET lease_expires_at = least(lease_expires_at, $3::timestamptz)
WHERE lease_expires_at IS NOT NULL AND lease_token BETWEEN $1::uuid AND $2::uuid
"""


class Tokens:
    """Makes the lease tokens of one process: eight bytes of its name, eight that nobody can guess."""

    def __init__(self, name: str) -> None:
        self._name = bytes.fromhex(name)
        if len(self._name) != _NAME_BYTES:
            raise ValueError(f"{name!r} is no name of a process: use {2 * _NAME_BYTES} hexadecimal digits.")

    def new(self) -> UUID:
        return UUID(bytes=self._name + os.urandom(_NAME_BYTES))

    @property
    def bounds(self) -> tuple[UUID, UUID]:
        """The least and the greatest token of this process."""
        return (
            UUID(bytes=self._name + b"\x00" * _NAME_BYTES),
            UUID(bytes=self._name + b"\xff" * _NAME_BYTES),
        )


async def cancelling(connection: "db.Connection", tokens: Sequence[UUID]) -> set[UUID]:
    """Those of the leases whose job is to stop."""
    return {row["lease_token"] for row in await connection.fetch(_CANCELLING, list(tokens))}


async def give_back(tokens: Sequence[UUID], *, now: datetime) -> int:
    """Returns the unfinished jobs of a process that ends, which counts no loss; those that were to stop are ended.

    Rows that are being written just then are passed over, and met at the next try. Returns how many.
    """
    count = 0
    for number in range(_TRIES if tokens else 0):
        if number:
            await asyncio.sleep(_PAUSE_SECONDS)
        count += await sweeping.give_back(tokens, now=now)
    await db.execute(_END_CANCELLING, list(tokens), now)
    return count


async def end(tokens: Sequence[UUID], *, now: datetime) -> int:
    """Lets the leases run out now: the scheduler counts a loss for each and goes on from there. Returns how many."""
    return await db.execute(_END, list(tokens), now)


async def end_all_of(process: str, *, now: datetime) -> int:
    """As `end`, for every lease of a process that is known to be dead."""
    return await db.execute(_END_ALL_OF, *Tokens(process).bounds, now)
