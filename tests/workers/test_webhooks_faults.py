"""Webhooks with real worker processes that are killed, relays and schedulers in pairs."""

import asyncio
import os
import signal
import sys

from aiohttp import web

from app.core.config import Settings
from app.infra import db
from tests.factories import webhooks
from tests.factories.orgs import Tenant
from tests.fakes.outside import sink
from tests.waiting import eventually, until
from tests.workers.test_process import ROOT, STARTING_SECONDS, worker

ALLOWED = {"LAUNCHKIT_EGRESS_ALLOW": "127.0.0.1", "LAUNCHKIT_EGRESS_HTTP": "on"}
_UP = "SELECT application_name, count(*) FROM pg_stat_activity WHERE application_name = ANY($1) GROUP BY 1"
_EACH_TWICE = ("launchkit-relay", "launchkit-scheduler", "launchkit-worker")
_LEASE_OVER = "UPDATE webhook_delivery SET due_at = now() WHERE state = 'SENDING'"


class TestWorker:
    async def test_that_is_killed_in_mid_delivery_loses_none(self, acme: Tenant, settings: Settings) -> None:
        async with sink() as server:
            begun, held = asyncio.Event(), asyncio.Event()

            async def hold(_request: web.Request) -> web.Response:
                begun.set()
                await held.wait()
                return web.Response()

            server.behaviours["/hook"] = hold
            await webhooks.made(acme, f"{server.url}/hook")
            await webhooks.tell(acme)
            async with worker(settings, **ALLOWED) as process:
                await asyncio.wait_for(begun.wait(), STARTING_SECONDS)
                process.send_signal(signal.SIGKILL)
                await process.wait()
            assert await db.fetchval("SELECT state FROM webhook_delivery") == "SENDING"
            server.behaviours.clear()
            held.set()
            # What half a minute does.
            await db.execute(_LEASE_OVER)
            async with worker(settings, **ALLOWED):
                await until(_all_succeeded, "the second attempt", seconds=STARTING_SECONDS)

        first, second = server.requests
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.headers["X-LK-Delivery"] == second.headers["X-LK-Delivery"]
        assert first.body == second.body

    async def test_sends_each_once_beside_another_and_two_relays_and_schedulers(
        self, acme: Tenant, settings: Settings
    ) -> None:
        async with sink() as server:
            for number in range(3):
                await webhooks.made(acme, f"{server.url}/{number}")
            others = [await _start(settings, name) for name in ("relay", "relay", "scheduler", "scheduler")]
            try:
                async with worker(settings, **ALLOWED), worker(settings, **ALLOWED):
                    await eventually(_all_are_up, within=STARTING_SECONDS, what="six processes")
                    for _ in range(10):
                        await webhooks.tell(acme, count=10)
                    await until(_all_succeeded, "all deliveries", seconds=60)
            finally:
                for process in others:
                    process.kill()
                    await process.wait()

        sent = [request.headers["X-LK-Delivery"] for request in server.requests]
        assert len(sent) == len(set(sent)) == 300


async def _all_are_up() -> bool:
    """Each has a connection at least."""
    found = {row["application_name"]: row["count"] for row in await db.fetch(_UP, list(_EACH_TWICE))}
    return all(found.get(name, 0) >= 2 for name in _EACH_TWICE)


async def _all_succeeded() -> bool:
    return not await db.fetchval("SELECT count(*) FROM webhook_delivery WHERE state <> 'SUCCEEDED'")


async def _start(settings: Settings, name: str) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.require_database_url(),
        "REDIS_URL": settings.require_redis_url(),
        "LAUNCHKIT_SECRET_KEY": settings.secret_key,
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", name),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
