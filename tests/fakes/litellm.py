"""LiteLLM's management of virtual keys, as its documentation and release 1.106.2 have it, with a database in memory.

It refuses what LiteLLM refuses: keys that do not begin with `sk-`, aliases that another key has, the update or removal
of what is not there (404). A date is written as FastAPI does.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = dict[str, Any]
MASTER_KEY = "sk-master-1234567890"
_FIELDS = {"models", "rpm_limit", "tpm_limit", "max_budget", "budget_duration", "budget_limits", "metadata"}
_KNOWN = _FIELDS | {"key", "key_alias", "duration", "blocked"}
_DURATION = re.compile(r"\d+(s|m|h|d|w|mo)")


@dataclass
class FakeLiteLlm:
    """`mood` is what happens to requests: `well`, `failing` (500), `silent`, or `refusing` what is said of keys (400),
    which it repeats. `before_write` runs when a write has arrived, before it is done.
    """

    url: str = ""
    mood: str = "well"
    keys: dict[str, Json] = field(default_factory=dict)
    asked: list[tuple[str, Json]] = field(default_factory=list)
    completed_with: list[str] = field(default_factory=list)
    before_write: Callable[[str, Json], Awaitable[None]] | None = None
    is_lost_after_write: bool = False

    @property
    def writes(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/v2/key/info"]

    def by_alias(self, alias: str) -> Json | None:
        return next((row for row in self.keys.values() if row["key_alias"] == alias), None)

    def knows(self, key: str) -> bool:
        return hashlib.sha256(key.encode()).hexdigest() in self.keys

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/v1/chat/completions":
            return self._complete(request.headers["Authorization"].removeprefix("Bearer "))
        if request.headers.get("Authorization") != f"Bearer {MASTER_KEY}":
            return _error(401, "Authentication Error, Invalid proxy server token passed")
        body: Json = await request.json()
        self.asked.append((request.path, body))
        if self.mood == "silent":
            await asyncio.sleep(60)
        if self.mood == "failing":
            return _error(500, f"Database not connected, says {MASTER_KEY}")
        if request.path == "/v2/key/info":
            found = [row for row in self.keys.values() if row["key_alias"] in body["key_aliases"]]
            return web.json_response({"key": None, "info": [_told(row) for row in found]})
        if self.before_write is not None:
            await self.before_write(request.path, body)
        if self.mood == "refusing":
            return _error(400, f"Not like this: {body}")
        answer = self._write(request.path, body)
        if self.is_lost_after_write:
            self.is_lost_after_write = False
            assert request.transport is not None
            request.transport.abort()
        return answer

    def _complete(self, key: str) -> web.Response:
        self.completed_with.append(key)
        if self.mood == "failing":
            return _error(500, "Out of order.")
        if not self.knows(key):
            return _error(401, "Authentication Error, Invalid proxy server token passed")
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": "through LiteLLM"},
            "finish_reason": "stop",
        }
        usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
        answer = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        return web.json_response({**answer, "usage": usage})

    def _write(self, path: str, body: Json) -> web.Response:
        assert not (path != "/key/delete" and body.keys() - _KNOWN), body
        match path:
            case "/key/generate":
                return self._generate(body)
            case "/key/update":
                return self._update(body)
            case "/key/delete":
                return self._delete(body)
        return _error(404, "Not Found")

    def _generate(self, body: Json) -> web.Response:
        if not body["key"].startswith("sk-") or len(body["key"]) < 16:
            return _error(400, "Invalid key format.")
        if self.by_alias(body["key_alias"]) is not None:
            return _error(400, f"Key with alias '{body['key_alias']}' already exists.")
        row: Json = {
            "expires": None,
            "blocked": None,
            "models": [],
            **dict.fromkeys(_FIELDS - {"models"}),
            "spend": 0.0,
        }
        self.keys[_hash(body["key"])] = _with(row, body)
        return web.json_response({"key": body["key"], "key_alias": body["key_alias"]})

    def _update(self, body: Json) -> web.Response:
        row = self.keys.get(_hash(body["key"]))
        if row is None:
            return _error(404, "Key not found.")
        _with(row, body)
        return web.json_response({"key": body["key"]})

    def _delete(self, body: Json) -> web.Response:
        gone = [name for name, row in self.keys.items() if row["key_alias"] in body["key_aliases"]]
        if not gone:
            return _error(404, "No keys found")
        for name in gone:
            del self.keys[name]
        return web.json_response({"deleted_keys": body["key_aliases"]})


def _with(row: Json, body: Json) -> Json:
    row |= {name: value for name, value in body.items() if name not in ("key", "duration")}
    if "duration" in body:
        row["expires"] = _end(body["duration"])
    for window in row["budget_limits"] or ():
        assert _DURATION.fullmatch(window["budget_duration"])
        window["reset_at"] = datetime.now(UTC).isoformat()
    assert row["budget_duration"] is None or _DURATION.fullmatch(row["budget_duration"])
    return row


def _end(duration: str | None) -> datetime | None:
    return (
        None if duration is None else datetime.now(UTC) + timedelta(seconds=int(duration.removesuffix("s")))
    )


def _told(row: Json) -> Json:
    expires = row["expires"]
    return {**row, "expires": None if expires is None else expires.isoformat().replace("+00:00", "Z")}


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _error(status: int, message: str) -> web.Response:
    error = {"message": message, "type": "bad_request_error", "param": "key", "code": str(status)}
    return web.json_response({"error": error}, status=status)


@asynccontextmanager
async def litellm() -> AsyncIterator[FakeLiteLlm]:
    fake = FakeLiteLlm()
    app = web.Application()
    app.router.add_route("POST", "/{path:.*}", fake.serve)
    async with TestServer(app, shutdown_timeout=0.1) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
