"""A call of a model from the client's bytes to the answer's: HTTP around `app.gateway.service`."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiohttp import web

from app.core.errors import LaunchKitError
from app.core.principal import Principal
from app.core.upstreams import Answer
from app.gateway import dialects, headers, threads
from app.gateway.errors import UpstreamRedirected, UpstreamUnauthorised
from app.gateway.protocols.operation import Operation
from app.gateway.running import ClientLeft, Running
from app.gateway.types import Ask, Attribution, Dialect, Steps
from app.rest.gateway import answers, credentials
from app.web import body, errors
from app.web.organisation import sole_org
from app.web.services import SERVICES

# Images and documents travel inside of requests; Anthropic takes as much.
MAX_BODY_BYTES = 32 * 1024 * 1024

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
        steps = Steps()
        principal = await credentials.admit(request, allows_query=allows_query_key)
        steps.mark("authentication")
        sent = await body.read(request.clone(client_max_size=MAX_BODY_BYTES))
        steps.mark("upload")
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
    running = await request.app[SERVICES].gateway.begin(
        principal,
        sole_org(principal),
        operation=operation,
        ask=ask,
        attribution=attribution(request),
        request_id=request[errors.REQUEST_ID],
        steps=steps,
    )
    try:
        answer = await running.send(request.headers.items())
        if answer.status >= 300:
            return await _refused(running, answer)
        if ask.is_stream:
            return await _streamed(request, running, answer, operation, steps)
        return await _whole(running, answer, steps)
    finally:
        running.abandon()


async def _whole(running: Running, answer: Answer, steps: Steps) -> web.Response:
    found = await running.read()
    return web.Response(body=found, status=answer.status, headers=_headers(answer, steps))


async def _refused(running: Running, answer: Answer) -> web.Response:
    """The upstream's own words, unless they are about LaunchKit's credentials: those are not the client's to mend."""
    said = await running.refusal()
    if answer.status < 400:
        raise UpstreamRedirected
    if answer.status in (401, 402, 403):
        raise UpstreamUnauthorised
    said = answers.without_keys(said, running.secret)
    return web.Response(body=said, status=answer.status, headers=headers.incoming(answer.headers))


async def _streamed(
    request: web.Request, running: Running, answer: Answer, operation: Operation, steps: Steps
) -> web.StreamResponse:
    response = web.StreamResponse(status=answer.status, headers=_headers(answer, steps))
    # Proxies that collect what they pass on would make a stream one piece.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["X-Request-Id"] = request[errors.REQUEST_ID]
    try:
        await response.prepare(request)
        await running.pump(response.write)
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


def _headers(answer: Answer, steps: Steps) -> dict[str, str]:
    """`Server-Timing`: what LaunchKit took of it, and what the upstream did until now, in milliseconds."""
    found = headers.incoming(answer.headers)
    own = sum(took for name, took in steps.taken if name in ("authentication", "hold"))
    upstream = sum(took for name, took in steps.taken if name.startswith("upstream"))
    found["Server-Timing"] = f"launchkit;dur={own * 1000:.2f}, upstream;dur={upstream * 1000:.2f}"
    return found
