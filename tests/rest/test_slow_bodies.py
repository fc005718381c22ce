"""A body that arrives long after its head: what counts is what its sender may do when it is there."""

import asyncio

import orjson
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from app.infra import db
from tests.factories import limits
from tests.factories.orgs import Tenant, bearer
from tests.waiting import eventually

RENAME = 'mutation($id: ID!) { updateOrg(input: { orgId: $id, name: "Mine" }) { __typename } }'


async def send(server: TestServer, settings: Settings, acme: Tenant, path: str, sent: object) -> bytes:
    """What the owner is answered, whose session ends between the head and the rest of the body."""
    data, [credential] = orjson.dumps(sent), bearer(settings, acme.owner).items()
    head = [
        f"POST {path} HTTP/1.1",
        "Host: x",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(data)}",
        ": ".join(credential),
    ]
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write("\r\n".join([*head, "", ""]).encode() + data[:1])
        # Who asks was found, and has paid.
        await eventually(lambda: bool(limits.kept(settings)))
        await db.execute("UPDATE user_session SET revoked_at = now() WHERE id = $1", acme.owner.id)
        await asyncio.sleep(0.1)
        writer.write(data[1:])
        return await reader.read()
    finally:
        writer.close()


class TestSlowBody:
    @pytest.mark.parametrize("path", ["/v1/jobs/summarize", "/graphql"])
    async def test_is_refused_of_a_session_that_ended_meanwhile(
        self, server: TestServer, settings: Settings, acme: Tenant, path: str
    ) -> None:
        rename = {"query": RENAME, "variables": {"id": acme.org}}
        asked = rename if path == "/graphql" else {"text": "A short text."}

        answer = await send(server, settings, acme, path, asked)

        assert b"session_ended" in answer
        assert await db.fetchval("SELECT count(*) FROM job") == 0
        assert await db.fetchval("SELECT name FROM org WHERE id = $1", acme.org_id) == "Acme"
