"""Reading JSON bodies and writing JSON answers."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from aiohttp import http_exceptions, web

from app.core.errors import FieldError
from app.core.money import to_text
from app.core.text import holds_nul
from app.web.errors import MalformedBody

_JSON = {"Content-Type": "application/json; charset=utf-8"}


# A body of the largest size at 300 kB/s, and time to spare.
PATIENCE_SECONDS = 30.0


async def read(request: web.Request) -> bytes:
    """The whole body, unpacked; a client that takes too long over it is told so and disconnected.

    Raises `MalformedBody` for bytes that cannot be unpacked.
    """
    try:
        if request.content.is_eof():
            return await request.read()
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await request.read()
    except (web.RequestPayloadError, http_exceptions.PayloadEncodingError):
        mend = "Its bytes are not what Content-Encoding and Transfer-Encoding say."
        raise MalformedBody([FieldError("body", "encoding", mend)]) from None
    except TimeoutError:
        raise web.HTTPRequestTimeout(
            text=f"The body did not arrive within {PATIENCE_SECONDS:g} seconds.",
            headers={"Connection": "close"},
        ) from None


async def read_object(request: web.Request) -> Mapping[str, Any]:
    """The body as a JSON object; raises `MalformedBody`."""
    raw = await read(request)
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedBody([FieldError("body", "json", f"Not valid JSON: {error}")]) from None
    if holds_nul(raw):
        raise MalformedBody([FieldError("body", "nul_character", "Leave NUL characters (\\u0000) out.")])
    if not isinstance(data, dict):
        raise MalformedBody([FieldError("body", "object", "Send a JSON object.")])
    return data


def json_response(
    data: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Money travels as text: JSON numbers are floats to most readers."""
    body = orjson.dumps(data, default=_default)
    return web.Response(body=body, status=status, headers={**_JSON, **(headers or {})})


def _default(value: object) -> str:
    if isinstance(value, Decimal):
        return to_text(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
