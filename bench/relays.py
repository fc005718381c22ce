"""What the gateway is compared with: an upstream that answers at once, and a relay that does nothing but relay.

Run by the harness as `python -m bench.relays`; with UPSTREAM set it is the relay, otherwise the upstream, which thinks
for DELAY milliseconds. Answers have OpenAI's shape; a stream is twenty chunks, then its usage.
"""

import asyncio
import os
from collections.abc import AsyncIterator

import aiohttp
import orjson
import uvloop
from aiohttp import web

from app.infra import parent

_SESSION = web.AppKey("session", aiohttp.ClientSession)
_UPSTREAM = os.environ.get("UPSTREAM", "")
_DELAY_SECONDS = float(os.environ.get("DELAY", "0")) / 1000
_USAGE = {"prompt_tokens": 12, "completion_tokens": 20, "total_tokens": 32}
_JSON = orjson.dumps(
    {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4o-mini",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "word " * 20},
                "finish_reason": "stop",
            }
        ],
        "usage": _USAGE,
    }
)
_CHUNK = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o-mini"}


def _event(**more: object) -> bytes:
    return b"data: " + orjson.dumps({**_CHUNK, **more}) + b"\n\n"


_WORDS = [
    _event(choices=[{"index": 0, "delta": {"content": "word "}, "finish_reason": None}], usage=None)
] * 20
_END = [_event(choices=[], usage=_USAGE), b"data: [DONE]\n\n"]


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    app = web.Application()
    app.add_routes(
        [web.get("/ready", _ready), web.post("/v1/chat/completions", _relay if _UPSTREAM else _answer)]
    )
    if _UPSTREAM:
        app.cleanup_ctx.append(_session)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


async def _session(app: web.Application) -> AsyncIterator[None]:
    app[_SESSION] = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    yield
    await app[_SESSION].close()


async def _ready(_request: web.Request) -> web.Response:
    return web.Response(text="ok")


async def _answer(request: web.Request) -> web.StreamResponse:
    sent = await request.read()
    if _DELAY_SECONDS:
        await asyncio.sleep(_DELAY_SECONDS)
    if b'"stream":true' not in sent:
        return web.Response(body=_JSON, content_type="application/json")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for piece in (*_WORDS, *_END):
        await response.write(piece)
    await response.write_eof()
    return response


async def _relay(request: web.Request) -> web.StreamResponse:
    body = await request.read()
    headers = {"Content-Type": "application/json"}
    async with request.app[_SESSION].post(
        f"{_UPSTREAM}/v1/chat/completions", data=body, headers=headers
    ) as answer:
        if answer.content_type == "application/json":
            return web.Response(body=await answer.read(), content_type="application/json")
        response = web.StreamResponse(headers={"Content-Type": answer.content_type})
        await response.prepare(request)
        async for chunk in answer.content.iter_any():
            await response.write(chunk)
        await response.write_eof()
        return response


if __name__ == "__main__":
    main()
