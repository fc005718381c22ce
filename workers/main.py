"""Composition root of a worker process.

Runs Dramatiq's `Worker` itself instead of its command line: one process, no fork, one signal handler (the
command line hangs on a second SIGTERM; see docs/decisions/0006).
"""

import asyncio
import logging
import signal
import threading

import uvloop
from dramatiq import Worker
from dramatiq.asyncio import EventLoopThread, set_event_loop_thread
from dramatiq.middleware import Retries

from app.core.config import Settings
from app.infra import broker as broker_module
from app.infra import telemetry
from workers import actor, jobs, mirror, payments, periodic_work, pricing  # noqa: F401 - importing a module of actors declares them
from workers.mails import accounts, invitations, registration, webhooks  # noqa: F401 - likewise
from workers.middleware.acknowledge import Acknowledge
from workers.middleware.tracing import Tracing
from workers.runtime import Runtime

log = telemetry.logger(__name__)

# An idle thread looks this often whether it is to end; messages wake it. RabbitMQ's consumers wait as long.
_IDLE_POLL_MS = 200
_STOP_MS = 8_000
# For giving back what did not end, and for closing what is open.
_CLOSE_SECONDS = 5.0


def main(settings: Settings, *, threads: int) -> None:
    """Runs actors until SIGTERM or SIGINT. `threads` bounds how many run at once in this process."""
    telemetry.configure(settings, service="worker")
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())

    broker = broker_module.connect(
        settings.effective_broker_url, [Tracing(), Acknowledge(), Retries(max_retries=20)]
    )
    actor.register(broker)
    loop = EventLoopThread(logging.getLogger("dramatiq"))
    loop.start(timeout=5)
    set_event_loop_thread(loop)
    runtime = Runtime(settings)
    try:
        # Before the first message can arrive.
        loop.run_coroutine(runtime.start())
    except BaseException:
        # The loop's thread and the keeper's would keep a process alive that does nothing.
        loop.run_coroutine(runtime.stop())
        loop.stop()  # type: ignore[no-untyped-call]
        raise
    worker = Worker(broker, worker_timeout=_IDLE_POLL_MS, worker_threads=threads)
    # No more than it can begin at once: what it hoards behind long jobs another worker could be running.
    worker.queue_prefetch = threads
    worker.start()
    runtime.watchdog.before_ending(lambda: _take_no_more(worker))
    log.info("worker.ready", threads=threads)
    stopping.wait()
    log.info("worker.stopping")
    worker.stop(timeout=_STOP_MS)
    _close(loop, runtime)
    broker.close()
    telemetry.shutdown()


def _take_no_more(worker: Worker) -> None:
    """What is sent from here on is for other workers. Without waiting for handlers, as Dramatiq's own `pause` does."""
    for consumer in list(worker.consumers.values()):
        consumer.pause()


def _close(loop: EventLoopThread, runtime: Runtime) -> None:
    if runtime.watchdog.is_blocked:
        runtime.watchdog.end_process()
    closed = asyncio.run_coroutine_threadsafe(runtime.stop(), loop.loop)
    try:
        closed.result(timeout=_CLOSE_SECONDS)
    except TimeoutError:
        runtime.watchdog.end_process()
    loop.stop()  # type: ignore[no-untyped-call]
