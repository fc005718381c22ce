"""Following jobs live: a snapshot, then every newer state, without gap or reordering.

One reader per process and job, however many follow it: a wake-up costs one read, then fan-out in memory. Each
follower has a bounded buffer; one that is too slow loses the steps, not the truth: it is sent a fresh snapshot
marked `resynced`.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from app.core.errors import LaunchKitError
from app.core.ids import JobId
from app.core.money import ZERO
from app.core.principal import Principal
from app.infra import telemetry
from app.infra.pubsub import Hub
from app.jobs import events, queries
from app.jobs.errors import JobNotFound
from app.jobs.state import TERMINAL
from app.jobs.types import Job, JobEvent, JobUpdate

log = telemetry.logger(__name__)

_BUFFER = 256
_MAX_REPLAY = 1_000
_RETRY_SECONDS = 1.0


class _Follower:
    """What one subscriber has not been sent yet."""

    def __init__(self) -> None:
        self._pending: deque[JobUpdate] = deque()
        self._flag = asyncio.Event()
        self._overflowed = False

    def offer(self, updates: Sequence[JobUpdate]) -> None:
        if len(self._pending) + len(updates) > _BUFFER:
            self._pending.clear()
            self._overflowed = True
        else:
            self._pending.extend(updates)
        self._flag.set()

    async def take(self) -> list[JobUpdate] | None:
        """What came since the last call, waiting for something; None when steps were dropped."""
        await self._flag.wait()
        self._flag.clear()
        updates = list(self._pending)
        self._pending.clear()
        overflowed, self._overflowed = self._overflowed, False
        return None if overflowed else updates


class _Feed:
    """The one reader of a job in this process."""

    def __init__(self, hub: Hub, job_id: JobId) -> None:
        self.followers: set[_Follower] = set()
        self.ready = asyncio.Event()
        self._job_id = job_id
        self._cursor: int | None = None
        self._task = asyncio.create_task(self._run(hub))

    def stop(self) -> None:
        self._task.cancel()

    async def _run(self, hub: Hub) -> None:
        async with hub.listen(events.topic(self._job_id)) as listener:
            while True:
                try:
                    await self._read()
                    self.ready.set()
                    await listener.wait()
                except LaunchKitError as error:
                    log.warning("job_feed.read_failed", error=str(error))
                    await asyncio.sleep(_RETRY_SECONDS)
                except Exception:
                    # A dead reader would leave its followers waiting for ever, and nobody would know.
                    log.error("job_feed.read_crashed", exc_info=True)
                    await asyncio.sleep(_RETRY_SECONDS)

    async def _read(self) -> None:
        job = await queries.read(self._job_id)
        if job is None:
            return
        if self._cursor is None:
            # Followers read what came before this themselves.
            self._cursor = job.seq
            return
        while self._cursor < job.seq:
            steps = await queries.events_after(self._job_id, self._cursor, limit=_MAX_REPLAY)
            updates = merge(job, [step for step in steps if step.seq <= job.seq])
            if not updates:
                return
            self._cursor = updates[-1].job.seq
            for follower in self.followers:
                follower.offer(updates)


class JobFeeds:
    """The feeds of this process."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._feeds: dict[JobId, _Feed] = {}

    async def follow(
        self, principal: Principal, job_id: JobId, *, after: int | None = None
    ) -> AsyncGenerator[JobUpdate, None]:
        """Updates until the job ends. With `after`, what came since that `seq`, or a resynced snapshot.

        Close it to stop following. Raises `JobNotFound`.
        """
        await queries.get(principal, job_id)
        async with self._attach(job_id) as follower:
            job = await queries.read(job_id)
            if job is None:
                raise JobNotFound
            async for update in self._catch_up(job, after):
                yield update
            if job.state in TERMINAL:
                return
            async for update in self._newer(job_id, follower, job.seq):
                yield update
                if update.job.state in TERMINAL:
                    return

    async def _catch_up(self, job: Job, after: int | None) -> AsyncIterator[JobUpdate]:
        """From `after`, or from nothing, to `job` as it is now."""
        if after is not None and after <= job.seq:
            steps = [
                s for s in await queries.events_after(job.id, after, limit=_MAX_REPLAY) if s.seq <= job.seq
            ]
            if len(steps) == job.seq - after:
                for update in merge(job, steps):
                    yield update
                return
        yield await _snapshot(job, resynced=after is not None)

    async def _newer(self, job_id: JobId, follower: _Follower, seq: int) -> AsyncIterator[JobUpdate]:
        while True:
            updates = await follower.take()
            if updates is None:
                job = await queries.read(job_id)
                if job is None:
                    return
                updates = [await _snapshot(job, resynced=True)]
            for update in updates:
                if update.job.seq > seq:
                    seq = update.job.seq
                    yield update

    @asynccontextmanager
    async def _attach(self, job_id: JobId) -> AsyncIterator[_Follower]:
        """Attached before the caller reads its snapshot, so that nothing falls between the two."""
        follower = _Follower()
        feed = self._feeds.get(job_id)
        if feed is None:
            feed = self._feeds[job_id] = _Feed(self._hub, job_id)
        feed.followers.add(follower)
        try:
            await feed.ready.wait()
            yield follower
        finally:
            feed.followers.discard(follower)
            if not feed.followers:
                feed.stop()
                del self._feeds[job_id]


def merge(job: Job, steps: Sequence[JobEvent]) -> list[JobUpdate]:
    """One update per state and per run of progress between states; `job` is as of the last step, or later.

    An earlier step shows the job as it was then: later facts (its end, its result) are left out.
    """
    updates: list[JobUpdate] = []
    for position, step in enumerate(steps):
        seen = job if step.seq == job.seq else _as_of(job, step)
        previous = steps[position - 1] if position else None
        if updates and previous is not None and step.kind == previous.kind == "progress":
            before = updates.pop()
            updates.append(JobUpdate(seen, before.output + step.output_delta, before.output_offset, False))
        else:
            updates.append(JobUpdate(seen, step.output_delta, step.output_offset, False))
    return updates


def _as_of(job: Job, step: JobEvent) -> Job:
    return replace(
        job,
        seq=step.seq,
        state=step.state,
        attempt=step.attempt,
        progress=step.progress,
        finished_at=None,
        result=None,
        error=None,
        provider=None,
        model=None,
        input_tokens=0,
        output_tokens=0,
        credits=ZERO,
        cost_usd=ZERO,
    )


async def _snapshot(job: Job, *, resynced: bool) -> JobUpdate:
    return JobUpdate(job, await queries.output_so_far(job), 0, resynced)
