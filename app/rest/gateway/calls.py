"""A call of a model from the client's bytes to the answer's: HTTP around `app.gateway.service`."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from aiohttp import web

from app.core.clock import utcnow
from app.core.errors import LaunchKitError
from app.core.principal import Principal
from app.core.upstreams import Answer
from app.gateway import dialects, headers, threads
from app.gateway.caching.answers import HEADER
from app.gateway.errors import UpstreamRedirected, UpstreamUnauthorised
from app.gateway.protocols.operation import Operation
from app.gateway.running import ClientLeft, Running
from app.gateway.types import Ask, Attribution, Dialect, Steps
from app.rest.gateway import answers, credentials, quotas
from app.rest.gateway.keeping import Keeping, replayed, used
from app.web import body, errors
from app.web.organisation import sole_org
from app.web.services import SERVICES

# Images and documents travel inside of requests; Anthropic takes as much.
MAX_BODY_BYTES = 32 * 1024 * 1024

# As nginx has it in its logs; nobody is told.
_CLIENT_CLOSED = 499
# The last three are there where a call went on to another model, once the one before was in the books.
_OWN_STEPS = frozenset(
    {"authenticated", "limited", "routed", "held", "sent", *("priced", "settled", "posted")}
)
_UPSTREAM_STEPS = frozenset({"unanswered", "first_byte", "answered"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(dialect: Dialect, handler: Handler) -> Handler:
    """Whatever goes wrong in `handler` is said as the provider would say it."""

    async def guard(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return answers.of_exception(request, dialect, error)
        except Exception as error:  # noqa: BLE001 - the last line of defence masks and logs
            return answers.of_exception(request, dialect, error)

    return guard


def handler_of(operation: Operation, *, allows_query_key: bool = False) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        steps = Steps(utcnow())
        principal = await credentials.admit(request, allows_query=allows_query_key, steps=steps)
        sent = await body.read(request.clone(client_max_size=MAX_BODY_BYTES))
        steps.mark("received")
        default = request.app[SERVICES].gateway.rules.default_output_tokens
        ask = await threads.off_loop(
            len(sent),
            partial(operation.read, sent, model=request.match_info.get("model"), default_output=default),
        )
        return await _call(request, principal, operation, ask, steps)

    return guarded(operation.dialect, handle)


async def _call(
    request: web.Request, principal: Principal, operation: Operation, ask: Ask, steps: Steps
) -> web.StreamResponse:
    gateway = request.app[SERVICES].gateway
    org_id = sole_org(principal)
    facts: dict[str, Any] = {
        "operation": operation,
        "ask": ask,
        "attribution": await gateway.named(org_id, attribution(request)),
        "request_id": request[errors.REQUEST_ID],
        "steps": steps,
    }
    deciding = headers.deciding(request.headers.items())
    wanted = await gateway.wish(org_id, operation, ask, request.headers.get(HEADER), deciding)
    if wanted is not None:
        found = await gateway.replay(principal, org_id, wanted=wanted, **facts)
        if found is not None:
            return replayed(found)
    keeping = Keeping(gateway, principal, wanted)
    running = await gateway.begin(principal, org_id, **facts)
    try:
        if request.transport is None or request.transport.is_closing():
            # Gone while it was held for: nobody would read what an upstream takes money for.
            return web.Response(status=_CLIENT_CLOSED)
        answer = await running.send(request.headers.items())
        if answer.status >= 300:
            return await _refused(running, answer, operation.dialect)
        if ask.is_stream and (ask.is_array or not _is_document(answer)):
            return await _streamed(request, running, answer, operation, steps, keeping)
        return await _whole(running, answer, operation, steps, keeping)
    finally:
        running.abandon()


def _is_document(answer: Answer) -> bool:
    """Some servers that know no streams answer with the whole, whatever was asked for."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    return kind.strip().lower() == "application/json"


async def _whole(
    running: Running, answer: Answer, operation: Operation, steps: Steps, keeping: Keeping
) -> web.Response:
    found = await running.read()
    keeping.keep(running, answer.headers.get("Content-Type", "application/json"), found)
    told = _headers(running, answer, operation, steps, keeping)
    return web.Response(body=found, status=answer.status, headers=told)


async def _refused(running: Running, answer: Answer, dialect: Dialect) -> web.Response:
    """The upstream's own words, unless they are about LaunchKit's credentials: those are not the client's to mend."""
    said = await running.refusal()
    if answer.status < 400:
        raise UpstreamRedirected
    if answers.is_about_our_key(dialect, answer.status, said):
        raise UpstreamUnauthorised
    said = answers.without_keys(said, running.secret)
    told = quotas.with_own(headers.incoming(answer.headers), running.token_level, dialect, now=utcnow())
    return web.Response(body=said, status=answer.status, headers=told)


async def _streamed(
    request: web.Request,
    running: Running,
    answer: Answer,
    operation: Operation,
    steps: Steps,
    keeping: Keeping,
) -> web.StreamResponse:
    told = _headers(running, answer, operation, steps, keeping)
    response = web.StreamResponse(status=answer.status, headers=told)
    # Proxies that collect what they pass on would make a stream one piece.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["X-Request-Id"] = request[errors.REQUEST_ID]
    try:
        await response.prepare(request)
        await running.pump(keeping.collecting(response.write))
        keeping.keep(running, response.headers.get("Content-Type", "text/event-stream"))
        await response.write_eof()
    except (ClientLeft, ConnectionError):
        return response
    except LaunchKitError as error:
        found = answers.refusal(request, error)
        await response.write(dialects.event(operation.dialect, operation.name, found))
        await response.write_eof()
    return response


def attribution(request: web.Request) -> Attribution:
    return Attribution(
        _named(request.headers, "Customer-Id"),
        _named(request.headers, "User-Id"),
        _named(request.headers, "Feature-Id"),
    )


def _named(sent: Mapping[str, str], name: str) -> str | None:
    return sent.get(f"X-LK-{name}") or sent.get(f"X-OM-{name}") or None


def _headers(
    running: Running, answer: Answer, operation: Operation, steps: Steps, keeping: Keeping
) -> dict[str, str]:
    """Who answered; and in `Server-Timing` what LaunchKit took of it, and what the upstream did until now, in
    milliseconds.
    """
    found = {
        **quotas.with_own(
            headers.incoming(answer.headers), running.token_level, operation.dialect, now=utcnow()
        ),
        **used(running.target),
        **keeping.headers,
    }
    own = sum(took for name, took, _ in steps.taken if name in _OWN_STEPS)
    upstream = sum(took for name, took, _ in steps.taken if name in _UPSTREAM_STEPS)
    found["Server-Timing"] = f"launchkit;dur={own * 1000:.2f}, upstream;dur={upstream * 1000:.2f}"
    return found
