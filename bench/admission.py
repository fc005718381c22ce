"""Bare servers, one of which lets nobody in without a key and a rate limit.

Run by the harness as `python -m bench.admission`. All three answers are the same bytes; what differs is what comes
before: nothing, `rate_limit.admit` (the key from the process's cache, then one round trip to Redis), and the same
with the key looked up in PostgreSQL, as it is once a second.
"""

import os
from dataclasses import replace

import uvloop
from aiohttp import web

from app import main as main_app
from app.apikeys.verification import KeyVerifier
from app.core import config
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import hashing, parent
from app.web import rate_limit
from app.web.authentication import read_credential
from app.web.services import SERVICES

_BODY = b'{"data":{"hello":"world"}}'


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    app = web.Application()
    # The services of a web process, as that makes, opens and closes them.
    whole = main_app.create_app(config.load())
    app[SERVICES] = whole[SERVICES]
    app.cleanup_ctx.extend(whole.cleanup_ctx)
    app.on_response_prepare.append(rate_limit.add_fields)
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


if __name__ == "__main__":
    main()
