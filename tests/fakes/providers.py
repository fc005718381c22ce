"""A model provider for tests: OpenAI's, Anthropic's and Gemini's API on one port, with faults on order.

In a test: `async with running(FakeProviders()) as url`. Standalone, for processes under test:
`python -m tests.fakes.providers --port 0` prints the URL; faults and journal are then at `/_control`.
Base URLs: `{url}/v1` for OpenAI, `{url}` for Anthropic and Gemini.
"""

import argparse
import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from aiohttp import web

from tests.fakes import provider_faults as faults
from tests.fakes import provider_formats as formats
from tests.fakes.provider_faults import Fault, FaultKind, Received
from tests.fakes.provider_formats import Answer, Dialect, FakeUsage, Json

PIECES = ("The quick ", "brown fox ", "jumps over ", "the lazy dog — ", "ünïcödé 日本 ✓.")


@dataclass
class FakeProviders:
    pieces: Sequence[str] = PIECES
    usage: FakeUsage | None = None  # default: words of the prompt and of the answer
    finish: Any = "stop"
    faults: deque[Fault] = field(default_factory=deque)
    journal: list[Received] = field(default_factory=list)

    def fail(self, kind: FaultKind, **options: Any) -> None:
        self.faults.append(Fault(kind, **options))

    def next_fault(self) -> Fault | None:
        if not self.faults:
            return None
        fault = self.faults.popleft()
        if fault.times != 1:
            self.faults.appendleft(replace(fault, times=max(fault.times - 1, -1)))
        return fault

    def answer_to(self, body: Json, model: str) -> Answer:
        words = len(json.dumps(body.get("messages") or body.get("contents") or "").split())
        usage = self.usage or FakeUsage(input=words, output=len("".join(self.pieces).split()))
        return Answer(model, self.pieces, usage, self.finish)


FAKE = web.AppKey("fake", FakeProviders)


def application(fake: FakeProviders) -> web.Application:
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app[FAKE] = fake
    app.router.add_post("/v1/chat/completions", _openai_chat)
    app.router.add_post("/v1/embeddings", _openai_embeddings)
    app.router.add_post("/v1/messages", _anthropic_messages)
    app.router.add_post("/v1beta/models/{model}:{method}", _google)
    app.router.add_post("/_control/faults", _add_fault)
    app.router.add_get("/_control/journal", _show_journal)
    app.router.add_delete("/_control", _reset)
    return app


async def _openai_chat(request: web.Request) -> web.StreamResponse:
    received = await _receive(request, "openai")
    answer = request.app[FAKE].answer_to(received.body, received.body.get("model", ""))
    if not received.body.get("stream"):
        return await _whole(request, received, formats.openai_json(answer))
    wanted = bool((received.body.get("stream_options") or {}).get("include_usage"))

    def frames(*, include_usage: bool) -> list[bytes]:
        return formats.openai_frames(answer, include_usage=wanted and include_usage)

    return await _streamed(request, received, frames)


async def _anthropic_messages(request: web.Request) -> web.StreamResponse:
    received = await _receive(request, "anthropic")
    answer = request.app[FAKE].answer_to(received.body, received.body.get("model", ""))
    if not received.body.get("stream"):
        return await _whole(request, received, formats.anthropic_json(answer))
    return await _streamed(request, received, partial(formats.anthropic_frames, answer))


async def _google(request: web.Request) -> web.StreamResponse:
    received = await _receive(request, "google")
    answer = request.app[FAKE].answer_to(received.body, request.match_info["model"])
    match request.match_info["method"]:
        case "streamGenerateContent":
            return await _streamed(request, received, partial(formats.google_frames, answer))
        case "generateContent":
            return await _whole(request, received, formats.google_json(answer))
        case "batchEmbedContents":
            texts = [item["content"]["parts"][0]["text"] for item in received.body["requests"]]
            vectors = [{"values": _vector(text)} for text in texts]
            return await _whole(request, received, {"embeddings": vectors})
    raise web.HTTPNotFound


async def _openai_embeddings(request: web.Request) -> web.StreamResponse:
    received = await _receive(request, "openai")
    given = received.body["input"]
    texts = [given] if isinstance(given, str) else given
    data = [
        {"object": "embedding", "index": index, "embedding": _vector(text)}
        for index, text in enumerate(texts)
    ]
    tokens = sum(len(text.split()) for text in texts)
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    body = {"object": "list", "data": data[::-1], "model": received.body["model"], "usage": usage}
    return await _whole(request, received, body)


def _vector(text: str) -> list[float]:
    return [float(len(text)), 1.0, 0.5]


async def _receive(request: web.Request, dialect: Dialect) -> Received:
    headers = {name.lower(): value for name, value in request.headers.items()}
    peer = str(request.get_extra_info("peername"))
    received = Received(dialect, request.path, dict(request.query), headers, await request.json(), peer)
    request.app[FAKE].journal.append(received)
    return received


async def _whole(request: web.Request, received: Received, body: Json) -> web.StreamResponse:
    return await faults.whole(request, received, body, request.app[FAKE].next_fault())


async def _streamed(request: web.Request, received: Received, frames: faults.Frames) -> web.StreamResponse:
    return await faults.streamed(request, received, frames, request.app[FAKE].next_fault())


async def _add_fault(request: web.Request) -> web.Response:
    options = await request.json()
    request.app[FAKE].fail(FaultKind(options.pop("kind")), **options)
    return web.json_response({"faults": len(request.app[FAKE].faults)})


async def _show_journal(request: web.Request) -> web.Response:
    return web.json_response([asdict(received) for received in request.app[FAKE].journal])


async def _reset(request: web.Request) -> web.Response:
    request.app[FAKE].faults.clear()
    request.app[FAKE].journal.clear()
    return web.json_response({})


@asynccontextmanager
async def running(fake: FakeProviders, *, port: int = 0) -> AsyncIterator[str]:
    """The URL, while it serves on 127.0.0.1."""
    runner = web.AppRunner(application(fake), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _serve(port: int) -> None:
    async with running(FakeProviders(), port=port) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A fake of three model providers, for tests.")
    parser.add_argument("--port", type=int, default=0)
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
