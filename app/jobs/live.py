"""Following jobs live: a snapshot, then every newer state, without gap or reordering.

One reader per process and job (`app.infra.feeds`). A follower that is too slow loses the steps, not the truth: it
is sent a fresh snapshot marked `resynced`.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from app.core.ids import JobId, OrgId
from app.core.principal import Principal
from app.infra import feeds
from app.jobs import events, queries
from app.jobs.errors import JobNotFound
from app.jobs.history_view import as_of
from app.jobs.state import TERMINAL
from app.jobs.types import Job, JobEvent, JobUpdate
from app.plans import current as plans

_MAX_REPLAY = 1_000


class _Reader:
    """What is new of one job since the last look."""

    def __init__(self, job_id: JobId) -> None:
        self._job_id = job_id
        self._cursor: int | None = None

    async def read(self) -> AsyncIterator[Sequence[JobUpdate]]:
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
            yield updates


class JobFeeds(feeds.Feeds[JobId, JobUpdate]):
    """The feeds of this process."""

    def _topic(self, key: JobId) -> str:
        return events.topic(key)

    def _reader(self, key: JobId) -> feeds.Reader[JobUpdate]:
        return _Reader(key).read

    async def open(self, principal: Principal, job_id: JobId) -> "JobStream":
        """Raises `JobNotFound`. Only plans with streaming are sent the text while it is written; the result at
        the end is everybody's.
        """
        owner = await queries.authorise(principal, job_id)
        plan = await plans.known(owner.plan)
        return JobStream(self, job_id, org_id=owner.org_id, has_text=plan.has_streaming)

    async def follow(
        self, principal: Principal, job_id: JobId, *, after: int | None = None
    ) -> AsyncGenerator[JobUpdate, None]:
        """Updates until the job ends. With `after`, what came since that `seq`, or a resynced snapshot.

        Close it to stop following. Raises `JobNotFound`.
        """
        stream = await self.open(principal, job_id)
        async with aclosing(stream.updates(after=after)) as updates:
            async for update in updates:
                yield update


class JobStream(feeds.Stream[JobId, JobUpdate]):
    """A job's updates until it ends."""

    def __init__(self, of: JobFeeds, job_id: JobId, *, org_id: OrgId, has_text: bool) -> None:
        super().__init__(of, job_id, sight=has_text)
        self.org_id = org_id
        self._has_text = has_text

    async def catch_up(self, after: int | None) -> AsyncIterator[JobUpdate]:
        """From `after`, or from nothing, to the job as it is now."""
        job = await self._read()
        if after is not None and after <= job.seq:
            steps = [
                s for s in await queries.events_after(job.id, after, limit=_MAX_REPLAY) if s.seq <= job.seq
            ]
            is_whole = len(steps) == job.seq - after
        else:
            steps, is_whole = [], False
        for update in merge(job, steps) if is_whole else [await _snapshot(job, resynced=after is not None)]:
            yield update
        if job.state in TERMINAL:
            raise feeds.Over

    async def behind(self, after: int | None) -> AsyncIterator[JobUpdate]:
        job = await self._read()
        yield await _snapshot(job, resynced=True)
        if job.state in TERMINAL:
            raise feeds.Over

    async def is_over(self, after: int) -> bool:
        """Whether who has seen this `seq` has seen the end."""
        job = await self._read()
        return job.state in TERMINAL and after == job.seq

    async def _read(self) -> Job:
        job = await queries.read(self.key)
        if job is None:
            raise JobNotFound
        return job

    def position(self, update: JobUpdate) -> int:
        return update.job.seq

    def is_last(self, update: JobUpdate) -> bool:
        return update.job.state in TERMINAL

    def shown(self, update: JobUpdate) -> JobUpdate:
        return update if self._has_text else _without_text(update)


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
    return as_of(job, seq=step.seq, state=step.state, attempt=step.attempt, progress=step.progress)


def _without_text(update: JobUpdate) -> JobUpdate:
    return replace(update, output="", output_offset=0, is_withheld=True)


async def _snapshot(job: Job, *, resynced: bool) -> JobUpdate:
    return JobUpdate(job, await queries.output_so_far(job), 0, resynced)
