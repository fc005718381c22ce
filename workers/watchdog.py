"""Watching over a worker process from outside its event loop, so that one handler cannot take the others with it.

A thread looks a few times a second. Where a handler stands in the way of all (it blocks the event loop and its time is
over), or where the process has grown too large, the thread writes what has to be written on connections of its own,
gives the other jobs back, which counts no loss for them, and ends the process hard; a supervisor starts another. So it
does where the event loop has ended: a task that a handler began raised `SystemExit`, say.

A handler that does not even let other threads run (it never lets go of the interpreter lock) is met by a timer of the
interpreter's own, which needs no lock: it prints where everything stands and ends the process. Its leases then run out,
or are ended by who comes after it.
"""

import asyncio
import contextlib
import faulthandler
import math
import os
import resource
import sys
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import psutil
from tortoise.context import TortoiseContext

from app.core import ids
from app.core.clock import utcnow
from app.infra import db, orm, telemetry
from app.jobs import execution, leases
from app.jobs.execution import Lease
from app.jobs.state import LEASE
from app.jobs.types import JobError, ModelCall
from app.outbox import courier as outbox_courier
from workers.stopping import Wish

log = telemetry.logger(__name__)

EXIT_STATUS = 75  # sysexits(3): a failure that passes; whoever supervises starts another

_LOOK_SECONDS = 0.25
# An event loop that does not answer for this long stands still; a busy one is late by milliseconds.
_STILL_SECONDS = 2.0
# For a handler that is to stop and lets nothing else run: it cannot use the longer time that others have.
_BLOCKED_SECONDS = 5.0
_STUCK = JobError("time_limit", "The job held up its whole worker, and could only be ended with it.")
# Each step of a process's end; without them the leases run out by themselves.
_STEP_SECONDS = 4.0
# Of a lease: ended sooner than it is over and another worker may have the jobs.
_FROZEN_SHARE = 5 / 6
_ARM_SHARE = 1 / 6
_MIB = 1024 * 1024
_NEAR_THE_MOST = 0.8
# Threads and what they map: address space that is counted as data and mostly never used.
_UNUSED_DATA_BYTES = 512 * _MIB

_running: ContextVar[UUID | None] = ContextVar("running_job", default=None)


@dataclass(slots=True)
class _Watched:
    """A handler at work. `growth`: bytes that the process gained while it ran, shared among those that ran."""

    lease: Lease
    wish: Wish
    limit_at: float
    step_seconds: float
    started_at: float
    calls: Sequence[ModelCall] = ()
    growth: float = 0.0

    @property
    def culprit(self) -> "_Culprit":
        return _Culprit(self.lease, self.calls)

    def is_over(self, now: float, still_seconds: float) -> bool:
        asked_at = self.wish.asked_at
        return (
            now > self.limit_at
            or still_seconds > self.step_seconds + _STILL_SECONDS
            or (asked_at is not None and now > asked_at + _BLOCKED_SECONDS)
        )


@dataclass(frozen=True, slots=True)
class _Culprit:
    """`calls` are those that its handler noted: they are billed where its job ends, as with any other end."""

    lease: Lease
    calls: Sequence[ModelCall]


@dataclass(frozen=True, slots=True)
class _Verdict:
    reason: Literal["stuck", "memory", "loop_ended"]
    culprits: Sequence[_Culprit]


