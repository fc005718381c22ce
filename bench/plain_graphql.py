"""Strawberry as its documentation shows it: our types and resolvers, its own view, its two caches, nothing else.

Run by the harness as `python -m bench.plain_graphql`. Who asks is fixed when the process starts: there is no
authentication, no limit, no masking. With BENCH_OBSERVED each request has what every request of ours has besides: its
id, span, metrics, log line and security headers.
"""

import gc
import os
from collections.abc import AsyncIterator
from typing import Any, cast

import strawberry
import uvloop
from aiohttp import web
from strawberry.aiohttp.views import GraphQLView
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from app import main as main_app
from app.core import config, ids
from app.core.ids import OrgId
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.infra import orm, parent, telemetry
from app.web import middleware, protection
from app.web.authentication import Credential
from app.web.services import SERVICES
from schema import root
from schema.core.context import Context
from schema.core.scalars import SCALARS
from schema.jobs.types import Job
from schema.orgs.types import Org

_PLAIN = strawberry.Schema(
    query=root.Query,
    types=[Job, Org],
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=[ParserCache, ValidationCache],
)


class View(GraphQLView[Context, None]):
    def __init__(self, principal: Principal) -> None:
        super().__init__(schema=_PLAIN, graphql_ide=None)
        self._credential = Credential(principal)

    async def get_context(self, request: web.Request, response: web.StreamResponse) -> Context:
        services: Any = None
        return Context(request, response, services, self._credential)


def _owner() -> Principal:
    user_id, org_id = (ids.decode(kind, os.environ[f"BENCH_{kind.upper()}"]) for kind in ("user", "org"))
    return Principal("user", user_id, {OrgId(org_id): ROLE_PERMISSIONS[Role.OWNER]})


async def _ready(_request: web.Request) -> web.Response:
    return web.Response()


async def _database(_app: web.Application) -> AsyncIterator[None]:
    await orm.init(config.load(), application_name="bench-plain")
    # As in the application: without it, this process's slowest requests would be five times as slow.
    gc.collect()
    gc.freeze()
    yield
    await orm.close()


def _observed() -> web.Application:
    settings = config.load()
    telemetry.configure(settings, service="bench")
    app = web.Application(middlewares=[middleware.observe, middleware.catch])
    app[SERVICES] = main_app.create_app(settings)[SERVICES]  # where the settings of proxies are looked up
    protection.add_headers(app, settings)
    return app


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    app = _observed() if os.environ.get("BENCH_OBSERVED") else web.Application()
    app.cleanup_ctx.append(_database)
    app.router.add_get("/ready", _ready)
    app.router.add_route("*", "/graphql", cast("Any", View(_owner())))
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main()
