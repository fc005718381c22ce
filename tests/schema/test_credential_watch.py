"""An open WebSocket after its credential expired, was revoked, or may do less: closed, also where nobody sends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from app.accounts.keys import AccountKeys
from app.accounts.tokens import LIFETIME
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import SessionId, UserId
from app.core.principal import Principal, Role
from app.infra import db
from app.web import credential_watch
from app.web.credential_watch import WATCH, CredentialWatch
from app.web.services import SERVICES
from schema.core import context
from tests.factories import apikeys, jobs
from tests.factories.orgs import NOW, Tenant, bearer, member
from tests.fakes import network, statements
from tests.fakes.web import serving
from tests.schema.conftest import Json
from tests.waiting import eventually

Socket = aiohttp.ClientWebSocketResponse
FOLLOW = "subscription($id: ID!) { jobUpdated(id: $id) { seq } }"
QUICK = 0.05
MISSED = "credential_watch.cannot_look"


@pytest.fixture
async def quick(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first socket on: a watch that a test before has begun sleeps as long as it was told then."""
    monkeypatch.setattr(credential_watch, "INTERVAL_SECONDS", QUICK)
    await eventually(lambda: watch(server)._task is None, what="the end of the watch of tests before")


@asynccontextmanager
async def connected(server: TestServer, headers: dict[str, str]) -> AsyncIterator[Socket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
    ):
        await opened.send_json({"type": "connection_init", "payload": headers})
        assert (await opened.receive_json(timeout=14))["type"] == "connection_ack"
        yield opened


async def closing(opened: Socket, *, within: float = 14) -> tuple[int, str]:
    """Code and reason that the server closes with; other messages are passed over."""
    async with asyncio.timeout(within):
        while True:
            message = await opened.receive()
            if message.type is aiohttp.WSMsgType.CLOSE:
                return message.data, message.extra or ""
            assert message.type is aiohttp.WSMsgType.TEXT, message


async def lives_on(opened: Socket) -> None:
    """After several looks of the watch."""
    await asyncio.sleep(4 * QUICK)
    await opened.send_json({"type": "ping"})
    assert await opened.receive_json(timeout=14) == {"type": "pong"}


def watch(server: TestServer) -> CredentialWatch:
    assert server.app is not None
    return server.app[WATCH]


def looks(seen: list[str]) -> int:
    return sum("held(user_id" in sql for sql in seen)


LASTS = timedelta(minutes=2)


def turn(monkeypatch: pytest.MonkeyPatch, server: TestServer, ahead: timedelta) -> datetime:
    """The clock of those who ask whether a credential has expired; how long a test takes does not matter then."""
    monkeypatch.setattr(watch(server), "_clock", lambda: utcnow() + ahead)
    monkeypatch.setattr(context, "utcnow", lambda: utcnow() + ahead)
    return utcnow() + ahead


def token(settings: Settings, person: Principal, *, lasts: timedelta) -> dict[str, str]:
    """The header of a person whose token is good for so long yet, or up to a second less."""
    issued = utcnow() - LIFETIME + lasts
    signer = AccountKeys.derive(settings.secret_key).signer
    return {
        "Authorization": f"Bearer {signer.issue(UserId(person.id), SessionId(person.id), now=issued).token}"
    }


async def revoke_key(acme: Tenant) -> None:
    await db.execute("UPDATE api_key SET revoked_at = now() WHERE id = $1", acme.key.id)


async def end_session(person: Principal) -> None:
    await db.execute("UPDATE user_session SET revoked_at = now() WHERE user_id = $1", person.id)


async def set_role(person: Principal, role: Role) -> None:
    await db.execute("UPDATE membership SET role = $2 WHERE user_id = $1", person.id, role)


