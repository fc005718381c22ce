"""Following a job over a connection that may break."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from aiohttp import web
from pytest_aiohttp.plugin import AiohttpServer

from app.dev.demo import client as client_module
from app.dev.demo.client import Client, DemoFailed
from app.dev.demo.transcript import Transcript

KEY = "lk_live_test"


def step(seq: int, output: str = "", offset: int = 0, status: str = "RUNNING") -> dict[str, Any]:
    job = {"id": "job_1", "status": status, "progress": 0, "attempt": 1}
    return {"seq": seq, "resynced": False, "output": output, "outputOffset": offset, "job": job}


class Fake:
    """A LaunchKit of three routes. Each connection is given the next of `connections` and is then cut off."""

    def __init__(self, *connections: Sequence[dict[str, Any]]) -> None:
        self.connections = list(connections)
        self.resumed_after: list[int | None] = []
        self.submitted: list[tuple[str, str | None]] = []
        self.refuses: tuple[int, bytes] | None = None

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/graphql", self._socket)
        application.router.add_post("/v1/jobs/summarize", self._submit)
        return application

    async def _submit(self, request: web.Request) -> web.Response:
        if self.refuses is not None:
            status, body = self.refuses
            return web.Response(status=status, body=body)
        self.submitted.append(((await request.json())["text"], request.headers.get("Idempotency-Key")))
        return web.json_response({"id": "job_1", "estimated_tokens": 7}, status=202)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["graphql-transport-ws"])
        await socket.prepare(request)
        hello = await socket.receive_json()
        if hello["payload"]["Authorization"] != f"Bearer {KEY}":
            await socket.close(code=4403)
            return socket
        await socket.send_json({"type": "ping"})
        assert (await socket.receive_json())["type"] == "pong"
        await socket.send_json({"type": "connection_ack"})
        wanted = await socket.receive_json()
        self.resumed_after.append(wanted["payload"]["variables"]["after"])
        for message in self.connections.pop(0):
            await socket.send_json({"id": wanted["id"], **message})
        return socket


def following(*steps: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "next", "payload": {"data": {"jobUpdated": each}}} for each in steps]


@pytest.fixture
async def connect(aiohttp_server: AiohttpServer) -> AsyncIterator[Callable[..., Any]]:
    clients: list[Client] = []

    async def make(fake: Fake, key: str = KEY) -> Client:
        server = await aiohttp_server(fake.application())
        client = Client(str(server.make_url("")), key)
        clients.append(client)
        return await client.__aenter__()

    yield make
    for client in clients:
        await client.__aexit__(None, None, None)


async def follow(client: Client) -> list[Transcript]:
    return [transcript async for transcript in client.follow("job_1")]


class TestSubmit:
    async def test_sends_the_text_under_a_key(self, connect: Callable[..., Any]) -> None:
        fake = Fake()
        job = await (await connect(fake)).submit("A text.")
        assert job["id"] == "job_1"
        ((text, key),) = fake.submitted
        assert text == "A text."
        assert key

    @pytest.mark.parametrize(
        ("status", "body", "sentence"),
        [
            (401, b'{"code": "api_key_invalid", "detail": "No."}', "No. Check --api-key"),
            (
                422,
                b'{"code": "invalid_input", "detail": "text: too long"}',
                r"text: too long \(invalid_input\)",
            ),
            (502, b"<html>", "answered 502, and not as LaunchKit does"),
        ],
    )
    async def test_a_refusal_is_a_sentence(
        self, connect: Callable[..., Any], status: int, body: bytes, sentence: str
    ) -> None:
        fake = Fake()
        fake.refuses = (status, body)
        with pytest.raises(DemoFailed, match=sentence):
            await (await connect(fake)).submit("A text.")


class TestFollow:
    async def test_ends_with_the_job(self, connect: Callable[..., Any]) -> None:
        fake = Fake(following(step(1, status="QUEUED"), step(2, "Hi"), step(3, status="SUCCEEDED")))
        seen = await follow(await connect(fake))
        assert [transcript.status for transcript in seen] == ["QUEUED", "RUNNING", "SUCCEEDED"]
        assert seen[-1].text == "Hi"

    async def test_resumes_where_the_connection_broke_off(self, connect: Callable[..., Any]) -> None:
        fake = Fake(
            following(step(1), step(2, "Hel")),
            [],
            following(step(3, "lo.", 3), step(4, status="SUCCEEDED")),
        )
        seen = await follow(await connect(fake))
        assert fake.resumed_after == [None, 2, 2]
        assert (seen[-1].text, seen[-1].status) == ("Hello.", "SUCCEEDED")

    async def test_gives_up_in_the_end(
        self, connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(client_module, "_LOST_SECONDS", 0.05)
        fake = Fake(following(step(1)), [], [], [])
        with pytest.raises(DemoFailed, match=r"GET /v1/jobs/job_1"):
            await follow(await connect(fake))

    async def test_a_refused_key_is_a_sentence(self, connect: Callable[..., Any]) -> None:
        with pytest.raises(DemoFailed, match="The API key was refused"):
            await follow(await connect(Fake(), key="lk_live_wrong"))

    async def test_an_error_of_the_operation_is_its_message(self, connect: Callable[..., Any]) -> None:
        fake = Fake([{"type": "error", "payload": [{"message": "There is no such job."}]}])
        with pytest.raises(DemoFailed, match=r"There is no such job\."):
            await follow(await connect(fake))
