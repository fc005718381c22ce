"""Bare servers, one of which lets nobody in without a key and a rate limit.

Run by the harness as `python -m bench.admission`. All three answers are the same bytes; what differs is what comes
before: nothing, `rate_limit.admit` (the key from the process's cache, then one round trip to Redis), and the same
with the key looked up in PostgreSQL, as it is once a second.
"""

import gc
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import uvloop
from aiohttp import web

from app.apikeys.service import KeyVerifier
from app.core import config
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import hashing, orm, parent
from app.infra.buckets import LocalBuckets, SharedBuckets
from app.infra.redis_line import Line
from app.limits.service import Limiter
from app.web import rate_limit
from app.web.authentication import read_credential
from app.web.services import SERVICES, Services

_BODY = b'{"data":{"hello":"world"}}'
_PATIENCE_SECONDS = 0.25


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    settings = config.load()
    line = Line(settings.require_redis_url(), patience_seconds=_PATIENCE_SECONDS)
    app = web.Application()
    # Only what admission touches; the rest of a web process's services is not there.
    unused: Any = None
    app[SERVICES] = Services(
        settings=settings,
        keys=KeyVerifier(_digest_key(settings)),
        tokens=unused,
        redis=unused,
        job_feeds=unused,
        limiter=Limiter(SharedBuckets(line), LocalBuckets()),
        audit_feeds=unused,
    )
    app.on_response_prepare.append(rate_limit.add_fields)
    app.cleanup_ctx.append(_resources(settings, line))
    app.add_routes(
        [
            web.get("/ready", _bare),
            web.get("/bare", _bare),
            web.get("/admitted", _admitted),
            web.get("/looked-up", _looked_up),
        ]
    )
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


async def _bare(_request: web.Request) -> web.Response:
    return web.Response(body=_BODY, content_type="application/json")


async def _admitted(request: web.Request) -> web.Response:
    await rate_limit.admit(request)
    return web.Response(body=_BODY, content_type="application/json")


async def _looked_up(request: web.Request) -> web.Response:
    services = request.app[SERVICES]
    forgetful = replace(services, keys=KeyVerifier(_digest_key(services.settings)))
    credential = await read_credential(forgetful, request.headers["Authorization"], now=utcnow())
    await rate_limit.charge(request, credential)
    return web.Response(body=_BODY, content_type="application/json")


def _digest_key(settings: Settings) -> bytes:
    return hashing.derive_key(settings.secret_key, "api-keys")


def _resources(settings: Settings, line: Line) -> Callable[[web.Application], AsyncIterator[None]]:
    async def open_and_close(_app: web.Application) -> AsyncIterator[None]:
        await orm.init(settings, application_name="bench-admission")
        gc.collect()
        gc.freeze()
        yield
        await line.close()
        await orm.close()

    return open_and_close


if __name__ == "__main__":
    main()
