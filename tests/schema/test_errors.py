"""Errors: every one with a code and the request's id, the unexpected masked, nothing sent repeated in a log."""

import logging
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from app.core import ids
from app.core.config import Settings
from app.infra import telemetry
from app.infra.db import DatabaseUnavailable
from app.jobs import queries
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker

SIGN_IN = "mutation($i: SignInInput!) { signIn(input: $i) { __typename } }"
JOBS = "query($org: ID!) { jobs(orgId: $org) { nodes { id } } }"


class TestMasking:
    async def test_hides_what_nobody_expected_and_logs_it_with_the_request_id(
        self, owner: Asker, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def crash(*_: Any, **__: Any) -> None:
            raise RuntimeError("the password is hunter2")

        monkeypatch.setattr(queries, "page", crash)
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            result = await owner.send(JOBS, {"org": acme.org}, **{"X-Request-Id": "trace-me-1"})

        [error] = result["errors"]
        assert error["extensions"] == {"code": "internal_error", "requestId": "trace-me-1"}
        assert "hunter2" not in str(result)
        assert error["path"] == ["jobs"]
        [line] = [line for line in logs if line["event"] == "graphql.unexpected_error"]
        assert line["request_id"] == "trace-me-1"
        assert "hunter2" in repr(line["exc_info"])

    async def test_hides_also_what_looks_like_bad_input(
        self, owner: Asker, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A ValueError of a resolver is a fault of ours, not of the client."""

        async def crash(*_: Any, **__: Any) -> None:
            raise ValueError("the password is hunter2")

        monkeypatch.setattr(queries, "page", crash)
        with capture_logs():
            error = (await owner.send(JOBS, {"org": acme.org}))["errors"][0]
        assert error["extensions"]["code"] == "internal_error"
        assert "hunter2" not in str(error)

    async def test_says_that_the_database_is_away(
        self, owner: Asker, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: Any, **__: Any) -> None:
            raise DatabaseUnavailable

        monkeypatch.setattr(queries, "page", away)
        error = await owner.refusal(JOBS, {"org": acme.org})
        assert error["extensions"]["code"] == "database_unavailable"


class TestFields:
    async def test_are_called_as_in_the_schema(self, owner: Asker, acme: Tenant) -> None:
        document = """mutation($org: ID!) {
          createWorkspace(input: {orgId: $org, name: "Lab", environment: TEST, idempotencyKey: ""}) {
            ... on InvalidInput { message errors { field } }
          }
        }"""
        assert (await owner.ask(document, {"org": acme.org}))["createWorkspace"] == {
            "message": "idempotencyKey: Use 1 to 255 characters.",
            "errors": [{"field": "idempotencyKey"}],
        }

    async def test_are_called_as_the_arguments_of_a_query(self, owner: Asker, acme: Tenant) -> None:
        document = 'query($org: ID!) { jobs(orgId: $org, after: "x") { nodes { id } } }'
        error = await owner.refusal(document, {"org": acme.org})
        assert error["message"].startswith("after: ")


class TestSecrets:
    @pytest.mark.parametrize(
        ("document", "variables", "says"),
        [
            (SIGN_IN, {"i": {"password": "hunter2"}}, "required field 'email'."),
            (SIGN_IN, {"i": {"emial": "a@b.c", "password": "hunter2"}}, "Did you mean 'email'?"),
            (SIGN_IN, {"i": {"email": "a@b.c", "password": ["hunter2"]}}, "at .password: String cannot"),
            (SIGN_IN, {"i": "hunter2"}, "to be an object."),
            ('mutation { signIn(input: {password: "hunter2"}) { __typename } }', {}, "field 'email'."),
            ('mutation { signIn(input: {emial: "", password: "hunter2"}) { __typename } }', {}, "'email'?"),
            ('mutation { signIn(input: {email: "", password: ["hunter2"]}) { __typename } }', {}, "String"),
        ],
    )
    async def test_are_not_repeated_by_what_refuses_them(
        self, nobody: Asker, document: str, variables: dict[str, Any], says: str
    ) -> None:
        result = await nobody.send(document, variables)
        assert "hunter2" not in str(result)
        assert any(says in error["message"] for error in result["errors"])


class TestDocuments:
    @pytest.mark.parametrize(
        ("document", "says"),
        [
            ("{", "Syntax Error"),
            ("", "Syntax Error"),
            ("{ nothing }", "nothing"),
            ("{ me { nothing } }", "nothing"),
            ("query($id: ID!) { org(id: $id) { name } }", "$id"),
            ("{ org(id: 1.5) { name } }", "ID"),
        ],
    )
    async def test_that_cannot_be_run_are_refused_with_a_code(
        self, owner: Asker, document: str, says: str
    ) -> None:
        async with owner.session.post("/graphql", json={"query": document}, headers=owner.headers) as answer:
            if document == "" and answer.status == 400:
                return  # no document at all: refused by the transport
            body = await answer.json(content_type=None)
        assert body["errors"]
        for error in body["errors"]:
            assert error["extensions"]["code"] == "bad_request"
            assert error["extensions"]["requestId"] == answer.headers["X-Request-Id"]
        assert says in body["errors"][0]["message"]

    async def test_run_only_the_operation_that_is_named(self, owner: Asker, acme: Tenant) -> None:
        document = "query a { me { email } } query b { orgs { name } }"
        body = {"query": document, "operationName": "b"}
        async with owner.session.post("/graphql", json=body, headers=owner.headers) as answer:
            assert (await answer.json())["data"] == {"orgs": [{"name": "Acme"}]}


class TestLogs:
    @pytest.mark.parametrize(
        ("document", "variables"),
        [
            ('mutation { signIn(input: {email: "a@b.c", password: "hunter2", x: 1}) { __typename } }', {}),
            ('mutation { signIn(input: {email: "a@b.c", password: "hunter2"}) { __typename }', {}),
            (
                "mutation($i: SignInInput!) { signIn(input: $i) { __typename } }",
                {"i": {"email": "a@b.c", "password": ["hunter2"]}},
            ),
        ],
        ids=["unknown field", "syntax error", "wrong type"],
    )
    async def test_repeat_nothing_that_was_sent(
        self,
        nobody: Asker,
        caplog: pytest.LogCaptureFixture,
        document: str,
        variables: dict[str, Any],
    ) -> None:
        with caplog.at_level(logging.DEBUG), capture_logs() as logs:
            result = await nobody.send(document, variables)
        assert result["errors"]
        assert "hunter2" not in caplog.text + repr(logs)


class TestOneCausePerCode:
    async def test_is_the_same_on_both_surfaces(
        self, key: Asker, session: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        await jobs.queued(acme)
        missing = ids.encode("job", ids.uuid7())
        pairs = [
            (f"/v1/jobs/{missing}", f'{{ job(id: "{missing}") {{ id }} }}'),
            ("/v1/jobs?limit=0", f'{{ jobs(orgId: "{acme.org}", first: 0) {{ nodes {{ id }} }} }}'),
            (
                "/v1/usage?from=2026-11-21&to=2026-11-20",
                f"""{{ usage(orgId: "{acme.org}", range: {{
                    from: "2026-11-21T00:00:00Z", to: "2026-11-20T00:00:00Z"
                }}) {{ start }} }}""",
            ),
        ]
        for path, document in pairs:
            async with session.get(path, headers=acme.headers) as answer:
                rest = (await answer.json(content_type=None))["code"]
            assert (await key.refusal(document))["extensions"]["code"] == rest
