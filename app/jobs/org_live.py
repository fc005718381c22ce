"""Following the jobs of an org: every new state of every job, in the order of `changes`.

What happens inside a state (progress, text) is told to who follows that job. A place that is settled is settled for
good, so a subscriber goes on from the last it has seen, in any process, and misses nothing that is still kept.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from app.core.events import org_topic
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from app.infra import feeds
from app.jobs import changes
from app.jobs.types import JobsUpdate

SNAPSHOT = 50
_MAX_REPLAY = 1_000
# An older transaction was still running: nothing wakes anybody when it ends.
_FIRST_LOOK_SECONDS = 0.02
_LAST_LOOK_SECONDS = 0.5


class _Reader:
    def __init__(self, org_id: OrgId) -> None:
        self._org_id = org_id
        self._cursor: int | None = None

    async def read(self) -> AsyncIterator[Sequence[JobsUpdate]]:
        if self._cursor is None:
            # Followers read what came before this themselves.
            self._cursor = (await changes.standing(self._org_id)).seq
            return
        pause = _FIRST_LOOK_SECONDS
        while True:
            # Looked at before: what is settled meanwhile is read again at once.
            standing = await changes.standing(self._org_id)
            while (found := await changes.after(self._org_id, self._cursor)) is not None:
                self._cursor = found.seq
                yield [JobsUpdate(found.seq, found.jobs)]
            if not standing.is_pending:
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LAST_LOOK_SECONDS)


class JobsFeeds(feeds.Feeds[OrgId, JobsUpdate]):
    """Those of this process. That a job was made is told by a wake-up without a row."""

    SAFETY_SECONDS = 15.0

    def _topic(self, key: OrgId) -> str:
        return org_topic("job", key)

    def _reader(self, key: OrgId) -> feeds.Reader[JobsUpdate]:
        return _Reader(key).read

    def open(self, principal: Principal, org_id: OrgId) -> "JobsStream":
        """A key sees the jobs of its workspace. Raises `NotFound`, `Forbidden`."""
        principal.authorise(org_id, Permission.JOBS_READ)
        return JobsStream(self, org_id, principal.workspace_id)


class JobsStream(feeds.Stream[OrgId, JobsUpdate]):
    def __init__(self, of: JobsFeeds, org_id: OrgId, workspace_id: WorkspaceId | None) -> None:
        super().__init__(of, org_id, sight=workspace_id)
        self._workspace_id = workspace_id

    async def catch_up(self, after: int | None) -> AsyncIterator[JobsUpdate]:
        """The states since `after`; from nothing, or where they are not kept or too many, the newest jobs."""
        standing = await changes.standing(self.key)
        if after is None or after > standing.seq or not await changes.is_kept(self.key, after):
            yield await self._snapshot(standing.seq, resynced=after is not None)
            return
        told = 0
        while (found := await changes.after(self.key, after)) is not None:
            told += len(found.jobs)
            if told > _MAX_REPLAY:
                yield await self._snapshot((await changes.standing(self.key)).seq, resynced=True)
                return
            after = found.seq
            yield JobsUpdate(found.seq, found.jobs)

    async def _snapshot(self, seq: int, *, resynced: bool) -> JobsUpdate:
        """What is newer than `seq` may be in it already, and will come again."""
        jobs = await changes.newest(self.key, workspace_id=self._workspace_id, limit=SNAPSHOT)
        return JobsUpdate(seq, jobs, is_snapshot=True, resynced=resynced)

    def position(self, update: JobsUpdate) -> int:
        return update.seq

    def shown(self, update: JobsUpdate) -> JobsUpdate | None:
        if self._workspace_id is None or update.is_snapshot:
            return update
        jobs = [job for job in update.jobs if job.workspace_id == self._workspace_id]
        return replace(update, jobs=jobs) if jobs else None
