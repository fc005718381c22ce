"""The web server of one process."""

import asyncio
import signal

import uvloop
from aiohttp import web

from app import main
from app.cli import sockets
from app.core.config import Settings
from app.dev import port
from app.infra import telemetry
from app.web.server import Runner

log = telemetry.logger(__name__)

_STOP_SECONDS = 8.0
# Of that, what requests are given before the connections are closed under them.
_FINISH_SECONDS = 6.0


def run(settings: Settings, *, share_port: bool) -> None:
    """Serves until SIGTERM or SIGINT. With `share_port` the kernel spreads connections over several of these."""
    telemetry.configure(settings, service="web")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, share_port=share_port))
    telemetry.shutdown()


async def _serve(settings: Settings, *, share_port: bool) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    app = main.create_app(settings)
    sockets.close_at_shutdown(app)
    # Requests are logged by our own middleware.
    runner = Runner(app, settings, access_log=None, shutdown_timeout=_FINISH_SECONDS)
    try:
        await runner.setup()
        await _listen(runner, settings, share_port=share_port)
        log.info("web.ready", url=f"http://{settings.host}:{settings.port}")
        await stopping.wait()
        log.info("web.stopping")
    finally:
        await _clean_up(runner)


async def _listen(runner: web.AppRunner, settings: Settings, *, share_port: bool) -> None:
    site = web.TCPSite(runner, settings.host, settings.port, reuse_port=share_port or None)
    try:
        await site.start()
    except OSError as error:
        raise port.refusal(settings, error) from error


async def _clean_up(runner: web.AppRunner) -> None:
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await runner.cleanup()
    except TimeoutError:
        log.warning("web.stopped_by_force", seconds=_STOP_SECONDS)
