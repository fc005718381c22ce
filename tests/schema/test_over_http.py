"""GraphQL over HTTP: what the specification says, and what it leaves open."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from schema.core import preparation
from tests.factories.orgs import Tenant
from tests.schema.conftest import Json

TOOLS = Path(__file__).resolve().parents[1] / "npm"
NEWER = "application/graphql-response+json"
OLDER = "application/json"
TYPENAME = {"query": "{ __typename }"}


def node() -> str:
    """The one of the virtual environment, else one that is installed."""
    own = Path(sys.executable).parent / "node"
    found = str(own) if own.exists() else shutil.which("node")
    assert found, "There is no node: `make install-dev` installs it into .venv."
    return found


class TestAudit:
    async def test_of_the_specification_s_authors_passes_whole(self, server: TestServer) -> None:
        missing = (
            "graphql-http is not installed: `make unit` does it, and needs to reach the npm registry once."
        )
        assert (TOOLS / "node_modules" / "graphql-http").is_dir(), missing
        process = await asyncio.create_subprocess_exec(
            node(),
            "audit.mjs",
            str(server.make_url("/graphql")),
            cwd=TOOLS,
            env={"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
        results = json.loads(output)
        failed = [f"{one['id']} {one['name']}: {one['reason']}" for one in results if one["status"] != "ok"]
        assert failed == []
        # 60 up to version 1.22 of the audit; 1.23 added one.
        assert len(results) == 61


class TestMediaType:
    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            (NEWER, NEWER),
            (OLDER, OLDER),
            ("*/*", OLDER),
            ("application/*", OLDER),
            (f"{NEWER}, {OLDER}", NEWER),
            (f"{OLDER}, {NEWER}", NEWER),
            (f"{NEWER};q=0.5, {OLDER};q=0.9", OLDER),
            (f"{NEWER};charset=utf-8, {OLDER};q=0.9, */*;q=0.1", NEWER),
            (f"{OLDER};q=0, */*", NEWER),
            ("text/html, application/xhtml+xml, */*;q=0.8", OLDER),
            ("APPLICATION/JSON", OLDER),
        ],
    )
    async def test_is_the_one_that_is_accepted(
        self, session: aiohttp.ClientSession, accept: str, expected: str
    ) -> None:
        async with session.post("/graphql", json=TYPENAME, headers={"Accept": accept}) as answer:
            assert (answer.status, answer.content_type, answer.charset) == (200, expected, "utf-8")
            assert (await answer.json(content_type=None))["data"] == {"__typename": "Query"}

    @pytest.mark.parametrize(
        "accept", ["text/html", "image/*", "text/plain, application/xml", f"{OLDER};q=0"]
    )
    async def test_that_is_not_made_is_refused(self, session: aiohttp.ClientSession, accept: str) -> None:
        async with session.post("/graphql", json=TYPENAME, headers={"Accept": accept}) as answer:
            assert answer.status == 406
            assert await code(answer) == "not_acceptable"

    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/graphql",
            "application/json; charset=utf-16",
            "application/octet-stream",
        ],
    )
    async def test_of_a_body_that_a_foreign_site_could_send_is_refused(
        self, session: aiohttp.ClientSession, content_type: str
    ) -> None:
        headers = {"Content-Type": content_type, "Accept": NEWER}
        async with session.post("/graphql", data=b'{"query": "{ __typename }"}', headers=headers) as answer:
            assert (answer.status, answer.content_type) == (415, NEWER)
            assert await code(answer) == "unsupported_media_type"


class TestStatus:
    @pytest.mark.parametrize(
        "body",
        [
            {"query": "{"},
            {"query": "{ nothing }"},
            {"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": None}},
            {"query": "query a { __typename } query b { __typename }"},
            {"query": "query a { __typename }", "operationName": "b"},
            {"query": "fragment f on Query { __typename }"},
        ],
        ids=["syntax", "validation", "variables", "which operation", "no such operation", "no operation"],
    )
    async def test_of_a_document_that_cannot_run(self, session: aiohttp.ClientSession, body: Json) -> None:
        for accept, status in ((NEWER, 400), (OLDER, 200)):
            async with session.post("/graphql", json=body, headers={"Accept": accept}) as answer:
                result = await answer.json(content_type=None)
                assert answer.status == status
                assert "data" not in result
                assert result["errors"][0]["extensions"]["code"] in {"bad_request", "operation_unknown"}

    async def test_of_an_error_in_a_field_is_200(self, session: aiohttp.ClientSession) -> None:
        body = {"query": "{ orgs { name } }"}
        async with session.post("/graphql", json=body, headers={"Accept": NEWER}) as answer:
            result = await answer.json(content_type=None)
            assert answer.status == 200
            assert result["data"] is None
            assert result["errors"][0]["extensions"]["code"] == "unauthenticated"

    async def test_of_a_fault_of_ours_is_500(
        self, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def crash(*_: Any) -> None:
            raise RuntimeError("the password is hunter2")

        monkeypatch.setattr(preparation, "judge", crash)
        with capture_logs():
            async with session.post("/graphql", json=TYPENAME, headers={"Accept": NEWER}) as answer:
                assert answer.status == 500
                assert await code(answer) == "internal_error"
                assert "hunter2" not in await answer.text()

    @pytest.mark.parametrize("parameter", ["query", "variables", "operationName", "extensions"])
    @pytest.mark.parametrize("value", [0, False, ["array"], "text", {"obj": "ect"}])
    async def test_of_a_parameter_of_the_wrong_type(
        self, session: aiohttp.ClientSession, parameter: str, value: Any
    ) -> None:
        right = str if parameter in {"query", "operationName"} else dict
        if isinstance(value, right):
            return
        async with session.post("/graphql", json={**TYPENAME, parameter: value}) as answer:
            assert (answer.status, await code(answer)) == (400, "invalid_parameter")

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (b"", "malformed_body"),
            (b"{", "malformed_body"),
            (b"\xff\xfe", "malformed_body"),
            (b"null", "malformed_body"),
            (b"[]", "batching_disabled"),
            (b'[{"query": "{ __typename }"}]', "batching_disabled"),
            (b"{}", "query_missing"),
            (b'{"query": ""}', "query_missing"),
            (b'{"query": "{ __typename } #%s"}' % (b"x" * 100_000), "document_too_large"),
        ],
    )
    async def test_of_a_body_that_is_no_request(
        self, session: aiohttp.ClientSession, body: bytes, expected: str
    ) -> None:
        headers = {"Content-Type": "application/json"}
        async with session.post("/graphql", data=body, headers=headers) as answer:
            assert (answer.status, await code(answer)) == (400, expected)

    @pytest.mark.parametrize("parameter", ["variables", "extensions"])
    @pytest.mark.parametrize("value", ["{", "[]", "1"])
    async def test_of_a_parameter_in_the_address_that_is_none(
        self, session: aiohttp.ClientSession, parameter: str, value: str
    ) -> None:
        async with session.get("/graphql", params={**TYPENAME, parameter: value}) as answer:
            assert answer.status == 400
            assert await code(answer) in {"malformed_body", "invalid_parameter"}


class TestMethod:
    async def test_of_a_mutation_is_never_get(self, session: aiohttp.ClientSession) -> None:
        for accept in (NEWER, OLDER):
            params = {"query": "mutation { __typename }"}
            async with session.get("/graphql", params=params, headers={"Accept": accept}) as answer:
                assert (answer.status, answer.headers["Allow"]) == (405, "POST")
                assert await code(answer) == "method_not_allowed"

    async def test_of_others_says_which_there_are(self, session: aiohttp.ClientSession) -> None:
        for method in ("PUT", "PATCH", "DELETE"):
            async with session.request(method, "/graphql", json=TYPENAME) as answer:
                assert (answer.status, answer.headers["Allow"]) == (405, "GET, POST")

    async def test_of_a_subscription_is_neither(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        document = 'subscription { jobUpdated(id: "job_x") { seq } }'
        for accept, status in ((NEWER, 400), (OLDER, 200)):
            headers = {**acme.headers, "Accept": accept}
            async with session.post("/graphql", json={"query": document}, headers=headers) as answer:
                assert answer.status == status
                assert await code(answer) == "subscription_needs_websocket"
            async with session.get("/graphql", params={"query": document}, headers=headers) as answer:
                assert answer.status == status
                assert await code(answer) == "subscription_needs_websocket"


async def code(answer: aiohttp.ClientResponse) -> str:
    """The code of the answer's only error, which carries the request's id."""
    [error] = (await answer.json(content_type=None))["errors"]
    assert error["message"]
    assert error["extensions"]["requestId"] == answer.headers["X-Request-Id"]
    return str(error["extensions"]["code"])
