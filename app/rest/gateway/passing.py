"""What costs nothing and is passed on: models that there are, and the counting of tokens."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

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
_LARGEST_PAGE: Final = "1000"
# How long a page of their lists is, and which is meant: without, an SDK would be given the first of them for ever.
_PAGING: Final[Mapping[Dialect, Sequence[str]]] = {
    Dialect.OPENAI: (),
    Dialect.ANTHROPIC: ("limit", "before_id", "after_id"),
    Dialect.GOOGLE: ("pageSize", "pageToken"),
}


async def count_tokens(request: web.Request) -> web.Response:
    principal = await _admitted(request)
    sent = await body.read(request.clone(client_max_size=calls.MAX_BODY_BYTES))
    document = await threads.off_loop(len(sent), partial(reading.document, sent))
    model = reading.model(document.get("model"))
    principal.require_model(model)
    target = await _target(request, principal, model, Dialect.ANTHROPIC)
    changed = await threads.off_loop(len(sent), partial(editing.with_model, sent, document, target.model))
    return await _passed(request, target, "POST", "/v1/messages/count_tokens", changed)


async def count_gemini_tokens(request: web.Request) -> web.Response:
    principal = await _admitted(request, allows_query=True)
    sent = await body.read(request.clone(client_max_size=calls.MAX_BODY_BYTES))
    await threads.off_loop(len(sent), partial(reading.document, sent))
    model = reading.model(request.match_info["model"])
    principal.require_model(model)
    target = await _target(request, principal, model, Dialect.GOOGLE)
    path = f"{_version(request)}/models/{quote(target.model, safe='')}:countTokens"
    return await _passed(request, target, "POST", path, sent)


async def models(request: web.Request) -> web.StreamResponse:
    return await calls.guarded(_dialect(request), _models)(request)


async def model(request: web.Request) -> web.StreamResponse:
    return await calls.guarded(_dialect(request), _model)(request)


def _dialect(request: web.Request) -> Dialect:
    """Three providers have the same path for it: Anthropic's SDKs say a version of theirs, Google's have a header of
    their own for the key.
    """
    if _version(request) != "/v1":
        return Dialect.GOOGLE
    if "anthropic-version" in request.headers:
        return Dialect.ANTHROPIC
    return Dialect.GOOGLE if "x-goog-api-key" in request.headers else Dialect.OPENAI


def _version(request: web.Request) -> str:
    return f"/{request.path.split('/')[1]}"


async def _models(request: web.Request) -> web.Response:
    """Those of the format's own provider that the key may use, by the pages that it makes of them."""
    dialect = _dialect(request)
    principal = await _admitted(request, allows_query=dialect is Dialect.GOOGLE)
    target = await _target(request, principal, "", dialect)
    asked = {name: request.query[name] for name in _PAGING[dialect] if name in request.query}
    if principal.models is not None and _PAGING[dialect]:
        # SDKs take a page of which nothing is left for the last one.
        asked = {_PAGING[dialect][0]: _LARGEST_PAGE, **asked}
    path = f"{_prefix(request, target)}/models" + (f"?{urlencode(asked)}" if asked else "")
    answer = await _passed(request, target, "GET", path, None)
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
    # Google's list, and everybody else's.
    member, name, prefix = ("models", "name", "models/") if "models" in document else ("data", "id", "")
    listed = wire.as_objects(document.get(member))
    document[member] = [one for one in listed if allows(allowed, str(one.get(name, "")).removeprefix(prefix))]
    return orjson.dumps(document)


async def _model(request: web.Request) -> web.Response:
    dialect = _dialect(request)
    principal = await _admitted(request, allows_query=dialect is Dialect.GOOGLE)
    wanted = reading.model(request.match_info["id"])
    principal.require_model(wanted)
    target = await _target(request, principal, wanted, dialect)
    return await _passed(
        request, target, "GET", f"{_prefix(request, target)}/models/{_in_path(target.model)}", None
    )


def _in_path(model: str) -> str:
    """Names of some servers have slashes. None may lead out of `/models/`: our key opens more than that.

    Raises `ModelNotFound`.
    """
    if any(part in ("", ".", "..") for part in model.split("/")):
        raise ModelNotFound(f"There is no model {model!r}.")
    return quote(model, safe="/")


async def _admitted(request: web.Request, *, allows_query: bool = False) -> Principal:
    principal = await credentials.admit(request, allows_query=allows_query)
    principal.authorise(sole_org(principal), Permission.GATEWAY_USE)
    return principal


async def _target(request: web.Request, principal: Principal, wanted: str, dialect: Dialect) -> Target:
    gateway = request.app[SERVICES].gateway
    plan = await gateway.directory.plan(sole_org(principal), wanted, dialect)
    if gateway.virtual_keys is not None:
        plan = gateway.virtual_keys.applied(plan, principal.id)
    return plan.targets[0]


def _prefix(request: web.Request, target: Target) -> str:
    """OpenAI's base URL has the version in it, the others' have not."""
    match target.upstream.dialect:
        case Dialect.OPENAI:
            return ""
        case Dialect.ANTHROPIC:
            return "/v1"
        case Dialect.GOOGLE:
            return _version(request)


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
    if answers.is_about_our_key(upstream.dialect, answer.status, found):
        raise UpstreamUnauthorised
    if answer.status >= 400:
        found = answers.without_keys(found, upstream.secret)
    return web.Response(body=found, status=answer.status, headers=headers.incoming(answer.headers))
