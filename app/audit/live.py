"""Following an org's audit log live: every sealed entry in the order of the chain, without a gap.

The log keeps everything, so nobody is ever told that something was lost: a follower that was away, or was too
slow for its buffer, reads what it missed in pages and goes on from there.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from app.audit import events, queries
from app.audit.types import AuditRecord
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.infra import feeds

_PAGE = 200


class _Reader:
    """What was sealed in one org since the last look."""

    def __init__(self, org_id: OrgId) -> None:
        self._org_id = org_id
        self._cursor: int | None = None

    async def read(self) -> AsyncIterator[Sequence[AuditRecord]]:
        if self._cursor is None:
            # Followers read what came before this themselves.
            self._cursor = await queries.last_seq(self._org_id)
            return
        while records := await queries.sealed_after(self._org_id, self._cursor, limit=_PAGE):
            self._cursor = _seq(records[-1])
            yield records


class AuditFeeds(feeds.Feeds[OrgId, AuditRecord]):
    """The feeds of this process."""

    def _topic(self, key: OrgId) -> str:
        return events.topic(key)

    def _reader(self, key: OrgId) -> feeds.Reader[AuditRecord]:
        return _Reader(key).read

    def open(self, principal: Principal, org_id: OrgId) -> "AuditStream":
        """Raises `NotFound` and `Forbidden`."""
        principal.authorise(org_id, Permission.AUDIT_READ)
        return AuditStream(self, org_id)

    async def follow(
        self, principal: Principal, org_id: OrgId, *, after: int | None = None
    ) -> AsyncGenerator[AuditRecord, None]:
        """Entries for ever: the newest, or all since the `seq` in `after`, then every one that is sealed.

        A `seq` that is not reached yet is not of this log, and is as none. Close it to stop following.
        """
        async with aclosing(self.open(principal, org_id).updates(after=after)) as records:
            async for record in records:
                yield record


class AuditStream(feeds.Stream[OrgId, AuditRecord]):
    async def begin(self, after: int | None) -> int:
        last = await queries.last_seq(self.key)
        return max(last - 1 if after is None or after > last else after, 0)

    async def catch_up(self, after: int | None) -> AsyncIterator[AuditRecord]:
        """Everything after it that is there by now, in pages."""
        seq = after or 0
        while records := await queries.sealed_after(self.key, seq, limit=_PAGE):
            for record in records:
                yield record
            seq = _seq(records[-1])

    def position(self, update: AuditRecord) -> int:
        return _seq(update)


def _seq(record: AuditRecord) -> int:
    assert record.seq is not None, "it was read from the chain"
    return record.seq