@pytest.mark.usefixtures("quick")
class TestRevocation:
    async def test_of_a_key_closes_with_4401(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme.headers) as opened:
            await lives_on(opened)
            await revoke_key(acme)
            assert await closing(opened) == (4401, "credential_revoked")
        await eventually(lambda: not len(watch(server)))

    async def test_of_a_key_by_an_earlier_expiry_closes_with_4401(
        self, server: TestServer, acme: Tenant
    ) -> None:
        async with connected(server, acme.headers) as opened:
            await db.execute("UPDATE api_key SET expires_at = now() WHERE id = $1", acme.key.id)
            assert await closing(opened) == (4401, "credential_revoked")

    async def test_of_a_session_closes_with_4401(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        async with connected(server, bearer(settings, acme.owner)) as opened:
            await lives_on(opened)
            await end_session(acme.owner)
            assert await closing(opened) == (4401, "credential_revoked")

    async def test_of_a_membership_closes_with_4403(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        person = await member(acme, Role.MEMBER)
        async with connected(server, bearer(settings, person)) as opened:
            await lives_on(opened)
            await db.execute("DELETE FROM membership WHERE user_id = $1", person.id)
            assert await closing(opened) == (4403, "permission_lost")

    async def test_of_a_permission_closes_with_4403(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        person = await member(acme, Role.ADMIN)
        async with connected(server, bearer(settings, person)) as opened:
            await set_role(person, Role.MEMBER)
            assert await closing(opened) == (4403, "permission_lost")

    async def test_of_a_scope_closes_with_4403(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme.headers) as opened:
            await db.execute("UPDATE api_key SET scopes = '{org:read}' WHERE id = $1", acme.key.id)
            assert await closing(opened) == (4403, "permission_lost")

    async def test_of_what_was_granted_meanwhile_closes_too(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        person = await member(acme, Role.VIEWER)
        async with connected(server, bearer(settings, person)) as opened:
            await set_role(person, Role.ADMIN)
            await lives_on(opened)
            await set_role(person, Role.VIEWER)
            assert await closing(opened) == (4403, "permission_lost")

    async def test_closes_no_others(
        self, server: TestServer, acme: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        person = await member(acme, Role.MEMBER)
        async with (
            connected(server, acme.headers) as closed,
            connected(server, rival.headers) as rivals,
            connected(server, bearer(settings, acme.owner)) as owners,
            connected(server, bearer(settings, person)) as persons,
            connected(server, {}) as nobodys,
        ):
            await revoke_key(acme)
            assert await closing(closed) == (4401, "credential_revoked")
            for each in (rivals, owners, persons, nobodys):
                await lives_on(each)

    async def test_ends_what_runs_on_the_socket(self, server: TestServer, acme: Tenant) -> None:
        job_id = ids.encode("job", (await jobs.running(acme)).job.id)
        async with connected(server, acme.headers) as opened:
            payload = {"query": FOLLOW, "variables": {"id": job_id}}
            await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
            assert (await opened.receive_json(timeout=14))["type"] == "next"
            await revoke_key(acme)
            assert await closing(opened) == (4401, "credential_revoked")
        assert server.app is not None
        feeds = server.app[SERVICES].job_feeds
        await eventually(lambda: not feeds._feeds)

    async def test_closes_without_redis(self, settings: Settings, acme: Tenant) -> None:
        async with network.wire_to(settings.require_redis_url()) as (wire, url):
            behind = replace(settings, redis_url=url, is_rate_limited=False)
            async with serving(behind) as server, connected(server, acme.headers) as opened:
                await wire.cut()
                await revoke_key(acme)
                assert await closing(opened) == (4401, "credential_revoked")


class TestPromptness:
    async def test_is_five_seconds_at_most(self, server: TestServer, acme: Tenant) -> None:
        """At the interval that runs in production, and with the longest that a look may take."""
        assert credential_watch.INTERVAL_SECONDS + credential_watch._QUERY_SECONDS <= 5
        await eventually(lambda: watch(server)._task is None)
        async with connected(server, acme.headers) as opened:
            await revoke_key(acme)
            assert await closing(opened) == (4401, "credential_revoked")


@pytest.mark.usefixtures("quick")
class TestOutage:
    async def test_of_the_database_closes_nobody(self, settings: Settings, acme: Tenant) -> None:
        async with (
            network.database_behind_wire(settings) as wire,
            serving(replace(settings, is_rate_limited=False)) as server,
            connected(server, acme.headers) as opened,
        ):
            with capture_logs() as logs:
                await wire.cut()
                await eventually(lambda: len([one for one in logs if one["event"] == MISSED]) >= 2)
                await lives_on(opened)
            await wire.mend()
            await eventually(lambda: db.fetchval("SELECT 1"))
            await revoke_key(acme)
            assert await closing(opened) == (4401, "credential_revoked"), "the watch outlived it"


@pytest.mark.usefixtures("quick")
class TestQueries:
    async def test_are_one_for_all_sockets(
        self, server: TestServer, acme: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        headers = [acme.headers, rival.headers, bearer(settings, acme.owner), bearer(settings, rival.owner)]
        async with AsyncExitStack() as stack:
            for number in range(200):
                await stack.enter_async_context(connected(server, headers[number % 4]))
            assert len(watch(server)) == 200
            with statements.recorded() as seen:
                started = asyncio.get_running_loop().time()
                await eventually(lambda: looks(seen) >= 5, every=QUICK)
                lasted = asyncio.get_running_loop().time() - started
            assert looks(seen) <= lasted / QUICK + 1, "one statement a look"
            # What the process does by itself every few seconds may have fallen in between, on a busy machine often.
            assert len(seen) - looks(seen) <= 20, "and none for each socket"

    async def test_are_none_where_no_socket_is_open(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme.headers):
            pass
        await eventually(lambda: not len(watch(server)))
        with statements.recorded() as seen:
            await asyncio.sleep(4 * QUICK)
        assert looks(seen) <= 1, "one may have been on its way"
        await eventually(lambda: watch(server)._task is None)
        with statements.recorded() as seen:
            await asyncio.sleep(4 * QUICK)
        assert looks(seen) == 0

    async def test_are_none_for_who_is_nobody(self, server: TestServer, settings: Settings) -> None:
        with statements.recorded() as seen:
            async with connected(server, {}) as opened:
                await lives_on(opened)
        assert looks(seen) == 0


@pytest.mark.usefixtures("quick")
class TestExpiry:
    async def test_is_announced_and_closes_with_4401(
        self, server: TestServer, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began = utcnow()
        async with connected(server, token(settings, acme.owner, lasts=LASTS)) as opened:
            turn(monkeypatch, server, LASTS - credential_watch.REMINDER)
            reminder = await opened.receive_json(timeout=14)
            assert reminder["type"] == "ping"
            assert reminder["payload"]["type"] == "credential_expiring"
            expires_at = datetime.fromisoformat(reminder["payload"]["expiresAt"])
            assert timedelta(seconds=-1) <= expires_at - began - LASTS <= timedelta(seconds=14)
            await opened.send_json({"type": "pong"})
            await lives_on(opened)
            turn(monkeypatch, server, LASTS)
            assert await closing(opened) == (4401, "credential_expired")

    async def test_is_not_announced_long_before_and_only_once(
        self, server: TestServer, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with connected(server, token(settings, acme.owner, lasts=LASTS)) as opened:
            await lives_on(opened)
            turn(monkeypatch, server, timedelta(seconds=70))
            reminder = await opened.receive_json(timeout=14)
            assert reminder["payload"]["type"] == "credential_expiring"
            await lives_on(opened)

    async def test_of_a_key_closes_with_4401(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await db.execute(
            "UPDATE api_key SET expires_at = $2 WHERE id = $1", acme.key.id, utcnow() + timedelta(hours=1)
        )
        async with connected(server, acme.headers) as opened:
            turn(monkeypatch, server, timedelta(minutes=55))
            await lives_on(opened)
            turn(monkeypatch, server, timedelta(hours=1))
            assert await closing(opened) == (4401, "credential_expired")


async def renewed(opened: Socket, headers: dict[str, str]) -> Json:
    """The answer to an attempt to renew in band."""
    await opened.send_json({"type": "ping", "payload": headers})
    while True:
        answer: Json = await opened.receive_json(timeout=14)
        if answer["type"] == "pong":
            return answer


@pytest.mark.usefixtures("quick")
class TestRenewal:
    async def test_keeps_the_socket_and_what_runs_on_it(
        self, server: TestServer, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with connected(server, token(settings, acme.owner, lasts=LASTS)) as opened:
            answer = await renewed(opened, bearer(settings, acme.owner))
            expires_at = datetime.fromisoformat(answer["payload"]["expiresAt"])
            assert expires_at - utcnow() > timedelta(minutes=10)
            turn(monkeypatch, server, LASTS)
            await lives_on(opened)
            payload = {"query": "{ me { email } }"}
            await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
            said = await opened.receive_json(timeout=14)
            assert said["payload"]["data"] == {"me": {"email": acme.email}}
            assert (await opened.receive_json(timeout=14))["type"] == "complete"
            await lives_on(opened)

    async def test_may_come_after_an_operation_met_the_expiry(
        self, settings: Settings, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(credential_watch, "INTERVAL_SECONDS", 30)
        first = token(settings, acme.owner, lasts=LASTS)
        unlimited = replace(settings, is_rate_limited=False)
        async with serving(unlimited) as server, connected(server, first) as opened:
            turn(monkeypatch, server, LASTS)
            payload = {"query": "{ me { email } }"}
            await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
            refused = await opened.receive_json(timeout=14)
            assert refused["payload"]["errors"][0]["extensions"]["code"] == "token_expired"
            assert (await opened.receive_json(timeout=14))["type"] == "complete"
            assert (await renewed(opened, bearer(settings, acme.owner)))["payload"]["expiresAt"]
            await opened.send_json({"id": "2", "type": "subscribe", "payload": payload})
            assert (await opened.receive_json(timeout=14))["payload"]["data"]["me"]

    async def test_by_a_key_without_expiry_says_so(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme.headers) as opened:
            assert (await renewed(opened, acme.headers))["payload"] == {"expiresAt": None}

    async def test_is_of_the_newer_session_from_then_on(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        other = SessionId(ids.uuid7())
        await db.execute(
            "INSERT INTO user_session (id, user_id, method, created_at, last_seen_at, expires_at) "
            "SELECT $2, user_id, method, created_at, last_seen_at, expires_at FROM user_session WHERE user_id = $1",
            acme.owner.id,
            other,
        )
        signer = AccountKeys.derive(settings.secret_key).signer
        newer = signer.issue(UserId(acme.owner.id), other, now=utcnow()).token
        async with connected(server, bearer(settings, acme.owner)) as opened:
            await renewed(opened, {"Authorization": f"Bearer {newer}"})
            await db.execute("UPDATE user_session SET revoked_at = now() WHERE id = $1", acme.owner.id)
            await lives_on(opened)
            await db.execute("UPDATE user_session SET revoked_at = now() WHERE id = $1", other)
            assert await closing(opened) == (4401, "credential_revoked")

    @pytest.mark.parametrize(
        "another", ["another user", "a key", "nobody", "a wrong one", "an expired one", "of the same org"]
    )
    async def test_by_another_is_refused_with_4403(
        self, server: TestServer, acme: Tenant, rival: Tenant, settings: Settings, another: str
    ) -> None:
        headers = {
            "another user": lambda: bearer(settings, rival.owner),
            "a key": lambda: acme.headers,
            "nobody": lambda: {"Authorization": ""},
            "a wrong one": lambda: {"Authorization": "Bearer lk_live_x"},
            "an expired one": lambda: bearer(settings, acme.owner, minutes_ago=16),
        }
        colleague = await member(acme, Role.OWNER)
        shown = headers[another]() if another in headers else bearer(settings, colleague)
        async with connected(server, bearer(settings, acme.owner)) as opened:
            await opened.send_json({"type": "ping", "payload": shown})
            assert (await closing(opened))[0] == 4403

    async def test_makes_nobody_somebody(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, {}) as opened:
            await opened.send_json({"type": "ping", "payload": acme.headers})
            assert (await closing(opened))[0] == 4403

    async def test_of_a_key_by_another_key_of_the_org_is_refused(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        new = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW)
        async with connected(server, acme.headers) as opened:
            await opened.send_json({"type": "ping", "payload": new.headers})
            assert (await closing(opened))[0] == 4403

    async def test_does_not_hide_that_a_membership_was_lost(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = await member(acme, Role.MEMBER)
        monkeypatch.setattr(credential_watch, "INTERVAL_SECONDS", 60)
        async with (
            serving(replace(settings, is_rate_limited=False)) as server,
            connected(server, bearer(settings, person)) as opened,
        ):
            await db.execute("DELETE FROM membership WHERE user_id = $1", person.id)
            await renewed(opened, bearer(settings, person))
            await watch(server)._look()
            assert await closing(opened) == (4403, "permission_lost")

    async def test_before_the_introduction_is_only_a_ping(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
        ):
            await opened.send_json({"type": "ping", "payload": acme.headers})
            assert await opened.receive_json(timeout=14) == {"type": "pong"}
            payload = {"query": "{ me { id } }"}
            await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
            assert (await closing(opened))[0] == 4401

    @pytest.mark.parametrize(
        "payload", [None, {}, [], "x", {"Authorization": 7}, {"authorization": "Bearer x"}]
    )
    async def test_is_not_what_other_pings_are(self, server: TestServer, acme: Tenant, payload: Any) -> None:
        async with connected(server, acme.headers) as opened:
            await opened.send_json({"type": "ping", "payload": payload})
            assert await opened.receive_json(timeout=14) == {"type": "pong"}

    async def test_while_the_database_is_away_leaves_all_as_it_was(
        self, settings: Settings, acme: Tenant
    ) -> None:
        async with (
            network.database_behind_wire(settings) as wire,
            serving(replace(settings, is_rate_limited=False)) as server,
            connected(server, token(settings, acme.owner, lasts=timedelta(minutes=5))) as opened,
        ):
            before = next(iter(watch(server)._watched)).principal.expires_at
            assert before is not None
            await wire.cut()
            answer = await renewed(opened, bearer(settings, acme.owner))
            assert answer["payload"] == {"expiresAt": before.isoformat()}
            await lives_on(opened)
            await wire.mend()
            await eventually(lambda: db.fetchval("SELECT 1"))
            answer = await renewed(opened, bearer(settings, acme.owner))
            assert datetime.fromisoformat(answer["payload"]["expiresAt"]) > before
