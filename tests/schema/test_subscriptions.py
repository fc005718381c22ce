"""`jobUpdated` over `graphql-transport-ws`, heard by a client that nobody here wrote (`gql`)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from gql import Client, GraphQLRequest, gql
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportConnectionFailed, TransportQueryError
from gql.transport.websockets import WebsocketsTransport
from websockets.exceptions import ConnectionClosed

from app.apikeys.verification import KeyVerifier
from app.core import ids
from app.core.config import Settings
from app.infra import db, redis
from app.infra.db import DatabaseUnavailable
from app.infra.pubsub import Publisher
from app.jobs import events, execution
from app.jobs.execution import Lease
from app.web import credential_watch
from app.web.services import SERVICES
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant, bearer
from tests.fakes import statements
from tests.fakes.web import serving
from tests.schema.conftest import Asker, Json
from tests.waiting import eventually

FOLLOW = """subscription($id: ID!, $after: Int) { jobUpdated(id: $id, after: $after) {
  seq output outputOffset resynced
  job { status progress outputTokens costUsd result workspace { name } createdBy { __typename } }
} }"""

WITH_INPUT = "subscription($id: ID!) { jobUpdated(id: $id) { seq job { input } } }"
CREATE = """mutation($input: CreateJobInput!) { createJob(input: $input) { __typename } }"""

RUBBISH = [
    *("{", "[]", "null", "1", '{"type": 1}', "{}", '{"id": [], "type": "complete"}'),
    *(f'{{"id": "1", "type": "subscribe", "payload": {payload}}}' for payload in ("[]", "1", "null", "{}")),
    '{"id": "1", "type": "subscribe", "payload": {"query": "{ me { id } }", "variables": 1}}',
    '{"id": [], "type": "subscribe", "payload": {"query": "{ me { id } }"}}',
]


@pytest.fixture
async def publisher(settings: Settings) -> AsyncIterator[Publisher]:
    client = redis.connect(settings.require_redis_url())
    yield Publisher(client)
    await client.aclose()


@asynccontextmanager
async def connected(server: TestServer, payload: Json | None) -> AsyncIterator[AsyncClientSession]:
    transport = WebsocketsTransport(
        url=str(server.make_url("/graphql")).replace("http", "ws", 1),
        init_payload=payload or {},
        subprotocols=["graphql-transport-ws"],
    )
    async with Client(transport=transport) as session:
        yield session


def follow(session: AsyncClientSession, job_id: str, **variables: Any) -> Any:
    return session.subscribe(GraphQLRequest(FOLLOW, variable_values={"id": job_id, **variables}))


async def no_followers(server: TestServer) -> None:
    assert server.app is not None
    feeds = server.app[SERVICES].job_feeds
    await eventually(lambda: feeds._feeds == {})


class TestJobUpdated:
    async def test_follows_a_job_to_its_end(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        job = await jobs.queued(acme)
        seen: list[Json] = []

        async def tell() -> None:
            await publisher.wake(events.topic(job.id))

        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            async for update in follow(session, ids.encode("job", job.id)):
                seen.append(update["jobUpdated"])
                match len(seen):
                    case 1:
                        lease = await jobs.leased(job)
                        await tell()
                    case 2:
                        await jobs.say(lease, "Whales ")
                        await tell()
                    case 3:
                        await execution.progress(lease, percent=60, offset=7, delta="sing.", now=NOW)
                        await tell()
                    case 4:
                        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
                        await tell()

        assert [(one["seq"], one["job"]["status"], one["job"]["progress"]) for one in seen] == [
            (1, "QUEUED", 0),
            (2, "RUNNING", 0),
            (3, "RUNNING", 10),
            (4, "RUNNING", 60),
            (5, "SUCCEEDED", 100),
        ]
        assert [(one["outputOffset"], one["output"]) for one in seen[2:4]] == [(0, "Whales "), (7, "sing.")]
        assert seen[-1]["job"] == {
            "status": "SUCCEEDED",
            "progress": 100,
            "outputTokens": 100,
            "costUsd": jobs.COST,
            "result": dict(jobs.OUTCOME.result),
            "workspace": {"name": "Live"},
            "createdBy": {"__typename": "ApiKey"},
        }
        await no_followers(server)

    async def test_resumes_after_the_last_step_that_was_seen(self, server: TestServer, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.say(lease, "one ", "two ", "three")
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            seen = [u["jobUpdated"] async for u in follow(session, _id(lease), after=3)]
        assert [(one["seq"], one["output"], one["resynced"]) for one in seen] == [
            (5, "two three", False),
            (6, "", False),
        ]
        assert seen[0]["job"]["costUsd"] == "0", "not yet at that step"

    async def test_lets_go_when_the_client_stops(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            updates = follow(session, _id(lease))
            await anext(updates)
            await updates.aclose()
            await no_followers(server)
            again = await anext(follow(session, _id(lease)))
            assert again["jobUpdated"]["seq"] == 2, "the connection lives on"

    async def test_lets_go_when_the_client_vanishes(self, server: TestServer, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            await anext(follow(session, _id(lease)))
            transport: Any = session.transport
            transport.adapter.websocket.transport.abort()
            await no_followers(server)

    async def test_serves_many_operations_on_one_socket(self, server: TestServer, acme: Tenant) -> None:
        leases = [await jobs.running(acme) for _ in range(5)]
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            firsts = await asyncio.gather(*(anext(follow(session, _id(lease))) for lease in leases))
            me = await session.execute(gql("{ orgs { name } }"))
        assert [first["jobUpdated"]["seq"] for first in firsts] == [2] * 5
        assert me == {"orgs": [{"name": "Acme"}]}
        await no_followers(server)

    async def test_of_a_signed_in_person(self, server: TestServer, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme)
        async with connected(server, bearer(settings, acme.owner)) as session, asyncio.timeout(14):
            assert (await anext(follow(session, _id(lease))))["jobUpdated"]["seq"] == 2


class TestJobsUpdated:
    async def test_follows_every_job_of_the_org(self, server: TestServer, acme: Tenant, key: Asker) -> None:
        """Told by what the service publishes, and by nothing else."""
        document = gql(
            "subscription($org: ID!) { jobsUpdated(orgId: $org) { seq snapshot jobs { id status } } }"
        )
        document.variable_values = {"org": acme.org}
        wish = {"orgId": acme.org, "kind": "summarize", "input": {"text": "Whales."}}
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            updates: Any = session.subscribe(document)
            first = (await anext(updates))["jobsUpdated"]
            assert (first["snapshot"], first["jobs"]) == (True, [])
            await key.ask(CREATE, {"input": wish})
            second = (await anext(updates))["jobsUpdated"]
            await updates.aclose()
        assert second["seq"] > first["seq"]
        assert [job["status"] for job in second["jobs"]] == ["QUEUED"]


class TestJobUpdatedInput:
    async def test_is_in_every_update_that_selects_it(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        lease = await jobs.running(acme)
        request = GraphQLRequest(WITH_INPUT, variable_values={"id": _id(lease)})
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            updates: Any = session.subscribe(request)
            first = await anext(updates)
            await execution.succeed(lease, jobs.OUTCOME, now=NOW)
            await publisher.wake(events.topic(lease.job.id))
            last = await anext(updates)
            await updates.aclose()
        assert [one["jobUpdated"] for one in (first, last)] == [
            {"seq": 2, "job": {"input": {"text": jobs.TEXT}}},
            {"seq": 3, "job": {"input": {"text": jobs.TEXT}}},
        ]

    @pytest.mark.parametrize("document", [FOLLOW, WITH_INPUT], ids=["not selected", "selected"])
    async def test_is_not_read_again_for_an_update(
        self, server: TestServer, acme: Tenant, publisher: Publisher, document: str
    ) -> None:
        """It never changes, and may be megabytes."""
        lease = await jobs.running(acme)
        request = GraphQLRequest(document, variable_values={"id": _id(lease)})
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            updates: Any = session.subscribe(request)
            await anext(updates)
            with statements.recorded() as seen:
                await jobs.say(lease, "Whales ")
                await publisher.wake(events.topic(lease.job.id))
                await anext(updates)
            await updates.aclose()
        reads = [sql for sql in seen if "FROM job WHERE id" in sql]
        assert reads, "the update was read"
        assert all("NULL AS input" in sql for sql in reads)


class TestJobUpdatedRefuses:
    async def refusal(self, session: AsyncClientSession, job_id: str) -> Json:
        with pytest.raises(TransportQueryError) as raised:
            await anext(follow(session, job_id))
        assert raised.value.errors is not None
        [error] = raised.value.errors
        assert error["extensions"]["requestId"].startswith("req_")
        found: Json = error
        return found

    async def test_the_job_of_others_as_one_that_never_was(
        self, server: TestServer, acme: Tenant, rival: Tenant
    ) -> None:
        lease = await jobs.running(acme)
        async with connected(server, rival.headers) as session, asyncio.timeout(14):
            for job_id in (_id(lease), ids.encode("job", ids.uuid7()), "nonsense"):
                error = await self.refusal(session, job_id)
                assert error["extensions"]["code"] == "job_not_found"
        await no_followers(server)

    async def test_nobody_in_particular(self, server: TestServer, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        async with connected(server, None) as session, asyncio.timeout(14):
            error = await self.refusal(session, _id(lease))
        assert error["extensions"]["code"] == "unauthenticated"

    async def test_a_document_that_makes_no_sense(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme.headers) as session, asyncio.timeout(14):
            with pytest.raises(TransportQueryError) as raised:
                await anext(session.subscribe(gql("subscription { nothing }")))
        assert raised.value.errors is not None
        assert raised.value.errors[0]["extensions"]["code"] == "bad_request"


class TestRevokedKey:
    """A socket lives for hours: whoever opened it may have lost the right to since."""

    async def revoke(self, key: Asker, acme: Tenant) -> None:
        """Returns when the server, asked over HTTP, has noticed."""
        assert "errors" not in await key.send("{ orgs { name } }"), "it is in the cache"
        await db.execute("UPDATE api_key SET revoked_at = now() WHERE id = $1", acme.key.id)

        async def is_noticed() -> bool:
            return "errors" in await key.send("{ orgs { name } }")

        # Not faster: asking is limited too.
        await eventually(is_noticed, every=0.1)

    async def test_makes_no_more_jobs_on_an_open_socket(
        self, settings: Settings, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Before the watch comes by and closes it."""
        monkeypatch.setattr(credential_watch, "INTERVAL_SECONDS", 60)
        wish = {"orgId": acme.org, "kind": "summarize", "input": {"text": "Whales."}}
        request = GraphQLRequest(CREATE, variable_values={"input": wish})
        # A server of its own: the watch of another may be on its way already.
        async with (
            serving(settings) as server,
            asyncio.timeout(60),
            aiohttp.ClientSession(server.make_url("/")) as http,
            connected(server, acme.headers) as session,
        ):
            made = await session.execute(request)
            assert made == {"createJob": {"__typename": "CreatedJob"}}
            await self.revoke(Asker(http, acme.headers), acme)
            before = await jobs.counts()
            with pytest.raises(TransportQueryError) as raised:
                await session.execute(request)
        assert _code(raised.value) == "api_key_invalid"
        assert await jobs.counts() == before

    async def test_is_sent_no_more_updates(
        self, settings: Settings, acme: Tenant, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A second after its revocation, long before the watch would come by."""
        monkeypatch.setattr(credential_watch, "INTERVAL_SECONDS", 60)
        lease = await jobs.running(acme)
        async with serving(settings) as server, asyncio.timeout(60):
            async with connected(server, acme.headers) as session:
                updates = follow(session, _id(lease))
                await anext(updates)
                await jobs.say(lease, "for all")
                await publisher.wake(events.topic(lease.job.id))
                assert (await anext(updates))["jobUpdated"]["output"] == "for all"
                await db.execute("UPDATE api_key SET revoked_at = now() WHERE id = $1", acme.key.id)
                await asyncio.sleep(credential_watch.RECENT_SECONDS)
                await jobs.say(lease, "a secret")
                await publisher.wake(events.topic(lease.job.id))
                with pytest.raises(TransportConnectionFailed) as raised:
                    await anext(updates)
            closed = raised.value.__cause__
            assert isinstance(closed, ConnectionClosed)
            assert closed.rcvd is not None
            assert (closed.rcvd.code, closed.rcvd.reason) == (4401, "credential_revoked")
            await no_followers(server)


class TestConnection:
    @pytest.mark.parametrize("credential", ["Bearer lk_live_x", "Bearer nonsense", "Basic x"])
    async def test_with_a_wrong_credential_is_closed_with_4403(
        self, server: TestServer, settings: Settings, credential: str
    ) -> None:
        with pytest.raises(Exception, match="ConnectionClosed") as raised:
            async with connected(server, {"Authorization": credential}), asyncio.timeout(14):
                pass
        error: BaseException | None = raised.value
        while error is not None and not isinstance(error, ConnectionClosed):
            error = error.__cause__
        assert error is not None
        assert error.rcvd is not None
        assert error.rcvd.code == 4403

    async def test_with_an_expired_token_is_closed_with_4403(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        payload = bearer(settings, acme.owner, minutes_ago=16)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as socket,
        ):
            await socket.send_json({"type": "connection_init", "payload": payload})
            message = await socket.receive(timeout=14)
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 4403)

    async def test_takes_the_credential_of_the_upgrade_request_too(
        self, server: TestServer, acme: Tenant
    ) -> None:
        async with (
            aiohttp.ClientSession(headers=acme.headers) as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as socket,
        ):
            await socket.send_json({"type": "connection_init"})
            assert (await socket.receive_json(timeout=14))["type"] == "connection_ack"
            query = {"query": "{ orgs { name } }"}
            await socket.send_json({"id": "1", "type": "subscribe", "payload": query})
            answer = await socket.receive_json(timeout=14)
        assert answer["payload"]["data"] == {"orgs": [{"name": "Acme"}]}

    async def test_takes_a_right_credential_over_a_wrong_one_of_the_upgrade_request(
        self, server: TestServer, acme: Tenant
    ) -> None:
        async with (
            aiohttp.ClientSession(headers={"Authorization": "Bearer lk_live_x"}) as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as socket,
        ):
            await socket.send_json({"type": "connection_init", "payload": acme.headers})
            assert (await socket.receive_json(timeout=14))["type"] == "connection_ack"
            query = {"query": "{ orgs { name } }"}
            await socket.send_json({"id": "1", "type": "subscribe", "payload": query})
            answer = await socket.receive_json(timeout=14)
        assert answer["payload"]["data"] == {"orgs": [{"name": "Acme"}]}

    async def test_while_the_database_is_away_is_closed_with_1013(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """4403 would tell the client that its key is wrong, and not to come back."""

        async def away(*_: object) -> None:
            raise DatabaseUnavailable(retry_after=1)

        monkeypatch.setattr(KeyVerifier, "_look_up", away)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as socket,
        ):
            await socket.send_json({"type": "connection_init", "payload": acme.headers})
            message = await socket.receive(timeout=14)
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.TRY_AGAIN_LATER)

    async def test_must_begin_with_its_introduction(self, server: TestServer, settings: Settings) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as socket,
        ):
            await socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": "{ me { id } }"}})
            message = await socket.receive(timeout=14)
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 4401)

    async def test_does_not_speak_the_legacy_protocol(self, server: TestServer, settings: Settings) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-ws"]) as socket,
        ):
            message = await socket.receive(timeout=14)
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 4406)

    async def test_is_not_held_up_by_rubbish(self, server: TestServer, settings: Settings) -> None:
        async with aiohttp.ClientSession() as session:
            for rubbish in RUBBISH:
                async with session.ws_connect(
                    server.make_url("/graphql"), protocols=["graphql-transport-ws"]
                ) as socket:
                    await socket.send_json({"type": "connection_init"})
                    assert (await socket.receive_json(timeout=14))["type"] == "connection_ack"
                    await socket.send_str(rubbish)
                    message = await socket.receive(timeout=14)
                    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 4400), rubbish


def _id(lease: Lease) -> str:
    return ids.encode("job", lease.job.id)


def _code(refusal: TransportQueryError) -> str:
    assert refusal.errors is not None
    [error] = refusal.errors
    code: str = error["extensions"]["code"]
    return code
