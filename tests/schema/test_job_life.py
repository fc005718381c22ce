"""Jobs after they are made: stopped, tried again, looked through."""

from datetime import timedelta

import pytest

from app.core import ids
from app.core.clock import utcnow
from app.jobs import execution
from app.jobs.types import ItemOutcome
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant
from tests.schema.conftest import Asker

CREATE = """mutation($input: CreateJobInput!) { createJob(input: $input) {
  ... on CreatedJob { job { status priority runAt expiresAt } } ... on InvalidInput { errors { field } }
} }"""
CANCEL = """mutation($id: ID!) { cancelJob(input: {id: $id}) {
  __typename ... on CancelledJob { job { status cancelDeadline } } ... on Problem { code }
} }"""
RETRY = """mutation($id: ID!) { retryJob(input: {id: $id}) {
  __typename ... on RetriedJob { isReplay job { id status retryOf } } ... on Problem { code }
} }"""
DEAD = "query($org: ID!) { deadLetters(orgId: $org) { nodes { id error { code } retriedBy } } }"
ITEMS = """query($id: ID!, $first: Int!, $after: String) { jobItems(id: $id, first: $first, after: $after) {
  nodes { index status result error { code } inputTokens } pageInfo { hasNextPage endCursor }
} }"""
MISSING = ids.encode("job", jobs.MISSING)


class TestCreateJob:
    async def test_takes_times_and_priority(self, owner: Asker, acme: Tenant) -> None:
        later = (utcnow() + timedelta(hours=1)).replace(microsecond=0)
        wish = {
            "orgId": acme.org,
            "kind": "summarize",
            "input": {"text": "Whales."},
            "runAt": later.isoformat(),
            "expiresAt": (later + timedelta(hours=1)).isoformat(),
            "priority": "LOW",
        }
        made = (await owner.ask(CREATE, {"input": wish}))["createJob"]["job"]
        assert (made["status"], made["priority"]) == ("SCHEDULED", "LOW")
        assert (made["runAt"], made["expiresAt"]) == (wish["runAt"], wish["expiresAt"])
        wish["expiresAt"] = wish["runAt"]
        assert (await owner.ask(CREATE, {"input": wish}))["createJob"] == {"errors": [{"field": "expiresAt"}]}


class TestCancelJob:
    async def test_tells_what_became_of_it(self, owner: Asker, acme: Tenant) -> None:
        waiting = ids.encode("job", (await jobs.queued(acme)).id)
        told = (await owner.ask(CANCEL, {"id": waiting}))["cancelJob"]
        assert told["job"] == {"status": "CANCELLED", "cancelDeadline": None}
        running = ids.encode("job", (await jobs.running(acme)).job.id)
        told = (await owner.ask(CANCEL, {"id": running}))["cancelJob"]
        assert told["job"]["status"] == "CANCELLING"
        assert told["job"]["cancelDeadline"] is not None

    async def test_is_a_typed_problem_where_it_cannot_be(self, owner: Asker, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        done = ids.encode("job", lease.job.id)
        assert (await owner.ask(CANCEL, {"id": done}))["cancelJob"] == {
            "__typename": "Conflict",
            "code": "job_ended",
        }
        assert (await owner.ask(CANCEL, {"id": MISSING}))["cancelJob"] == {
            "__typename": "Missing",
            "code": "job_not_found",
        }


class TestRetryJob:
    async def test_takes_a_dead_letter_away(self, owner: Asker, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)
        first = ids.encode("job", lease.job.id)
        dead = (await owner.ask(DEAD, {"org": acme.org}))["deadLetters"]["nodes"]
        assert dead == [{"id": first, "error": {"code": "internal_error"}, "retriedBy": None}]

        made = [(await owner.ask(RETRY, {"id": first}))["retryJob"] for _ in range(2)]

        assert [one["isReplay"] for one in made] == [False, True]
        assert made[0]["job"] == made[1]["job"]
        assert (made[0]["job"]["status"], made[0]["job"]["retryOf"]) == ("QUEUED", first)
        assert (await owner.ask(DEAD, {"org": acme.org}))["deadLetters"]["nodes"] == []

    async def test_is_a_typed_problem_where_it_cannot_be(self, owner: Asker, acme: Tenant) -> None:
        job = ids.encode("job", (await jobs.queued(acme)).id)
        assert (await owner.ask(RETRY, {"id": job}))["retryJob"] == {
            "__typename": "Conflict",
            "code": "job_not_retriable",
        }


class TestJobItems:
    async def test_come_in_pages(self, owner: Asker, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        outcomes = [ItemOutcome(0, {"n": 0}), ItemOutcome(1, error=jobs.BROKEN)]
        await execution.save_items(lease, outcomes, now=NOW)
        asked = {"id": ids.encode("job", lease.job.id), "first": 1}
        page = (await owner.ask(ITEMS, asked))["jobItems"]
        assert page["nodes"][0]["result"] == {"n": 0}
        assert page["pageInfo"]["hasNextPage"]
        page = (await owner.ask(ITEMS, {**asked, "after": page["pageInfo"]["endCursor"]}))["jobItems"]
        assert [(item["index"], item["status"]) for item in page["nodes"]] == [(1, "FAILED")]
        assert not page["pageInfo"]["hasNextPage"]

    @pytest.mark.parametrize("cursor", ["_____________________w", "AAAAAAAAAAAAAAAAAAAAAA"])
    async def test_after_any_place_is_an_answer(self, owner: Asker, acme: Tenant, cursor: str) -> None:
        job = ids.encode("job", (await jobs.queued(acme)).id)
        page = (await owner.ask(ITEMS, {"id": job, "first": 1, "after": cursor}))["jobItems"]
        assert page["nodes"] == []
