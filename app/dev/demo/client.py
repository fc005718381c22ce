"""A client of a running LaunchKit: submits over REST, follows over `graphql-transport-ws`.

The protocol: github.com/enisdenjo/graphql-ws, PROTOCOL.md.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from importlib import resources
from typing import Any
from uuid import uuid4

import aiohttp
import orjson

from app.core.errors import Kind, LaunchKitError
from app.dev.demo.transcript import Transcript

_PROTOCOL = "graphql-transport-ws"
_TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=5)
_ACK_SECONDS = 10.0
# Notices a connection that died without a word.
_HEARTBEAT_SECONDS = 15.0
_LOST_SECONDS = 60.0
_LONGEST_PAUSE_SECONDS = 2.0


class DemoFailed(LaunchKitError):
    kind = Kind.UNAVAILABLE
    code = "demo_failed"
    title = "The demo could not be shown."


class _Dropped(Exception):
    """The connection ended before the job did."""


class Client:
    """One LaunchKit at `url`, with an API key. Use it as an asynchronous context manager."""

    def __init__(self, url: str, api_key: str) -> None:
        self._url = url.rstrip("/")
        self._authorization = f"Bearer {api_key}"
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> "Client":
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def submit(self, text: str) -> Mapping[str, Any]:
        """The new job. A failed connection is tried once more: the key makes that safe."""
        headers = {"Authorization": self._authorization, "Idempotency-Key": str(uuid4())}
        body = orjson.dumps({"text": text})
        for is_last in (False, True):
            try:
                return await self._request(
                    "POST",
                    "/v1/jobs/summarize",
                    data=body,
                    headers=headers | {"Content-Type": "application/json"},
                )
            except aiohttp.ClientConnectionError as error:
                if is_last or isinstance(error, aiohttp.ClientConnectorError):
                    raise self._unreachable() from error
        raise AssertionError("unreachable")

    async def job(self, job_id: str) -> Mapping[str, Any]:
        return await self._request(
            "GET", f"/v1/jobs/{job_id}", headers={"Authorization": self._authorization}
        )

    async def follow(self, job_id: str) -> AsyncIterator[Transcript]:
        """The job after each update, until it ends. A lost connection is resumed where it broke off."""
        transcript = Transcript()
        heard_at = time.monotonic()
        pauses = _pauses()
        while not transcript.has_ended:
            try:
                async with aclosing(self._subscribe(job_id, transcript.seq)) as updates:
                    async for update in updates:
                        heard_at, pauses = time.monotonic(), _pauses()
                        transcript = transcript.after(update)
                        yield transcript
                        if transcript.has_ended:
                            return
            except (_Dropped, aiohttp.ClientError, OSError) as error:
                if time.monotonic() - heard_at > _LOST_SECONDS:
                    raise self._lost(job_id) from error
            await asyncio.sleep(next(pauses))

    async def _subscribe(self, job_id: str, after: int | None) -> AsyncGenerator[Mapping[str, Any], None]:
        async with self._session.ws_connect(
            f"{self._url}/graphql", protocols=[_PROTOCOL], heartbeat=_HEARTBEAT_SECONDS, max_msg_size=0
        ) as socket:
            await _send(
                socket, {"type": "connection_init", "payload": {"Authorization": self._authorization}}
            )
            async with asyncio.timeout(_ACK_SECONDS):
                while (await _receive(socket))["type"] != "connection_ack":
                    pass
            payload = {"query": _document(), "variables": {"id": job_id, "after": after}}
            await _send(socket, {"id": "1", "type": "subscribe", "payload": payload})
            while (message := await _receive(socket))["type"] != "complete":
                if message["type"] == "next":
                    yield _data(message["payload"])["jobUpdated"]
                elif message["type"] == "error":
                    raise DemoFailed(_said(message["payload"]))

    async def _request(self, method: str, path: str, **options: Any) -> Mapping[str, Any]:
        async with self._session.request(method, self._url + path, **options) as response:
            content = await response.read()
            if response.status >= 400:
                raise self._refused(response.status, content)
            answer: Mapping[str, Any] = orjson.loads(content)
            return answer

    def _refused(self, status: int, content: bytes) -> DemoFailed:
        try:
            problem = orjson.loads(content)
            detail, code = problem["detail"], problem["code"]
        except (ValueError, KeyError, TypeError):
            return DemoFailed(f"{self._url} answered {status}, and not as LaunchKit does: check --url.")
        if status == 401:
            return DemoFailed(f"{detail} Check --api-key or LAUNCHKIT_API_KEY.")
        return DemoFailed(f"{detail} ({code})")

    def _unreachable(self) -> DemoFailed:
        return DemoFailed(f"No LaunchKit answers at {self._url}: start one with `launchkit dev`.")

    def _lost(self, job_id: str) -> DemoFailed:
        return DemoFailed(
            f"The connection to {self._url} was lost and did not come back in {_LOST_SECONDS:.0f} s. "
            f"The job goes on without us: GET /v1/jobs/{job_id}"
        )


def _document() -> str:
    return resources.files("app.dev.demo").joinpath("job_updated.graphql").read_text("utf-8")


async def _send(socket: aiohttp.ClientWebSocketResponse, message: Mapping[str, Any]) -> None:
    await socket.send_str(orjson.dumps(message).decode())


async def _receive(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    """The next message that is not a ping, which is answered. Raises `_Dropped`."""
    while True:
        frame = await socket.receive()
        if frame.type is not aiohttp.WSMsgType.TEXT:
            if socket.close_code in (4401, 4403):
                raise DemoFailed("The API key was refused: check --api-key or LAUNCHKIT_API_KEY.")
            raise _Dropped
        message: dict[str, Any] = orjson.loads(frame.data)
        if message["type"] == "ping":
            await _send(socket, {"type": "pong"})
        else:
            return message


def _data(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    if payload.get("errors"):
        raise DemoFailed(_said(payload["errors"]))
    data: Mapping[str, Any] = payload["data"]
    return data


def _said(errors: Any) -> str:
    return "; ".join(str(error.get("message", error)) for error in errors)


def _pauses() -> itertools.chain[float]:
    return itertools.chain((0.1, 0.3, 1.0), itertools.repeat(_LONGEST_PAUSE_SECONDS))
