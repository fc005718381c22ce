"""Dramatiq and nothing else: enqueues messages for an actor that does nothing, runs them, prints how fast.

Run by the harness as `python -m bench.bare_worker`: broker, threads and prefetch are those of a LaunchKit worker.
"""

import argparse
import asyncio
import collections
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

# Read by dramatiq.worker when it is imported; what workers.main sets.
os.environ.setdefault("dramatiq_queue_prefetch", "64")

import asyncpg
import dramatiq
import orjson
import uvloop
from dramatiq import Worker
from dramatiq.asyncio import EventLoopThread, set_event_loop_thread
from dramatiq.middleware import Retries

from app.infra import broker as broker_module
from app.infra import parent, telemetry
from bench import processes

_QUEUE = "bench"
_POLL_MS = 20
_BACKOFF_MS = 100
_PATIENCE_SECONDS = 60
_POOL_SIZE = 10
_WRITE = "INSERT INTO bench_row (id, body, at) VALUES (gen_random_uuid(), '{}', now())"


class _Expected(Exception):
    pass


class Counter:
    """When the first message ran, and when the last did."""

    def __init__(self, wanted: int) -> None:
        self.first = self.last = self.cpu = 0.0
        self.done = threading.Event()
        self._left = wanted
        self._lock = threading.Lock()

    def count(self) -> None:
        with self._lock:
            now = time.perf_counter()
            if not self.first:
                self.first, self.cpu = now, time.process_time()
            self._left -= 1
            if not self._left:
                self.last, self.cpu = now, time.process_time() - self.cpu
                self.done.set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actor", choices=["sync", "async", "writes", "flaky"], required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--failures", type=int, default=0, help="of each message, for `flaky`")
    options = parser.parse_args()
    parent.die_with_it()
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    loop = EventLoopThread(telemetry.logger(__name__))
    loop.start(timeout=5)
    set_event_loop_thread(loop)
    # Without jitter: the shortest pause is the longest, too.
    retries = Retries(min_backoff=_BACKOFF_MS, max_backoff=_BACKOFF_MS)
    middleware: list[dramatiq.Middleware] = [retries] if options.failures else []
    broker = broker_module.connect(os.environ["REDIS_URL"], middleware)
    counter = Counter(options.messages)
    decorate = dramatiq.actor(broker=broker, queue_name=_QUEUE)
    actor = decorate(_function(options.actor, counter, loop, options.failures))
    started = time.perf_counter()
    for number in range(options.messages):
        actor.send(*([number] if options.failures else []))
    enqueued = options.messages / (time.perf_counter() - started)
    worker = Worker(broker, worker_timeout=_POLL_MS, worker_threads=options.threads)
    worker.start()
    counter.done.wait(_PATIENCE_SECONDS)
    worker.stop()
    loop.stop()  # type: ignore[no-untyped-call]
    loop.join()
    rate = options.messages / (counter.last - counter.first)
    found = {
        "rate": rate,
        "enqueued": enqueued,
        "cpu_us": counter.cpu / options.messages * 1e6,
        "rss_mib": processes.rss_mib(os.getpid(), peak=True),
    }
    print(orjson.dumps(found).decode())


def _function(kind: str, counter: Counter, loop: EventLoopThread, failures: int) -> Callable[..., Any]:
    async def do_nothing() -> None:
        counter.count()

    tries: collections.Counter[int] = collections.Counter()

    async def fail_first(number: int) -> None:
        tries[number] += 1
        if tries[number] <= failures:
            raise _Expected
        counter.count()

    if kind == "flaky":
        # What it says of each failure would be measured, too.
        logging.disable(logging.CRITICAL)
        return fail_first
    if kind == "async":
        return do_nothing
    if kind == "sync":
        return counter.count
    pool = loop.run_coroutine(_open_pool())

    async def write_twice() -> None:
        """What a job cannot do without: a row when it starts, a row when it ends."""
        await pool.execute(_WRITE)
        await pool.execute(_WRITE)
        counter.count()

    return write_twice


async def _open_pool() -> "asyncpg.Pool[asyncpg.Record]":
    return await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=1, max_size=_POOL_SIZE, reset=_keep_session
    )


async def _keep_session(_connection: object) -> None:
    """In place of asyncpg's reset query, as in the application."""


if __name__ == "__main__":
    main()
