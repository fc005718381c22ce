"""`/health` (the process lives), `/ready` (it can do its work), `/metrics` (Prometheus)."""

import asyncio
import os

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from app.core.errors import LaunchKitError
from app.infra import db, redis
from app.web.body import json_response
from app.web.services import SERVICES

_PATIENCE_SECONDS = 2.0


def add_routes(app: web.Application) -> None:
    app.router.add_get("/health", health)
    app.router.add_get("/ready", ready)
    app.router.add_get("/metrics", metrics)


async def health(_request: web.Request) -> web.Response:
    return json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """200 when PostgreSQL answers. Redis away is reported, not fatal: requests are still served without it."""
    database, cache = await asyncio.gather(_database(), _redis(request))
    body = {"status": "ok" if database == "ok" else "unavailable", "database": database, "redis": cache}
    return json_response(body, status=200 if database == "ok" else 503)


async def metrics(_request: web.Request) -> web.Response:
    """Of all processes that share PROMETHEUS_MULTIPROC_DIR, or of this one."""
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    body = await asyncio.to_thread(generate_latest, registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _database() -> str:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await db.fetchval("SELECT 1")
    except (LaunchKitError, OSError, TimeoutError):
        return "unreachable"
    return "ok"


async def _redis(request: web.Request) -> str:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            with redis.failures():
                await request.app[SERVICES].redis.ping()
    except (OSError, TimeoutError):
        return "unreachable"
    return "ok"
