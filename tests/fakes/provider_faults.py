"""How a fake provider misbehaves when told to: the faults, and what each does to an answer."""

import asyncio
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from aiohttp import web

from tests.fakes import provider_formats as formats
from tests.fakes.provider_formats import Dialect, Json


class FaultKind(StrEnum):
    STATUS = "status"  # refuse with `status`, `headers`, `message`
    HANG = "hang"  # accept the request and say nothing
    CUT = "cut"  # abrupt close after `after` frames
    EARLY_END = "early_end"  # orderly close after `after` frames
    STALL = "stall"  # silence after `after` frames
    MALFORMED = "malformed"  # broken JSON after `after` frames
    ERROR_EVENT = "error_event"  # the provider's own error event after `after` frames
    SLOW = "slow"  # `delay` seconds between frames
    BYTEWISE = "bytewise"  # every byte a packet of its own
    NO_USAGE = "no_usage"  # a whole answer without its numbers
    NOT_A_STREAM = "not_a_stream"  # an error as JSON, with status 200
    LINGER = "linger"  # a whole answer whose connection stays open


@dataclass(frozen=True)
class Fault:
    kind: FaultKind
    status: int = 500
    message: str = "The fake provider was told to fail."
    headers: dict[str, str] = field(default_factory=dict)
    after: int = 3
    delay: float = 0.05
    times: int = 1  # requests that it befalls; -1 for all


@dataclass
class Received:
    dialect: Dialect
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Json
    peer: str  # host and port: equal for requests on one connection
    disconnected: bool = False  # the client left before the answer was whole


class Frames(Protocol):
    def __call__(self, *, include_usage: bool) -> list[bytes]: ...


async def whole(
    request: web.Request, received: Received, body: Json, fault: Fault | None
) -> web.StreamResponse:
    """A JSON answer, or what the fault makes of it."""
    if fault is None:
        return web.json_response(body)
    match fault.kind:
        case FaultKind.HANG:
            await _wait_for_leaving(request, received)
        case FaultKind.STATUS:
            return _refusal(received.dialect, fault)
        case FaultKind.MALFORMED:
            return web.Response(text=json.dumps(body)[:-9], content_type="application/json")
        case FaultKind.NO_USAGE:
            return web.json_response({name: value for name, value in body.items() if name != "usage"})
    return web.json_response(body)


def _refusal(dialect: Dialect, fault: Fault) -> web.Response:
    body = formats.error_json(dialect, fault.status, fault.message)
    return web.json_response(body, status=fault.status, headers=fault.headers)


async def streamed(
    request: web.Request,
    received: Received,
    frames: Frames,
    fault: Fault | None,
) -> web.StreamResponse:
    """An event stream, or what the fault makes of it."""
    fault = fault or Fault(FaultKind.SLOW, delay=0)
    match fault.kind:
        case FaultKind.STATUS:
            return _refusal(received.dialect, fault)
        case FaultKind.NOT_A_STREAM:
            return web.json_response(formats.error_json(received.dialect, 500, fault.message))
        case FaultKind.HANG:
            await _wait_for_leaving(request, received)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await response.prepare(request)
    try:
        await _send(
            request, received, response, frames(include_usage=fault.kind is not FaultKind.NO_USAGE), fault
        )
    except ConnectionError:
        received.disconnected = True
    return response


async def _send(
    request: web.Request, received: Received, response: web.StreamResponse, frames: list[bytes], fault: Fault
) -> None:
    for number, data in enumerate(frames):
        if number == fault.after and await _strike(request, received, response, fault):
            return
        parts = [bytes([byte]) for byte in data] if fault.kind is FaultKind.BYTEWISE else [data]
        for part in parts:
            await response.write(part)
            await asyncio.sleep(fault.delay if fault.kind is FaultKind.SLOW else 0)
    if fault.kind is FaultKind.LINGER:
        await _wait_for_leaving(request, received)


async def _strike(
    request: web.Request, received: Received, response: web.StreamResponse, fault: Fault
) -> bool:
    """Whether the stream is over with this."""
    match fault.kind:
        case FaultKind.CUT:
            if request.transport is not None:
                request.transport.abort()
            return True
        case FaultKind.EARLY_END:
            return True
        case FaultKind.STALL:
            await _wait_for_leaving(request, received)
            return True
        case FaultKind.MALFORMED:
            await response.write(b'data: {"type": "content_block_delta", "choices": [\n\n')
        case FaultKind.ERROR_EVENT:
            await response.write(formats.error_frame(received.dialect, fault.message))
            return True
    return False


async def _wait_for_leaving(request: web.Request, received: Received) -> None:
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.01)
    received.disconnected = True
