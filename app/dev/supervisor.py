"""`launchkit dev` from start to end: servers, database, processes, first job, and all of it down again."""

import asyncio
import importlib
import os
import shutil
import signal
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.config import Settings, SettingsError
from app.core.errors import Kind, LaunchKitError
from app.dev import port, servers, state, welcome
from app.dev.children import Children, Program
from app.dev.seed import facts
from app.dev.state import Running
from app.dev.terminal import Terminal
from app.infra import migrations
from app.infra.embedded.lock import DirectoryLock

_FIRST = (Program("web", ["serve"]), Program("worker", ["worker"]))
# No request waits for these; four interpreters that start at once make each other late.
_THEN = (Program("relay", ["relay"]), Program("scheduler", ["scheduler"]))
_READY_SECONDS = 60.0


class NotReady(LaunchKitError):
    kind = Kind.UNAVAILABLE
    code = "not_ready"
    title = f"The web server is not ready after {_READY_SECONDS:.0f} s; the lines above say why."


def run(settings: Settings, terminal: Terminal, *, now: datetime, started: float, with_demo: bool) -> None:
    """Returns after SIGINT, SIGTERM or SIGHUP, with everything stopped; call from the main thread.

    `started` is when the command was given, in `time.monotonic()`.
    """
    _require_place(settings)
    work = _work(settings, terminal, now=now, started=started, with_demo=with_demo)
    asyncio.run(_until_stopped(work, settings, terminal))


async def _until_stopped(
    coroutine: Coroutine[Any, Any, None], settings: Settings, terminal: Terminal
) -> None:
    work = asyncio.create_task(coroutine)
    was_stopped = False

    def stop() -> None:
        nonlocal was_stopped
        if was_stopped:
            # The kernel ends the processes with us, and the servers are told to stop.
            state.withdraw(settings.data_dir)
            os._exit(1)
        was_stopped = True
        terminal.say("Stopping. Once more to stop at once.")
        work.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        await work
    except asyncio.CancelledError:
        if not was_stopped:
            raise
        terminal.say("Stopped.")


async def _work(
    settings: Settings, terminal: Terminal, *, now: datetime, started: float, with_demo: bool
) -> None:
    async with AsyncExitStack() as stack:
        settings = await stack.enter_async_context(servers.running(settings, terminal.say))
        state.withdraw(settings.data_dir)
        if not settings.secret_key:
            settings = replace(settings, secret_key=state.secret_key(settings.data_dir))
        applied = await migrations.migrate(settings.require_database_url())
        if applied:
            terminal.say(f"Database brought up to date: {', '.join(applied)}")
        api_key = state.demo_key(settings.data_dir) or await _seed(settings, terminal, now)

        children = Children(environment=_environment(settings), report=terminal.say, output=terminal.line)
        stack.push_async_callback(children.stop)
        children.start(*_FIRST)
        api_key = await _ensure_seeded(settings, terminal, api_key, now)
        running = _describe(settings, api_key)
        await _until_ready(running.url)
        children.start(*_THEN)
        state.announce(settings.data_dir, running)
        stack.callback(state.withdraw, settings.data_dir)
        terminal.say(f"Ready after {time.monotonic() - started:.1f} s: {running.url}")

        job_id = await _show_demo(running, terminal) if with_demo else None
        terminal.show(welcome.text(running, job_id=job_id))
        await children.failed()


async def _seed(settings: Settings, terminal: Terminal, now: datetime) -> str:
    """The demo API key, once all demo data is there."""
    # Half a second of imports that only a first start needs.
    seed = await asyncio.to_thread(importlib.import_module, "app.dev.seed.run")
    seeded = await seed.run(settings, token=state.demo_key(settings.data_dir), now=now)
    if seeded.is_new_key:
        state.keep_demo_key(settings.data_dir, seeded.api_key)
    terminal.say(f"Seeded {', '.join(seeded.added)}." if seeded.added else "Demo data is there.")
    return str(seeded.api_key)


async def _ensure_seeded(settings: Settings, terminal: Terminal, api_key: str, now: datetime) -> str:
    """As `_seed`, for a warm start: one query while the processes start, where nothing is missing."""
    check = await asyncio.to_thread(importlib.import_module, "app.dev.seed.check")
    is_complete = await check.is_complete(settings, api_key)
    return api_key if is_complete else await _seed(settings, terminal, now)


def _environment(settings: Settings) -> dict[str, str]:
    metrics = settings.data_dir / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir()
    return {
        **os.environ,
        "DATABASE_URL": settings.require_database_url(),
        "REDIS_URL": settings.require_redis_url(),
        "LAUNCHKIT_SECRET_KEY": settings.secret_key,
        "LAUNCHKIT_DATA_DIR": str(settings.data_dir),
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        # The web process tells the metrics of all; a port of their own would be one port for four.
        "LAUNCHKIT_METRICS_PORT": "",
        # The ORM orders the columns of a SELECT by a set: one spelling of each query for all processes.
        "PYTHONHASHSEED": "0",
        # glibc gives each of a worker's threads an arena of its own, and never gives it back.
        "MALLOC_ARENA_MAX": "2",
    }


def _describe(settings: Settings, api_key: str) -> Running:
    return Running(
        url=local_url(settings),
        api_key=api_key,
        email=facts.EMAIL,
        password=facts.PASSWORD,
        database_url=settings.require_database_url(),
        redis_url=settings.require_redis_url(),
        pid=os.getpid(),
    )


def local_url(settings: Settings) -> str:
    """Where this machine reaches the web server, whatever addresses it listens on."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{host}:{settings.port}"


async def _until_ready(url: str) -> None:
    # In a thread, while the processes start; nothing before them needs an HTTP client.
    readiness = await asyncio.to_thread(importlib.import_module, "app.dev.readiness")
    try:
        async with asyncio.timeout(_READY_SECONDS):
            await readiness.wait(url)
    except TimeoutError:
        raise NotReady from None


async def _show_demo(running: Running, terminal: Terminal) -> str | None:
    """The id of the job that was shown; a demo that fails is no reason to stop serving."""
    show = await asyncio.to_thread(importlib.import_module, "app.dev.demo.show")
    with terminal.held() as console:
        try:
            console.print()
            return str(await show.sample(running.url, running.api_key, console))
        except LaunchKitError as error:
            console.print(str(error), style="red")
            return None
        finally:
            console.print()


def _require_place(settings: Settings) -> None:
    """Raises where the data directory or the port is someone else's, before anything is started."""
    if settings.is_production:
        raise SettingsError(
            "LAUNCHKIT_ENV is production: `launchkit dev` is for development; see `launchkit serve`."
        )
    try:
        port.require_free(settings)
    except port.PortTaken:
        # Most likely by another `dev` of this data directory: then that is what to say.
        _require_unlocked(settings.data_dir)
        raise


def _require_unlocked(data_dir: Path) -> None:
    if data_dir.is_dir():
        lock = DirectoryLock(data_dir.resolve())
        lock.acquire()
        lock.release()