class Watchdog:
    """One per worker process; `event_loop` is the one that handlers run on, `held` the leases of the process.

    With `memory_bytes` the process ends when it is larger. `ends_frozen`: also when no thread of it can run.
    """

    def __init__(
        self,
        database_url: str,
        event_loop: asyncio.AbstractEventLoop,
        held: Callable[[], Sequence[UUID]],
        *,
        lease: timedelta = LEASE,
        memory_bytes: int | None = None,
        ends_frozen: bool = False,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._database_url = database_url
        self._loop = event_loop
        self._held = held
        self._lease_seconds = lease.total_seconds()
        self._memory_bytes = memory_bytes
        self._ends_frozen = ends_frozen
        self._end = end
        self._watched: dict[UUID, _Watched] = {}
        self._owners: weakref.WeakKeyDictionary[asyncio.Future[Any], UUID] = weakref.WeakKeyDictionary()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._main, name="watchdog", daemon=True)
        self._process = psutil.Process()
        self._resident = self._process.memory_info().rss
        self._asked_at: float | None = None
        self._armed_at = -math.inf
        self._exhausted: _Culprit | None = None
        self._is_ending = False
        self._take_no_more: Callable[[], object] = lambda: None

    @property
    def is_ending(self) -> bool:
        """Whether the process is past beginning anything."""
        return self._is_ending

    @property
    def is_blocked(self) -> bool:
        """Whether the event loop stands still."""
        asked_at = self._asked_at
        return asked_at is not None and time.monotonic() - asked_at > _STILL_SECONDS

    def before_ending(self, take_no_more: Callable[[], object]) -> None:
        """`take_no_more` is called first of all, from any thread, perhaps twice; it must not wait for anything.

        What the process gave back would otherwise come to itself, and be lost with it for a while.
        """
        self._take_no_more = take_no_more

    def start(self) -> None:
        self._loop.set_task_factory(self._new_task)
        if self._memory_bytes is not None:
            _bound_data(self._memory_bytes - self._resident + _UNUSED_DATA_BYTES)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    @contextmanager
    def watch(
        self,
        lease: Lease,
        wish: Wish,
        limit_seconds: float,
        *,
        step_seconds: float | None = None,
        calls: Sequence[ModelCall] = (),
    ) -> Iterator[None]:
        """The block is the handler's; it is over at `limit_seconds`, or when the wish is told that it stop.

        It may let nothing else run for `step_seconds` (None: for all of its time). `calls` grows with what it notes.
        """
        now = time.monotonic()
        watched = _Watched(
            lease, wish, now + limit_seconds + _STILL_SECONDS, step_seconds or limit_seconds, now, calls
        )
        mark = _running.set(lease.token)
        with self._lock:
            self._watched[lease.token] = watched
        try:
            yield
        finally:
            with self._lock:
                self._watched.pop(lease.token, None)
            _running.reset(mark)

    def exhausted(self, lease: Lease, calls: Sequence[ModelCall] = ()) -> None:
        """This handler found no memory left. What else has met with that cannot be known: the process ends."""
        self._begin_ending()
        self._exhausted = _Culprit(lease, calls)

    def end_process(self) -> None:
        """Gives everything back and ends the process, from any thread; for a stop that a handler is in the way of."""
        self._carry_out(_Verdict("stuck", []))

    def _new_task(
        self,
        loop: asyncio.AbstractEventLoop,
        coro: Coroutine[Any, Any, Any] | Generator[Any, None, Any],
        **options: Any,
    ) -> "asyncio.Task[Any]":
        """Notes whose handler a task belongs to, also one that the handler starts."""
        task = asyncio.Task(coro, loop=loop, **options)
        if (token := _running.get()) is not None:
            self._owners[task] = token
        return task

    def _main(self) -> None:
        while not self._stopping.wait(_LOOK_SECONDS):
            try:
                verdict = self._look(time.monotonic())
            except Exception:
                log.error("watchdog.look_failed", exc_info=True)
                continue
            if verdict is not None:
                self._carry_out(verdict)
                return
        if self._ends_frozen:
            faulthandler.cancel_dump_traceback_later()

    def _look(self, now: float) -> _Verdict | None:
        self._arm(now)
        if not self._loop.is_running():
            return _Verdict("loop_ended", self._who_ended_the_loop())
        still_seconds = self._ask(now)
        is_still = still_seconds > _STILL_SECONDS
        owner = self._owner() if is_still else None
        with self._lock:
            watched = list(self._watched.values())
        resident = self._grow(watched, owner)
        if self._exhausted is not None:
            return _Verdict("memory", [self._exhausted])
        if self._memory_bytes is not None and resident > self._memory_bytes:
            return _Verdict("memory", _largest(watched))
        if is_still:
            # Of several whose time is over it is the one that runs; of a task that nobody knows, any of them.
            over = [
                w.culprit for w in watched if w.is_over(now, still_seconds) and owner in (None, w.lease.token)
            ]
            return _Verdict("stuck", over) if over else None
        return None

    def _arm(self, now: float) -> None:
        if self._ends_frozen and now - self._armed_at >= self._lease_seconds * _ARM_SHARE:
            self._armed_at = now
            faulthandler.dump_traceback_later(self._lease_seconds * _FROZEN_SHARE, exit=True)

    def _ask(self, now: float) -> float:
        """For how many seconds the event loop has not answered."""
        asked_at = self._asked_at  # once: another thread answers
        if asked_at is not None:
            return now - asked_at
        self._asked_at = now
        self._loop.call_soon_threadsafe(self._answer)
        return 0.0

    def _answer(self) -> None:
        self._asked_at = None

    def _owner(self) -> UUID | None:
        task = asyncio.current_task(self._loop)
        return None if task is None else self._owners.get(task)

    def _who_ended_the_loop(self) -> Sequence[_Culprit]:
        """Whose task raised what asyncio lets through to whoever runs the loop; where none did, all that ran."""
        ending = {
            token
            for task, token in list(self._owners.items())
            if task.done()
            and not task.cancelled()
            and isinstance(task.exception(), (SystemExit, KeyboardInterrupt))
        }
        with self._lock:
            watched = list(self._watched.values())
        return [w.culprit for w in watched if w.lease.token in ending] or [w.culprit for w in watched]

    def _grow(self, watched: Sequence[_Watched], owner: UUID | None) -> int:
        """Notes on whose account the process has grown since the last look; its size in bytes."""
        resident: int = self._process.memory_info().rss
        grown, self._resident = max(0, resident - self._resident), resident
        suspects = [w for w in watched if w.lease.token == owner] or watched
        for each in suspects:
            each.growth += grown / len(suspects)
        return resident

    def _begin_ending(self) -> None:
        self._take_no_more()
        self._is_ending = True

    def _carry_out(self, verdict: _Verdict) -> None:
        try:
            self._begin_ending()
            _unbound_data()
            outbox_courier.dismiss()
            log.error(
                "worker.ending",
                reason=verdict.reason,
                culprits=[ids.encode("job", each.lease.job.id) for each in verdict.culprits],
                memory_mib=self._resident // _MIB,
            )
            asyncio.run(self._write(verdict))
        finally:
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError):
                    stream.flush()
            self._end(EXIT_STATUS)

    async def _write(self, verdict: _Verdict) -> None:
        """What has to be known of the jobs of this process, on connections of this thread's own."""
        db.commit_alone()
        async with TortoiseContext() as context:
            await context.init(
                config=orm.config(self._database_url, pool_size=1, application_name="launchkit-watchdog")
            )
            for each in verdict.culprits:
                calls = list(each.calls)
                if verdict.reason == "stuck":
                    await _try(
                        execution.fail(each.lease, _STUCK, is_retryable=False, calls=calls, now=utcnow())
                    )
                elif calls:
                    await _try(execution.note_calls(each.lease, calls))
            culprits = {each.lease.token for each in verdict.culprits}
            others = [token for token in self._held() if token not in culprits]
            await _try(leases.end(list(culprits), now=utcnow()))
            await _try(leases.give_back(others, now=utcnow()))


def _largest(watched: Sequence[_Watched]) -> list[_Culprit]:
    """On whose account the process grew most. None where no handler runs.

    What was there before the growth began has as much on its account as who made it: of several that are near the most
    it is the one that cost most workers before (an innocent was given back, which counts none), then the one that was
    tried most often, and then the one that came last.
    """
    most = max((each.growth for each in watched), default=0.0)
    suspects = [each for each in watched if each.growth >= most * _NEAR_THE_MOST]
    suspects.sort(key=lambda each: (each.lease.losses, each.lease.job.attempt, each.started_at))
    return [each.culprit for each in suspects[-1:]]


async def _try(step: Awaitable[object]) -> None:
    """A step that fails must not keep the next from being tried, nor the process from ending."""
    try:
        async with asyncio.timeout(_STEP_SECONDS):
            await step
    except Exception as error:  # noqa: BLE001 - as above
        log.warning("worker.ending_step_failed", error=repr(error))


def _bound_data(more_bytes: int) -> None:
    """Makes an allocation fail that would take the process far over its memory between two looks."""
    if sys.platform != "linux":
        return
    status = Path("/proc/self/status").read_text("ascii")
    used = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = used * 1024 + more_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def _unbound_data() -> None:
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
