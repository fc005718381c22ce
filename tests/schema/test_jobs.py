"""Making and reading jobs."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Permission, Role
from app.jobs import execution
from app.jobs.types import Job
from schema.core.executor import Executor
from tests.factories import apikeys, entitlements, jobs, limits
from tests.factories.orgs import NOW, Tenant, bearer, member
from tests.fakes import statements
from tests.schema.conftest import Asker, Json

CREATE = """mutation($input: CreateJobInput!) { createJob(input: $input) {
  __typename
  ... on CreatedJob { isReplay job { id kind status estimatedTokens customerId input } }
  ... on Problem { code message }
  ... on InvalidInput { errors { field code message } }
  ... on Conflict { retryAfterSeconds }
  ... on LimitReached { scope { kind id } resetsAt available needed }
} }"""
LIST = """query($org: ID!, $first: Int! = 20, $after: String, $status: JobState) {
  jobs(orgId: $org, first: $first, after: $after, status: $status) {
    edges { cursor node { id } } nodes { id status }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def wish(acme: Tenant, **changes: Any) -> Json:
    return {"input": {"orgId": acme.org, "kind": "summarize", "input": {"text": "Whales."}, **changes}}


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels - 1):
        value = [value]
    return value


class TestCreateJob:
    async def test_tells_whose_limit_is_reached_and_until_when(self, owner: Asker, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await entitlements.used(acme, tokens=49_999, at=utcnow())
        refused = (await owner.ask(CREATE, wish(acme)))["createJob"]
        assert (refused["__typename"], refused["code"]) == ("LimitReached", "quota_exceeded")
        assert refused["scope"] == {"kind": "plan", "id": "FREE"}
        assert refused["available"] == "1"
        assert Decimal(refused["needed"]) > 1
        assert datetime.fromisoformat(refused["resetsAt"]).day == 1

    async def test_queues_a_job(self, owner: Asker, acme: Tenant) -> None:
        made = (await owner.ask(CREATE, wish(acme, customerId="law-firm-a")))["createJob"]
        assert (made["__typename"], made["isReplay"]) == ("CreatedJob", False)
        job = made["job"]
        assert job["estimatedTokens"] > 0
        assert job == {
            "id": job["id"],
            "kind": "summarize",
            "status": "QUEUED",
            "estimatedTokens": job["estimatedTokens"],
            "customerId": "law-firm-a",
            "input": {"text": "Whales."},
        }
        assert (await jobs.read(ids.decode("job", job["id"]))).created_by_id == acme.owner.id  # type: ignore[arg-type]

    async def test_once_per_key(self, owner: Asker, acme: Tenant) -> None:
        first, again = [
            (await owner.ask(CREATE, wish(acme, idempotencyKey="k1")))["createJob"] for _ in range(2)
        ]
        assert (first["isReplay"], again["isReplay"]) == (False, True)
        assert first["job"] == again["job"]

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"input": {"tone": "loud", "an_x": 1}}, {"text", "tone", "an_x"}),
            ({"input": "text"}, {"input"}),
            ({"input": ["text"]}, {"input"}),
            ({"idempotencyKey": "k" * 256, "customerId": "c" * 256}, {"idempotencyKey", "customerId"}),
        ],
    )
    async def test_names_every_wrong_field(
        self, owner: Asker, acme: Tenant, changes: Json, fields: set[str]
    ) -> None:
        before = await jobs.counts()
        answer = (await owner.ask(CREATE, wish(acme, **changes)))["createJob"]
        assert (answer["__typename"], answer["code"]) == ("InvalidInput", "invalid_input")
        assert {error["field"] for error in answer["errors"]} == fields
        assert await jobs.counts() == before

    @pytest.mark.parametrize(
        "changes",
        [{"input": {"text": "a\0b"}}, {"customerId": "a\0b"}, {"idempotencyKey": "a\0b"}],
        ids=["input", "customer", "key"],
    )
    async def test_refuses_nul_which_postgresql_cannot_store(
        self, owner: Asker, acme: Tenant, changes: Json
    ) -> None:
        before = await jobs.counts()
        answer = (await owner.ask(CREATE, wish(acme, **changes)))["createJob"]
        assert answer["__typename"] == "InvalidInput"
        code = "nul_character" if "input" in changes else "characters"
        assert [error["code"] for error in answer["errors"]] == [code]
        assert await jobs.counts() == before

    async def test_refuses_nul_in_a_literal_too(self, owner: Asker, acme: Tenant) -> None:
        document = """mutation { createJob(input: {orgId: "%s", kind: "summarize", input: {text: "a\\u0000b"}}) {
            __typename ... on InvalidInput { errors { code } } } }"""
        answer = (await owner.ask(document % acme.org))["createJob"]
        assert answer == {"__typename": "InvalidInput", "errors": [{"code": "nul_character"}]}

    @pytest.mark.parametrize("number", [1 << 64, -(1 << 63) - 1, 10**40])
    async def test_refuses_an_integer_beyond_64_bits_in_a_literal(
        self, owner: Asker, acme: Tenant, number: int
    ) -> None:
        """As JSON it would be a float by then; a literal is kept whole."""
        document = """mutation { createJob(input: {orgId: "%s", kind: "summarize", input: {text: "a", n: %d}}) {
            __typename ... on InvalidInput { errors { field code } } } }"""
        before = await jobs.counts()
        answer = (await owner.ask(document % (acme.org, number)))["createJob"]
        assert answer == {
            "__typename": "InvalidInput",
            "errors": [{"field": "input", "code": "not_storable"}],
        }
        assert await jobs.counts() == before

    async def test_refuses_input_that_is_nested_too_deep(self, owner: Asker, acme: Tenant) -> None:
        before = await jobs.counts()
        answer = (await owner.ask(CREATE, wish(acme, input={"text": "a", "x": nested(300)})))["createJob"]
        assert (answer["__typename"], answer["code"]) == ("InvalidInput", "invalid_input")
        assert [(e["field"], e["code"]) for e in answer["errors"]] == [("input", "not_storable")]
        assert await jobs.counts() == before

    async def test_names_the_kinds_that_exist(self, owner: Asker, acme: Tenant) -> None:
        answer = (await owner.ask(CREATE, wish(acme, kind="sumarize")))["createJob"]
        assert (answer["__typename"], answer["code"]) == ("Missing", "job_kind_unknown")
        assert "completion, embeddings, summarize" in answer["message"]

    async def test_of_a_key_used_for_another_job_is_invalid(self, owner: Asker, acme: Tenant) -> None:
        await owner.ask(CREATE, wish(acme, idempotencyKey="k1"))
        other = wish(acme, idempotencyKey="k1", input={"text": "Other."})
        answer = (await owner.ask(CREATE, other))["createJob"]
        assert (answer["__typename"], answer["code"]) == ("InvalidInput", "idempotency_key_reused")

    async def test_in_the_org_of_others_is_as_in_none(self, stranger: Asker, acme: Tenant) -> None:
        before = await jobs.counts()
        answers = [
            (await stranger.ask(CREATE, wish(acme, orgId=org)))["createJob"]
            for org in (acme.org, ids.encode("org", ids.uuid7()), "nonsense")
        ]
        assert all(answer == answers[0] for answer in answers)
        assert (answers[0]["__typename"], answers[0]["code"]) == ("Missing", "not_found")
        assert await jobs.counts() == before

    async def test_without_a_credential_is_a_top_level_error(self, nobody: Asker, acme: Tenant) -> None:
        error = await nobody.refusal(CREATE, wish(acme))
        assert error["extensions"]["code"] == "unauthenticated"
        assert error["path"] == ["createJob"]

    async def test_without_the_permission_is_a_top_level_error(
        self, owner: Asker, acme: Tenant, settings: Settings
    ) -> None:
        viewer = Asker(owner.session, bearer(settings, await member(acme, Role.VIEWER)))
        before = await jobs.counts()
        assert (await viewer.refusal(CREATE, wish(acme)))["extensions"]["code"] == "forbidden"
        assert await jobs.counts() == before

    @pytest.mark.parametrize("missing", ["orgId", "kind", "input"])
    async def test_of_an_incomplete_input_is_refused_before_it_runs(
        self, owner: Asker, acme: Tenant, missing: str
    ) -> None:
        variables = wish(acme)
        del variables["input"][missing]
        assert (await owner.refusal(CREATE, variables))["extensions"]["code"] == "bad_request"


