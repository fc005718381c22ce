"""`GET /v1/jobs/{id}/events`, read by a parser that nobody here wrote (`openai`'s)."""

import asyncio
import re
import socket as sockets
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp.test_utils import TestServer
from openai._streaming import ServerSentEvent, SSEDecoder

from app.core import ids
from app.core.config import Settings
from app.infra import db, feeds, redis
from app.infra.db import DatabaseUnavailable
from app.infra.pubsub import Publisher
from app.jobs import events, execution
from app.jobs.execution import Lease
from app.jobs.live import JobStream
from app.jobs.types import JobUpdate
from app.rest import event_stream
from app.rest.event_stream import STREAMS
from app.web import credential_watch, places
from app.web.credential_watch import WATCH
from app.web.services import SERVICES
from tests.factories import jobs, limits
from tests.factories.orgs import NOW, Tenant
from tests.fakes import statements
from tests.fakes.web import serving
from tests.waiting import eventually

RESET = struct.pack("ii", 1, 0)


@dataclass
class Reader:
    answer: aiohttp.ClientResponse
    events: AsyncIterator[ServerSentEvent]

    async def next(self) -> ServerSentEvent:
        """The next that a browser would tell of: one with data."""
        async with asyncio.timeout(14):
            while not (event := await anext(self.events)).data:
                pass
            return event

    async def update(self) -> dict[str, Any]:
        event = await self.next()
        assert event.event == "update", event
        found: dict[str, Any] = orjson.loads(event.data)
        assert event.id == str(found["seq"])
        return found

    async def rest(self) -> list[ServerSentEvent]:
        async with asyncio.timeout(14):
            return [event async for event in self.events if event.data]


@pytest.fixture
async def publisher(settings: Settings) -> AsyncIterator[Publisher]:
    client = redis.connect(settings.require_redis_url())
    yield Publisher(client)
    await client.aclose()


@pytest.fixture
async def lease(acme: Tenant) -> Lease:
    return await jobs.running(acme)


def path(lease: Lease) -> str:
    return f"/v1/jobs/{ids.encode('job', lease.job.id)}/events"


@asynccontextmanager
async def reading(client: aiohttp.ClientSession, lease: Lease, **headers: str) -> AsyncIterator[Reader]:
    async with client.get(path(lease), headers=headers) as answer:
        assert answer.status == 200, await answer.text()
        yield Reader(answer, SSEDecoder().aiter_bytes(answer.content.iter_any()))


async def say(publisher: Publisher, lease: Lease, text: str) -> None:
    await jobs.say(lease, text)
    await publisher.wake(events.topic(lease.job.id))


async def succeed(publisher: Publisher, lease: Lease) -> None:
    await execution.succeed(lease, jobs.OUTCOME, now=NOW)
    await publisher.wake(events.topic(lease.job.id))


async def nothing_held(server: TestServer) -> None:
    assert server.app is not None
    app = server.app
    await eventually(
        lambda: not app[STREAMS]._open and not app[SERVICES].job_feeds._feeds and not len(app[WATCH])
    )


