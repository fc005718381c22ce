"""Following calls: each as it has ended, with all its steps."""

from collections.abc import AsyncIterator, Sequence

from app.core.errors import Unavailable
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from app.gateway.tracing import log
from app.gateway.tracing.log import TraceLog
from app.gateway.tracing.trace import Trace
from app.infra import feeds
from app.infra.pubsub import Hub

SNAPSHOT = 20
_PER_READ = 200


class _Reader:
    def __init__(self, log: TraceLog, org_id: OrgId) -> None:
        self._log = log
        self._org_id = org_id
        self._cursor: int | None = None

    async def read(self) -> AsyncIterator[Sequence[Trace]]:
        try:
            if self._cursor is None:
                # Followers read what came before this themselves.
                newest = await self._log.newest(self._org_id, limit=1)
                self._cursor = newest[0].seq if newest else 0
                return
            while found := await self._log.after(self._org_id, self._cursor, limit=_PER_READ):
                self._cursor = found[-1].seq
                yield found
        except ConnectionError as error:
            raise Unavailable("Traces cannot be read right now.") from error


class TraceFeeds(feeds.Feeds[OrgId, Trace]):
    """Those of this process. Wake-ups have no row in the outbox."""

    SAFETY_SECONDS = 5.0
    PAUSE_SECONDS = 0.05

    def __init__(self, hub: Hub, log: TraceLog) -> None:
        super().__init__(hub)
        self.log = log

    def _topic(self, key: OrgId) -> str:
        return log.topic(key)

    def _reader(self, key: OrgId) -> feeds.Reader[Trace]:
        return _Reader(self.log, key).read

    def open(self, principal: Principal, org_id: OrgId, *, request_id: str | None) -> "TraceStream":
        """Of one request, or of all. A key sees the calls of its workspace. Raises `NotFound`, `Forbidden`."""
        principal.authorise(org_id, Permission.USAGE_READ)
        return TraceStream(self, org_id, principal.workspace_id, request_id)


class TraceStream(feeds.Stream[OrgId, Trace]):
    def __init__(
        self, of: TraceFeeds, org_id: OrgId, workspace_id: WorkspaceId | None, request_id: str | None
    ) -> None:
        super().__init__(of, org_id, sight=(workspace_id, request_id))
        self._log = of.log
        self._workspace_id = workspace_id
        self._request_id = request_id

    async def catch_up(self, after: int | None) -> AsyncIterator[Trace]:
        """From nothing: the newest calls, or the one that is meant, if it is there."""
        try:
            for one in await self._missed(after):
                yield one
        except ConnectionError as error:
            raise Unavailable("Traces cannot be read right now.") from error

    async def _missed(self, after: int | None) -> Sequence[Trace]:
        if after is not None:
            return await self._log.after(self.key, after, limit=log.KEPT)
        if self._request_id is not None:
            found = await self._log.find(self.key, self._request_id)
            return [] if found is None else [found]
        return list(reversed(await self._log.newest(self.key, limit=SNAPSHOT)))

    def position(self, update: Trace) -> int:
        return update.seq

    def shown(self, update: Trace) -> Trace | None:
        is_seen = self._workspace_id in (None, update.workspace_id)
        is_meant = self._request_id in (None, update.request_id)
        return update if is_seen and is_meant else None