class TestJob:
    async def test_shows_the_end_of_a_job(self, owner: Asker, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        data = await owner.ask(
            """query($id: ID!) { job(id: $id) {
                status seq attempt progress inputTokens outputTokens credits costUsd provider model
                startedAt finishedAt input result error { code }
                workspace { environment } createdBy { __typename ... on ApiKey { name publicId } }
            } }""",
            {"id": ids.encode("job", lease.job.id)},
        )
        assert data["job"] == {
            "status": "SUCCEEDED",
            "seq": 3,
            "attempt": 1,
            "progress": 100,
            "inputTokens": 1_000,
            "outputTokens": 100,
            "credits": "1.1",
            "costUsd": jobs.COST,
            "provider": "openai",
            "model": "gpt-4o-mini",
            "startedAt": "2026-11-20T10:00:00+00:00",
            "finishedAt": "2026-11-20T10:00:00+00:00",
            "input": {"text": jobs.TEXT},
            "result": dict(jobs.OUTCOME.result),
            "error": None,
            "workspace": {"environment": "LIVE"},
            "createdBy": {"__typename": "ApiKey", "name": "server", "publicId": acme.token.split("_")[3]},
        }

    async def test_of_others_is_as_none(self, stranger: Asker, acme: Tenant) -> None:
        theirs = ids.encode("job", (await jobs.queued(acme)).id)
        for job_id in (theirs, ids.encode("job", ids.uuid7()), "nonsense"):
            error = await stranger.refusal("query($id: ID!) { job(id: $id) { kind } }", {"id": job_id})
            assert error["extensions"]["code"] == "job_not_found"


class TestJobs:
    async def test_are_a_connection_newest_first(self, owner: Asker, acme: Tenant) -> None:
        made = [ids.encode("job", (await jobs.queued(acme)).id) for _ in range(5)]
        seen: list[str] = []
        after = None
        for expected in (2, 2, 1):
            page = (await owner.ask(LIST, {"org": acme.org, "first": 2, "after": after}))["jobs"]
            assert len(page["edges"]) == expected
            info = page["pageInfo"]
            assert info["hasPreviousPage"] is (after is not None)
            assert info["startCursor"] == page["edges"][0]["cursor"]
            assert [node["id"] for node in page["nodes"]] == [edge["node"]["id"] for edge in page["edges"]]
            seen += [edge["node"]["id"] for edge in page["edges"]]
            after = info["endCursor"]
            assert after == page["edges"][-1]["cursor"]
            assert info["hasNextPage"] is (len(seen) < 5)
        assert seen == made[::-1]

    async def test_may_be_none(self, owner: Asker, acme: Tenant) -> None:
        page = (await owner.ask(LIST, {"org": acme.org}))["jobs"]
        assert page["pageInfo"] == {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        }

    async def test_can_be_of_one_status(self, owner: Asker, acme: Tenant) -> None:
        await jobs.queued(acme)
        running = ids.encode("job", (await jobs.running(acme)).job.id)
        page = (await owner.ask(LIST, {"org": acme.org, "status": "RUNNING"}))["jobs"]
        assert page["nodes"] == [{"id": running, "status": "RUNNING"}]

    @pytest.mark.parametrize(
        "variables", [{"first": 0}, {"first": 101}, {"first": -1}, {"after": "nonsense"}]
    )
    async def test_are_asked_for_in_bounds(self, owner: Asker, acme: Tenant, variables: Json) -> None:
        error = await owner.refusal(LIST, {"org": acme.org, **variables})
        assert error["extensions"]["code"] == "invalid_input"

    async def test_of_others_are_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        assert (await stranger.refusal(LIST, {"org": acme.org}))["extensions"]["code"] == "not_found"

    @pytest.mark.parametrize(
        ("selection", "reads"),
        [
            ("nodes { id status }", False),
            ("edges { node { progress } }", False),
            ("nodes { result }", True),
            ("edges { node { renamed: input } }", True),
            ("nodes { ...whole } } } fragment whole on Job { input ", True),
            ("nodes { ... on Job { result } }", True),
        ],
    )
    async def test_read_inputs_and_results_only_if_they_are_selected(
        self, owner: Asker, acme: Tenant, selection: str, reads: bool
    ) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        closing = "" if "fragment" in selection else "} }"
        document = "query($org: ID!) { jobs(orgId: $org) { " + selection + (closing or "}")
        with statements.recorded() as seen:
            data = await owner.ask(document, {"org": acme.org})
        [listing] = [sql for sql in seen if "FROM job " in sql]
        assert ("NULL AS input" not in listing) is reads
        assert ("NULL AS result" not in listing) is reads
        if reads:
            assert jobs.TEXT in str(data) or "Whales sing." in str(data)

    @pytest.mark.parametrize("count", [1, 50])
    async def test_cost_the_same_number_of_statements_however_many(
        self, owner: Asker, acme: Tenant, count: int
    ) -> None:
        makers: Sequence[Any] = (acme.key, acme.owner)
        for number in range(count):
            await jobs.queued(acme, by=makers[number % 2])
        document = """query($org: ID!) { jobs(orgId: $org, first: 100) { nodes {
            id workspace { name } createdBy { ... on User { email } ... on ApiKey { name } }
        } } }"""
        with statements.recorded() as seen:
            nodes = (await owner.ask(document, {"org": acme.org}))["jobs"]["nodes"]
        assert len(nodes) == count
        assert all(node["workspace"] == {"name": "Live"} for node in nodes)
        makers_seen = {str(node["createdBy"]) for node in nodes}
        assert makers_seen <= {str({"name": "server"}), str({"email": acme.email})}
        # Who asks, the jobs, their workspaces, and people and keys where both made some. The courier keeps
        # its books beside it, and whoever has a socket open is looked at.
        asked = [sql for sql in seen if "outbox_message" not in sql and "held(user_id" not in sql]
        assert len(asked) == (5 if count > 1 else 4), asked

    async def test_are_read_without_the_executor_s_detour(
        self, owner: Asker, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await jobs.queued(acme, by=acme.key)
        detours: list[str] = []
        build = Executor.build_resolve_info

        def watched(self: Executor, field: Any, nodes: Any, parent: Any, path: Any) -> Any:
            detours.append(nodes[0].name.value)
            return build(self, field, nodes, parent, path)

        monkeypatch.setattr(Executor, "build_resolve_info", watched)
        document = """query($org: ID!) { jobs(orgId: $org) {
            edges { cursor node { kind workspace { name } } } nodes { createdBy { ... on ApiKey { name } } }
            pageInfo { endCursor }
        } }"""
        data = await owner.ask(document, {"org": acme.org})
        assert data["jobs"]["edges"][0]["node"] == {"kind": "summarize", "workspace": {"name": "Live"}}
        assert data["jobs"]["nodes"] == [{"createdBy": {"name": "server"}}]
        assert detours == ["jobs"]


class TestCreatedBy:
    ONE = """query($id: ID!) { job(id: $id) {
      createdBy { __typename ... on User { email } ... on ApiKey { name } }
    } }"""
    ALL = """query($org: ID!) { jobs(orgId: $org) { nodes {
      createdBy { __typename ... on User { email } ... on ApiKey { name } }
    } } }"""

    async def makers(self, asker: Asker, acme: Tenant, job: Job) -> list[Json | None]:
        """As a single job shows its maker, and as the list does."""
        one = await asker.ask(self.ONE, {"id": ids.encode("job", job.id)})
        everything = await asker.ask(self.ALL, {"org": acme.org})
        return [one["job"]["createdBy"], *(node["createdBy"] for node in everything["jobs"]["nodes"])]

    async def test_shows_a_person_to_who_may_read_members(self, key: Asker, acme: Tenant) -> None:
        job = await jobs.queued(acme, by=acme.owner)
        assert await self.makers(key, acme, job) == [{"__typename": "User", "email": acme.email}] * 2

    async def test_hides_a_person_from_a_key_that_may_not(
        self, key: Asker, acme: Tenant, settings: Settings
    ) -> None:
        job = await jobs.queued(acme, by=acme.owner)
        scopes = set(Permission) - {Permission.MEMBERS_READ}
        new = await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, now=NOW)
        blind = Asker(key.session, new.headers)
        assert await self.makers(blind, acme, job) == [None, None]
        by_key = await jobs.queued(acme)
        [maker, *_] = await self.makers(blind, acme, by_key)
        assert maker == {"__typename": "ApiKey", "name": "server"}, "a key is nobody's person"