class TestJobEvents:
    async def test_follow_a_job_to_its_end(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        acme: Tenant,
        lease: Lease,
        publisher: Publisher,
    ) -> None:
        async with reading(client, lease, **acme.headers) as reader:
            first = await reader.update()
            assert (first["seq"], first["job"]["status"], first["output"]) == (2, "RUNNING", "")
            await say(publisher, lease, "Whales ")
            step = await reader.update()
            assert (step["seq"], step["output"], step["output_offset"]) == (3, "Whales ", 0)
            await succeed(publisher, lease)
            last = await reader.update()
            assert (last["seq"], last["job"]["status"]) == (4, "SUCCEEDED")
            assert last["job"]["result"] == dict(jobs.OUTCOME.result)
            assert [event.event for event in await reader.rest()] == ["end"]
        await nothing_held(server)

    async def test_are_sent_so_that_nothing_on_the_way_keeps_them(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease
    ) -> None:
        async with reading(client, lease, **acme.headers, **{"Accept-Encoding": "gzip"}) as reader:
            headers = reader.answer.headers
            assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
            assert headers["Cache-Control"] == "no-store, no-transform"
            assert headers["X-Accel-Buffering"] == "no"
            assert "Content-Encoding" not in headers
            assert "Content-Length" not in headers
            assert (await anext(reader.events)).retry == 2000

    @pytest.mark.parametrize("error", [DatabaseUnavailable(), ValueError("a fault of ours")])
    async def test_that_fail_are_cut_off_so_that_who_follows_comes_back(
        self,
        client: aiohttp.ClientSession,
        acme: Tenant,
        lease: Lease,
        monkeypatch: pytest.MonkeyPatch,
        error: Exception,
    ) -> None:
        async def failing(_self: JobStream, _after: int | None) -> AsyncIterator[JobUpdate]:
            for nothing in list[JobUpdate]():
                yield nothing
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(JobStream, "catch_up", failing)
            async with reading(client, lease, **acme.headers) as reader:
                with pytest.raises(aiohttp.ClientPayloadError):
                    await reader.rest()
        async with reading(client, lease, **acme.headers) as reader:
            assert (await reader.update())["seq"] == 2

    async def test_resume_after_the_last_one_that_was_seen(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease
    ) -> None:
        await jobs.say(lease, "one ", "two ", "three")
        async with reading(client, lease, **acme.headers, **{"Last-Event-ID": "3"}) as reader:
            update = await reader.update()
        assert (update["seq"], update["output"], update["resynced"]) == (5, "two three", False)

    async def test_say_when_what_was_missed_is_not_kept_any_more(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease
    ) -> None:
        await jobs.say(lease, "one ", "two ")
        await db.execute("DELETE FROM job_event WHERE job_id = $1 AND seq = 2", lease.job.id)
        async with client.get(path(lease), params={"after": "1"}, headers=acme.headers) as answer:
            update = await Reader(answer, SSEDecoder().aiter_bytes(answer.content.iter_any())).update()
        assert (update["resynced"], update["output"]) == (True, "one two ")

    async def test_tell_who_has_seen_the_end_not_to_come_back(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease, publisher: Publisher
    ) -> None:
        await succeed(publisher, lease)
        async with client.get(path(lease), headers={**acme.headers, "Last-Event-ID": "3"}) as answer:
            assert answer.status == 204
        async with reading(client, lease, **acme.headers, **{"Last-Event-ID": "2"}) as reader:
            assert [event.event for event in await reader.rest()] == ["update", "end"]

    @pytest.mark.parametrize("garbage", ["", "-1", "abc", "1e3", "9" * 19, "9" * 5_000, "\u0663"])
    async def test_begin_at_no_place_that_is_none(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease, garbage: str
    ) -> None:
        async with client.get(path(lease), headers={**acme.headers, "Last-Event-ID": garbage}) as answer:
            assert (answer.status, (await answer.json())["code"]) == (422, "invalid_input")

    async def test_hold_no_text_without_streaming_in_the_plan(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease, publisher: Publisher
    ) -> None:
        await limits.put_on(acme, "FREE")
        async with reading(client, lease, **acme.headers) as reader:
            await reader.update()
            await say(publisher, lease, "secret")
            update = await reader.update()
        assert (update["output"], update["output_withheld"]) == ("", True)

    async def test_are_kept_alive_while_nothing_happens(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(event_stream, "KEEP_ALIVE_SECONDS", 0.05)
        async with client.get(path(lease), headers=acme.headers) as answer:
            seen = b""
            async with asyncio.timeout(14):
                while seen.count(b"\n\n: keep-alive") < 2:
                    seen += await answer.content.readany()

    async def test_cost_no_queries_while_nothing_happens(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease
    ) -> None:
        async with reading(client, lease, **acme.headers) as reader:
            await reader.update()

            async def nothing_is_asked() -> bool:
                with statements.recorded() as seen:
                    await asyncio.sleep(0.5)
                # Neither who watches credentials nor who tidies up behind what wrote the job.
                return not [sql for sql in seen if "held(user_id" not in sql and "outbox" not in sql]

            # The wake-ups of what wrote the job may still be on their way.
            await eventually(nothing_is_asked, what="half a second without a query")


class TestJobEventsRefuse:
    async def test_the_job_of_others_as_one_that_never_was(
        self, client: aiohttp.ClientSession, server: TestServer, rival: Tenant, lease: Lease
    ) -> None:
        for where in (path(lease), f"/v1/jobs/{ids.encode('job', ids.uuid7())}/events", "/v1/jobs/x/events"):
            async with client.get(where, headers=rival.headers) as answer:
                assert answer.status == 404
                assert (await answer.json())["code"] == "job_not_found"
        await nothing_held(server)

    @pytest.mark.parametrize("position", ["x", "-1", "1.5", str(2**63), "١"])
    async def test_a_position_that_is_none(
        self, client: aiohttp.ClientSession, acme: Tenant, lease: Lease, position: str
    ) -> None:
        async with client.get(path(lease), params={"after": position}, headers=acme.headers) as answer:
            assert answer.status == 422
            [error] = (await answer.json())["errors"]
        assert error["field"] == "after"

    async def test_more_than_a_network_may_hold(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        acme: Tenant,
        lease: Lease,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await nothing_held(server)
        monkeypatch.setattr(places, "MAX_PER_NETWORK", 1)
        async with reading(client, lease, **acme.headers) as reader:
            await reader.update()
            async with client.get(path(lease), headers=acme.headers) as answer:
                assert answer.status == 429
                assert (await answer.json())["code"] == "too_many_connections"


class TestCredential:
    async def test_that_is_revoked_ends_them_within_five_seconds(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant, lease: Lease
    ) -> None:
        async with reading(client, lease, **acme.headers) as reader:
            await reader.update()
            await db.execute("UPDATE api_key SET revoked_at = now() WHERE id = $1", acme.key.id)
            # How long that is at most: tests/schema/test_credential_watch.py.
            async with asyncio.timeout(14):
                [closed] = await reader.rest()
        assert (closed.event, orjson.loads(closed.data)) == ("closed", {"code": "credential_revoked"})
        await nothing_held(server)

    async def test_that_is_revoked_is_sent_nothing_more(
        self,
        settings: Settings,
        acme: Tenant,
        lease: Lease,
        publisher: Publisher,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(credential_watch, "INTERVAL_SECONDS", 60)
        async with (
            serving(settings) as server,
            aiohttp.ClientSession(server.make_url("/")) as client,
            reading(client, lease, **acme.headers) as reader,
        ):
            await reader.update()
            await db.execute("UPDATE api_key SET revoked_at = now() WHERE id = $1", acme.key.id)
            await asyncio.sleep(credential_watch.RECENT_SECONDS)
            await say(publisher, lease, "a secret")
            [closed] = await reader.rest()
            assert closed.event == "closed"


class TestClients:
    async def test_that_vanish_leave_nothing(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        acme: Tenant,
        lease: Lease,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(event_stream, "KEEP_ALIVE_SECONDS", 0.1)
        async with reading(client, lease, **acme.headers) as reader:
            await reader.update()
            connection: Any = reader.answer.connection
            connection.transport.get_extra_info("socket").setsockopt(
                sockets.SOL_SOCKET, sockets.SO_LINGER, RESET
            )
            connection.transport.abort()
        await nothing_held(server)

    async def test_that_take_nothing_hold_up_nobody_and_are_told_what_they_missed(
        self,
        settings: Settings,
        acme: Tenant,
        lease: Lease,
        publisher: Publisher,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(feeds, "BUFFER", 3)
        words = [f"{number:06}" * 20_000 for number in range(40)]
        async with (
            serving(replace(settings, is_rate_limited=False)) as server,
            aiohttp.ClientSession(server.make_url("/")) as client,
            reading(client, lease, **acme.headers) as slow,
            reading(client, lease, **acme.headers) as quick,
            asyncio.timeout(60),
        ):
            await slow.update()
            await quick.update()
            connection: Any = slow.answer.connection
            connection.transport.pause_reading()
            for word in words:
                await say(publisher, lease, word)
                assert (await quick.update())["output"] == word
            connection.transport.resume_reading()
            text, was_resynced = "", False
            while len(text) < len("".join(words)):
                update = await slow.update()
                text = update["output"] if update["resynced"] else text + update["output"]
                was_resynced |= update["resynced"]
            assert text == "".join(words)
            assert was_resynced


class TestShutdown:
    async def test_ends_them_at_once(self, settings: Settings, acme: Tenant, lease: Lease) -> None:
        async with aiohttp.ClientSession() as client:
            async with serving(settings) as server:
                answer = await client.get(server.make_url(path(lease)), headers=acme.headers)
                reader = Reader(answer, SSEDecoder().aiter_bytes(answer.content.iter_any()))
                await reader.update()
                rest = asyncio.create_task(reader.rest())
            [closed] = await rest
            assert orjson.loads(closed.data) == {"code": "going_away"}


class TestExample:
    async def test_in_the_document_sees_everything_once_across_a_lost_connection(
        self,
        server: TestServer,
        acme: Tenant,
        lease: Lease,
        publisher: Publisher,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        text = (Path(__file__).parents[2] / "docs" / "live-updates.md").read_text("utf-8")
        [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        names: dict[str, Any] = {}
        exec(code.replace("sleep(2)", "sleep(0.05)"), names)
        seen: list[tuple[int, str]] = []
        async with aiohttp.ClientSession(server.make_url("/"), headers=acme.headers) as session:
            async with asyncio.timeout(60):
                async for update in names["follow"](session, ids.encode("job", lease.job.id)):
                    seen.append((update["seq"], update["output"]))
                    match len(seen):
                        case 1:
                            await say(publisher, lease, "Whales ")
                        case 2:
                            assert server.runner is not None
                            assert server.runner.server is not None
                            for connection in list(server.runner.server.connections):
                                connection.force_close()
                            await jobs.say(lease, "sing.")
                        case 3:
                            await succeed(publisher, lease)
        assert seen == [(2, ""), (3, "Whales "), (4, "sing."), (5, "")]
