"""Whose address counts, for limits and in the audit log, with and without proxies in front."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from app.core.config import Network, Settings
from app.infra import db
from app.limits import plans
from tests.factories import limits
from tests.factories.orgs import Tenant
from tests.fakes.web import serving

CLIENT = "198.51.100.1"
LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"),)
CHAIN = (*LOOPBACK, ipaddress.ip_network("10.0.0.0/8"))


@asynccontextmanager
async def behind(proxies: Sequence[Network], settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with (
        serving(replace(settings, trusted_proxies=tuple(proxies))) as running,
        aiohttp.ClientSession(running.make_url("/")) as session,
    ):
        yield session


async def guess(session: aiohttp.ClientSession, forwarded: str) -> None:
    """One request of somebody unknown, which is counted by address."""
    async with session.get("/v1/jobs", headers={"X-Forwarded-For": forwarded}) as answer:
        assert answer.status == 401


async def audited(session: aiohttp.ClientSession, acme: Tenant, forwarded: str) -> str | None:
    """The address in the audit entry of a job."""
    headers = {**acme.headers, "X-Forwarded-For": forwarded}
    async with session.post("/v1/jobs/summarize", json={"text": "Whales."}, headers=headers) as answer:
        assert answer.status == 202, await answer.text()
    sql = "SELECT ip FROM audit_entry WHERE action = 'job.created' ORDER BY id DESC LIMIT 1"
    ip: str | None = await db.fetchval(sql)
    return ip


class TestRateLimit:
    async def test_is_the_same_whatever_an_untrusted_peer_says(self, settings: Settings) -> None:
        async with behind((), settings) as session:
            for number in range(3):
                await guess(session, f"198.51.100.{number}")
        assert list(limits.kept(settings)) == ["anonymous:127.0.0.1"]

    async def test_is_the_same_where_others_are_trusted(self, settings: Settings) -> None:
        async with behind(CHAIN[1:], settings) as session:
            for number in range(3):
                await guess(session, f"198.51.100.{number}, 10.0.0.1")
        assert list(limits.kept(settings)) == ["anonymous:127.0.0.1"]

    async def test_is_that_of_who_called_a_trusted_proxy(self, settings: Settings) -> None:
        async with behind(CHAIN, settings) as session:
            await guess(session, CLIENT)
            await guess(session, f"1.2.3.4, {CLIENT}")
            await guess(session, f"5.6.7.8, {CLIENT}, 10.0.0.1")
        assert list(limits.kept(settings)) == [f"anonymous:{CLIENT}"]

    async def test_is_that_of_the_proxy_for_rubbish(self, settings: Settings) -> None:
        async with behind(CHAIN, settings) as session:
            for rubbish in ("unknown", "x" * 8000, ",,,", "127.0.0.1/8"):
                await guess(session, f"{CLIENT}, {rubbish}")
        assert list(limits.kept(settings)) == ["anonymous:127.0.0.1"]

    async def test_of_a_websocket_is_that_of_its_client(self, settings: Settings) -> None:
        async with behind(LOOPBACK, settings) as session:
            limits.empty(settings, f"ip:{CLIENT}", plans.ADDRESS)
            with pytest.raises(aiohttp.WSServerHandshakeError, match="429"):
                await opened(session, CLIENT)
            await opened(session, "198.51.100.2")
        async with behind((), settings) as session:
            await opened(session, CLIENT)


async def opened(session: aiohttp.ClientSession, forwarded: str) -> None:
    """Connects, and leaves."""
    headers = {"X-Forwarded-For": forwarded}
    async with session.ws_connect("/graphql", protocols=["graphql-transport-ws"], headers=headers):
        pass


class TestAudit:
    async def test_does_not_believe_an_untrusted_peer(self, settings: Settings, acme: Tenant) -> None:
        async with behind((), settings) as session:
            assert await audited(session, acme, CLIENT) == "127.0.0.1"

    @pytest.mark.parametrize(
        ("forwarded", "ip"),
        [
            (CLIENT, CLIENT),
            (f"1.2.3.4, {CLIENT}, 10.0.0.1", CLIENT),
            ("1.2.3.4, [2001:db8::5]:80, 10.0.0.1", "2001:db8::5"),
            ("1.2.3.4, " + "x" * 7000, "127.0.0.1"),
        ],
    )
    async def test_tells_who_called_a_trusted_proxy(
        self, settings: Settings, acme: Tenant, forwarded: str, ip: str
    ) -> None:
        async with behind(CHAIN, settings) as session:
            assert await audited(session, acme, forwarded) == ip

    async def test_keeps_requests_of_one_connection_apart(self, settings: Settings, acme: Tenant) -> None:
        async with asyncio.timeout(60), behind(LOOPBACK, settings) as session:
            assert await audited(session, acme, "198.51.100.1") == "198.51.100.1"
            assert await audited(session, acme, "198.51.100.2") == "198.51.100.2"
