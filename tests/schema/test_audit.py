"""Searching the audit log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.config import Settings
from tests.factories import audit
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker

SEARCH = """query($org: ID!, $where: AuditFilter, $action: String) {
  auditLog(orgId: $org, filter: $where, action: $action) { nodes { seq hash changes } }
}"""


async def found(asker: Asker, acme: Tenant, **where: Any) -> list[int]:
    answer = await asker.ask(SEARCH, {"org": acme.org, "where": where})
    return [node["changes"]["number"] for node in answer["auditLog"]["nodes"]]


class TestSearch:
    async def test_finds_by_who_what_on_what_and_when(self, owner: Asker, acme: Tenant) -> None:
        target = ids.uuid7()
        await audit.record(
            *(audit.entry(acme.org_id, number, who=acme.key) for number in range(4)),
            audit.entry(acme.org_id, 4, who=acme.owner, target_id=target),
        )
        key = ids.encode("key", acme.key.id)

        assert await found(owner, acme, principalId=key) == [3, 2, 1, 0]
        assert await found(owner, acme, targetId=ids.encode("job", target)) == [4]
        assert await found(owner, acme, targetType="job", action="job.created") == [4, 3, 2, 1, 0]
        times = {"from": "2026-11-20T10:00:01Z", "to": "2026-11-20T10:00:03Z"}
        assert await found(owner, acme, principalId=key, **times) == [2, 1]

    async def test_shows_the_chain(self, owner: Asker, acme: Tenant, settings: Settings) -> None:
        await audit.seal_all(settings)
        nodes = (await owner.ask(SEARCH, {"org": acme.org}))["auditLog"]["nodes"]
        assert [node["seq"] for node in nodes] == [2, 1]
        assert all(len(node["hash"]) == 64 for node in nodes)

    @pytest.mark.parametrize(
        "where",
        [
            {"principalId": "me"},
            {"targetId": ""},
            {"from": "2026-11-20T10:00:00"},
            {"to": "9999-12-31T23:59:59-14:00"},
            {"from": "2026-11-20T10:00:00Z", "to": "2026-11-20T10:00:00Z"},
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, owner: Asker, acme: Tenant, where: dict[str, str]
    ) -> None:
        error = await owner.refusal(SEARCH, {"org": acme.org, "where": where})
        assert error["extensions"]["code"] == "invalid_input"

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        for org in (acme.org, ids.encode("org", ids.uuid7())):
            error = await stranger.refusal(SEARCH, {"org": org, "where": {}})
            assert error["extensions"]["code"] == "not_found"


FOLLOW = """subscription($org: ID!, $after: BigInt) {
  auditLogged(orgId: $org, after: $after) { seq hash action }
}"""


class Socket:
    """One subscription over `graphql-transport-ws`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def next(self) -> Any:
        """The payload of the next answer."""
        while (message := await self._socket.receive_json(timeout=14))["type"] == "ping":
            await self._socket.send_json({"type": "pong"})
        return message["payload"]


@asynccontextmanager
async def followed(asker: Asker, acme: Tenant, **variables: Any) -> AsyncIterator[Socket]:
    async with asker.session.ws_connect(
        "/graphql", protocols=["graphql-transport-ws"], headers=asker.headers
    ) as socket:
        await socket.send_json({"type": "connection_init", "payload": dict(asker.headers)})
        assert (await socket.receive_json(timeout=14))["type"] == "connection_ack"
        payload = {"query": FOLLOW, "variables": {"org": acme.org, **variables}}
        await socket.send_json({"type": "subscribe", "id": "1", "payload": payload})
        yield Socket(socket)


class TestAuditLogged:
    async def test_sends_what_was_missed_and_then_what_is_sealed(
        self, owner: Asker, acme: Tenant, settings: Settings
    ) -> None:
        await audit.seal_all(settings)
        async with followed(owner, acme, after=1) as socket:
            first = (await socket.next())["data"]["auditLogged"]
            assert (first["seq"], first["action"]) == (2, "api_key.created")
            await audit.write(acme.org_id, 1)
            await audit.seal_all(settings)
            second = (await socket.next())["data"]["auditLogged"]
            assert (second["seq"], second["action"]) == (3, "job.created")
            assert len(second["hash"]) == 64

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        async with followed(stranger, acme) as socket:
            payload = await socket.next()
            errors = payload if isinstance(payload, list) else payload["errors"]
            assert errors[0]["extensions"]["code"] == "not_found"
