"""Documents known by their hash: kept for clients that ask for it, or listed and the only ones to run."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from redis.asyncio import Redis

from app.core.config import Settings, SettingsError
from app.infra import redis
from schema.core import documents
from tests.factories.orgs import Tenant
from tests.fakes.network import wire_to
from tests.fakes.web import serving
from tests.schema.conftest import Json

ORGS = "query Orgs { orgs { name } }"
NAMES = {"orgs": [{"name": "Acme"}]}


def persisted(document: str) -> Json:
    return {"persistedQuery": {"version": 1, "sha256Hash": documents.digest_of(document)}}


async def send(session: aiohttp.ClientSession, body: Json, acme: Tenant | None) -> tuple[int, Json]:
    headers = acme.headers if acme else {}
    async with session.post("/graphql", json=body, headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


def refusal(answer: Json) -> str:
    [error] = answer["errors"]
    return str(error["extensions"]["code"])


class TestKept:
    async def test_as_apollos_clients_do_it(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        only_hash = {"extensions": persisted(ORGS)}
        status, unknown = await send(session, only_hash, acme)
        assert (status, unknown["errors"][0]["message"]) == (200, "PersistedQueryNotFound")
        assert refusal(unknown) == "PERSISTED_QUERY_NOT_FOUND"

        _, first = await send(session, {"query": ORGS, **only_hash}, acme)
        _, second = await send(session, only_hash, acme)
        assert first["data"] == second["data"] == NAMES

        params = {"extensions": json.dumps(persisted(ORGS))}
        async with session.get("/graphql", params=params, headers=acme.headers) as answer:
            assert (await answer.json())["data"] == NAMES

    async def test_only_under_their_own_hash(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        body = {"query": "{ me { email } }", "extensions": persisted(ORGS)}
        status, answer = await send(session, body, acme)
        assert (status, refusal(answer)) == (400, "document_mismatch")
        _, unknown = await send(session, {"extensions": persisted(ORGS)}, acme)
        assert refusal(unknown) == "PERSISTED_QUERY_NOT_FOUND"

    @pytest.mark.parametrize(
        ("document", "known"),
        [
            ("{ nothing }", True),
            ("{", True),
            ("{ __typename }", False),
            ("{ __typename } #" + "x" * 20_000, True),
        ],
        ids=["invalid", "no document", "of a stranger", "long"],
    )
    async def test_not_for_everything(
        self, session: aiohttp.ClientSession, acme: Tenant, document: str, known: bool
    ) -> None:
        asker = acme if known else None
        await send(session, {"query": document, "extensions": persisted(document)}, asker)
        _, answer = await send(session, {"extensions": persisted(document)}, asker)
        assert refusal(answer) == "PERSISTED_QUERY_NOT_FOUND"

    async def test_in_bounded_number_and_time(
        self,
        session: aiohttp.ClientSession,
        acme: Tenant,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(documents, "_MAX_KEPT", 3)
        texts = [f"query q{number} {{ orgs {{ name }} }}" for number in range(5)]
        for text in texts:
            await send(session, {"query": text, "extensions": persisted(text)}, acme)
        found = [
            (await send(session, {"extensions": persisted(text)}, acme))[1].get("data") for text in texts
        ]
        assert found == [None, None, NAMES, NAMES, NAMES]
        async with client_of(settings) as client:
            keys = await client.keys("launchkit:graphql:*")
            assert len(keys) == 4, "three documents and their index"
            for key in keys:
                assert 0 < await client.ttl(key) <= documents._KEPT_SECONDS

    async def test_not_where_redis_is_away(self, settings: Settings, acme: Tenant) -> None:
        async with (
            wire_to(settings.require_redis_url()) as (wire, url),
            at(replace(settings, redis_url=url)) as session,
        ):
            await wire.cut()
            _, unknown = await send(session, {"extensions": persisted(ORGS)}, acme)
            assert refusal(unknown) == "PERSISTED_QUERY_NOT_FOUND"
            _, answer = await send(session, {"query": ORGS, "extensions": persisted(ORGS)}, acme)
            assert answer["data"] == NAMES
            await wire.mend()

    @pytest.mark.parametrize(
        "value",
        [
            1,
            "x",
            {},
            {"version": 1},
            {"version": 1, "sha256Hash": 1},
            {"version": 1, "sha256Hash": "x" * 64},
            {"version": 1, "sha256Hash": "a" * 63},
            {"version": 2, "sha256Hash": "a" * 64},
        ],
    )
    async def test_by_a_hash_that_is_one(
        self, session: aiohttp.ClientSession, acme: Tenant, value: object
    ) -> None:
        body = {"query": ORGS, "extensions": {"persistedQuery": value}}
        status, answer = await send(session, body, acme)
        assert (status, refusal(answer)) == (400, "invalid_parameter")


class TestTrusted:
    @pytest.fixture(params=["folder", "file"])
    def listed(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        if request.param == "folder":
            (tmp_path / "pages").mkdir()
            (tmp_path / "pages" / "orgs.graphql").write_text(ORGS)
            return tmp_path
        file = tmp_path / "persisted.json"
        file.write_text(json.dumps({f"sha256:{documents.digest_of(ORGS)}": ORGS}))
        return file

    async def test_are_the_only_ones_to_run(self, settings: Settings, acme: Tenant, listed: Path) -> None:
        async with at(replace(settings, trusted_documents=listed)) as session:
            for body in (
                {"extensions": persisted(ORGS)},
                {"query": ORGS},
                {"query": ORGS, "extensions": persisted(ORGS)},
            ):
                assert (await send(session, body, acme))[1]["data"] == NAMES
            other = "{ me { email } }"
            for body in (
                {"query": other},
                {"query": other, "extensions": persisted(other)},
                {"extensions": persisted(other)},
                {},
            ):
                status, answer = await send(session, body, acme)
                assert (status, refusal(answer)) == (403, "document_not_trusted")
            body = {"query": other, "extensions": persisted(ORGS)}
            assert refusal((await send(session, body, acme))[1]) == "document_mismatch"

    async def test_are_so_over_a_websocket_too(self, settings: Settings, acme: Tenant, listed: Path) -> None:
        async with (
            at(replace(settings, trusted_documents=listed)) as session,
            session.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as socket,
        ):
            await socket.send_json({"type": "connection_init", "payload": acme.headers})
            await socket.receive_json(timeout=14)
            payload = {"query": "", "extensions": persisted(ORGS)}
            await socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
            assert (await socket.receive_json(timeout=14))["payload"]["data"] == NAMES
            assert (await socket.receive_json(timeout=14))["type"] == "complete"
            other = {"query": "{ __typename }"}
            await socket.send_json({"id": "2", "type": "subscribe", "payload": other})
            refused = await socket.receive_json(timeout=14)
        assert refused["type"] == "error"
        assert refused["payload"][0]["extensions"]["code"] == "document_not_trusted"

    @pytest.mark.parametrize("text", ["{", "[]", "{}", '{"a": 1}', json.dumps({"0" * 64: ORGS})])
    async def test_are_checked_at_the_start(self, settings: Settings, tmp_path: Path, text: str) -> None:
        file = tmp_path / "persisted.json"
        file.write_text(text)
        async with client_of(settings) as client:
            with pytest.raises(SettingsError, match="LAUNCHKIT_TRUSTED_DOCUMENTS"):
                documents.of_settings(file, client)


@asynccontextmanager
async def at(settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(settings) as running, aiohttp.ClientSession(running.make_url("/")) as session:
        yield session


@asynccontextmanager
async def client_of(settings: Settings) -> AsyncIterator[Redis]:
    client = redis.connect(settings.require_redis_url())
    yield client
    await client.aclose()
