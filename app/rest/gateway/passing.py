"""What costs nothing and is passed on: models that there are, and the counting of tokens."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import web

from app.core.allowed_models import allows
from app.core.principal import Permission, Principal
from app.core.upstreams import Outgoing
from app.gateway import editing, headers, threads
from app.gateway.errors import ModelNotFound, UpstreamRedirected, UpstreamUnauthorised
from app.gateway.protocols import reading
from app.gateway.types import Dialect, Target
from app.infra.providers import wire
from app.rest.gateway import answers, calls, credentials
from app.web import body
from app.web.organisation import sole_org
from app.web.services import SERVICES

_MOST_BYTES = 8 * 1024 * 1024


async def count_tokens(request: web.Request) -> web.Response:
    principal = await credentials.admit(request)
    principal.authorise(sole_org(principal), Permission.GATEWAY_USE)
    sent = await body.read(request.clone(client_max_size=calls.MAX_BODY_BYTES))
    document = await threads.off_loop(len(sent), partial(reading.document, sent))
    model = reading.model(document.get("model"))
    principal.require_model(model)
    target = await _target(request, principal, model, Dialect.ANTHROPIC)
    changed = await threads.off_loop(len(sent), partial(editing.with_model, sent, document, target.model))
    return await _passed(request, target, "POST", "/v1/messages/count_tokens", changed)


async def models(request: web.Request) -> web.StreamResponse:
    return await calls.guarded(_dialect(request), _models)(request)


async def model(request: web.Request) -> web.StreamResponse:
    return await calls.guarded(_dialect(request), _model)(request)


def _dialect(request: web.Request) -> Dialect:
    """Two providers have the same path for it; Anthropic's SDKs say a version of theirs."""
    return Dialect.ANTHROPIC if "anthropic-version" in request.headers else Dialect.OPENAI


async def _models(request: web.Request) -> web.Response:
    """Those of the format's own provider that the key may use."""
    principal = await _admitted(request)
    target = await _own(request, principal, "")
    answer = await _passed(request, target, "GET", f"{_prefix(target)}/models", None)
    if principal.models is not None and answer.status == 200 and isinstance(answer.body, bytes):
        answer.body = _of_allowed(answer.body, principal.models)
    return answer


def _of_allowed(body: bytes, allowed: Sequence[str]) -> bytes:
    """The list without what the key may not use."""
    try:
        document: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return body
    if not isinstance(document, dict):
        return body
    listed = wire.as_objects(document.get("data"))
    document["data"] = [one for one in listed if allows(allowed, str(one.get("id", "")))]
    return orjson.dumps(document)


async def _model(request: web.Request) -> web.Response:
    principal = await _admitted(request)
    wanted = reading.model(request.match_info["id"])
    principal.require_model(wanted)
    target = await _own(request, principal, wanted)
    return await _passed(request, target, "GET", f"{_prefix(target)}/models/{_in_path(target.model)}", None)


def _in_path(model: str) -> str:
    """Names of some servers have slashes. None may lead out of `/models/`: our key opens more than that.

    Raises `ModelNotFound`.
    """
    if any(part in ("", ".", "..") for part in model.split("/")):
        raise ModelNotFound(f"There is no model {model!r}.")
    return quote(model, safe="/")


async def _admitted(request: web.Request) -> Principal:
    principal = await credentials.admit(request)
    principal.authorise(sole_org(principal), Permission.GATEWAY_USE)
    return principal


async def _own(request: web.Request, principal: Principal, wanted: str) -> Target:
    return await _target(request, principal, wanted, _dialect(request))


async def _target(request: web.Request, principal: Principal, wanted: str, dialect: Dialect) -> Target:
    gateway = request.app[SERVICES].gateway
    plan = await gateway.directory.plan(sole_org(principal), wanted, dialect)
    if gateway.virtual_keys is not None:
        plan = gateway.virtual_keys.applied(plan, principal.id)
    return plan.targets[0]


def _prefix(target: Target) -> str:
    """OpenAI's base URL has the version in it, Anthropic's has not."""
    return "/v1" if target.upstream.dialect is Dialect.ANTHROPIC else ""


async def _passed(
    request: web.Request, target: Target, method: str, path: str, sent: bytes | None
) -> web.Response:
    gateway = request.app[SERVICES].gateway
    upstream = target.upstream
    outgoing = Outgoing(
        method,
        upstream.base_url + path,
        headers.outgoing(request.headers.items(), upstream),
        sent,
        is_typed=upstream.is_own,
    )
    answer = await gateway.client.send(outgoing, gateway.rules.patience)
    found = await answer.read(_MOST_BYTES)
    if 300 <= answer.status < 400:
        raise UpstreamRedirected
    if answer.status in (401, 402, 403):
        raise UpstreamUnauthorised
    if answer.status >= 400:
        found = answers.without_keys(found, upstream.secret)
    return web.Response(body=found, status=answer.status, headers=headers.incoming(answer.headers))
