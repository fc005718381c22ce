"""The `Idempotency-Key` of a request, and how an answer tells that it is a replay.

Every operation that writes takes `operation.IDEMPOTENCY_KEY` and names `operation.REPLAY` beside its answer.
"""

from aiohttp import web

from app.idempotency.types import Done
from app.web.body import json_response


def key_of(request: web.Request) -> str | None:
    return request.headers.get("Idempotency-Key")


def headers(is_replay: bool) -> dict[str, str]:
    return {"Idempotent-Replay": "true"} if is_replay else {}


def respond(
    done: Done[object], view: object, *, status: int = 200, location: str | None = None
) -> web.Response:
    """The answer of a write: what came of it as `view`, and where it is."""
    where = {"Location": location} if location else {}
    return json_response(view, status=status, headers=where | headers(done.is_replay))


def empty(done: Done[object]) -> web.Response:
    return web.Response(status=204, headers=headers(done.is_replay))
