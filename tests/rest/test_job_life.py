"""Jobs after they are made: stopped, tried again, looked through. And what is refused for want of credit."""

from datetime import timedelta
from decimal import Decimal

import aiohttp

from app.core import ids
from app.core.clock import utcnow
from app.infra import db
from app.jobs import execution
from app.jobs.state import State
from app.jobs.types import ItemOutcome
from tests.factories import jobs, wallets
from tests.factories.orgs import NOW, Tenant
from tests.rest.problems import problem

WISH = {"text": jobs.TEXT}


class TestCreate:
    async def test_takes_a_schedule_in_the_query(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        later = utcnow() + timedelta(hours=1)
        query = {
            "run_at": later.isoformat(),
            "expires_at": (later + timedelta(hours=1)).isoformat(),
            "priority": "HIGH",
        }
        answer = await client.post("/v1/jobs/summarize", params=query, json=WISH, headers=acme.headers)
        assert answer.status == 202
        body = await answer.json()
        assert (body["status"], body["priority"]) == ("SCHEDULED", "HIGH")
        assert (body["run_at"], body["expires_at"]) == (query["run_at"], query["expires_at"])

    async def test_names_every_part_of_a_schedule_that_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        query = {"run_at": "soon", "expires_at": "never", "priority": "URGENT"}
        answer = await client.post("/v1/jobs/summarize", params=query, json=WISH, headers=acme.headers)
        body = await problem(answer, 422, "invalid_input")
        assert [error["field"] for error in body["errors"]] == ["run_at", "expires_at", "priority"]

    async def test_asks_for_the_zone_of_a_moment(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        query = {"run_at": "2099-01-01T10:00:00", "expires_at": "2099-01-02"}
        before = await jobs.counts()
        answer = await client.post("/v1/jobs/summarize", params=query, json=WISH, headers=acme.headers)
        body = await problem(answer, 422, "invalid_input")
        assert [(error["field"], error["code"]) for error in body["errors"]] == [
            ("run_at", "naive_time"),
            ("expires_at", "naive_time"),
        ]
        assert await jobs.counts() == before

    async def test_answers_402_where_credit_lacks_and_queues_nothing(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        wallet_id = await wallets.wallet(acme, "0.1")
        before = await jobs.counts()
        answer = await client.post("/v1/jobs/summarize", json=WISH, headers=acme.headers)
        body = await problem(
            answer,
            402,
            "insufficient_credits",
            members=["scope", "available", "needed", "resets_at"],
        )
        assert body["available"] == "0.1"
        assert Decimal(body["needed"]) > Decimal("0.1")
        assert ids.encode("wal", wallet_id) in str(body)
        assert await jobs.counts() == before

    async def test_holds_what_it_says(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await wallets.wallet(acme, 10, now=utcnow())
        answer = await client.post("/v1/jobs/summarize", json=WISH, headers=acme.headers)
        held = await db.fetchval("SELECT amount FROM credit_hold WHERE state = 'open'")
        assert held == Decimal((await answer.json())["estimated_credits"])


class TestCancel:
    async def test_answers_the_job_as_it_is_now(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        for job_id, status in (
            ((await jobs.queued(acme)).id, "CANCELLED"),
            (lease.job.id, "CANCELLING"),
        ):
            for _ in range(2):
                answer = await client.post(
                    f"/v1/jobs/{ids.encode('job', job_id)}/cancel", headers=acme.headers
                )
                assert (answer.status, (await answer.json())["status"]) == (200, status)

    async def test_tells_a_replay_and_refuses_the_key_for_another_job(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        one, other = [ids.encode("job", (await jobs.queued(acme)).id) for _ in range(2)]
        headers = acme.headers | {"Idempotency-Key": "k"}
        first = await client.post(f"/v1/jobs/{one}/cancel", headers=headers)
        again = await client.post(f"/v1/jobs/{one}/cancel", headers=headers)
        assert (first.status, again.status) == (200, 200)
        assert "Idempotent-Replay" not in first.headers
        assert again.headers["Idempotent-Replay"] == "true"
        assert await first.json() == await again.json()
        refused = await client.post(f"/v1/jobs/{other}/cancel", headers=headers)
        await problem(refused, 422, "idempotency_key_reused")

    async def test_is_a_conflict_where_the_job_has_ended(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        answer = await client.post(f"/v1/jobs/{ids.encode('job', lease.job.id)}/cancel", headers=acme.headers)
        await problem(answer, 409, "job_ended")


class TestRetry:
    async def test_answers_the_new_job_and_where_it_is(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        lease = await jobs.running(acme)
        await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)
        first = ids.encode("job", lease.job.id)
        listed = await (await client.get("/v1/dead-letters", headers=acme.headers)).json()
        assert [job["id"] for job in listed["data"]] == [first]

        made = [await client.post(f"/v1/jobs/{first}/retry", headers=acme.headers) for _ in range(2)]

        assert [answer.status for answer in made] == [202, 202]
        assert [answer.headers.get("Idempotent-Replay") for answer in made] == [None, "true"]
        new, again = [await answer.json() for answer in made]
        assert new["id"] == again["id"] != first
        assert new["retry_of"] == first
        assert made[0].headers["Location"] == f"/v1/jobs/{new['id']}"
        listed = await (await client.get("/v1/dead-letters", headers=acme.headers)).json()
        assert listed == {"data": [], "next_cursor": None}


class TestItems:
    async def test_lead_through_a_batch_in_its_order(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        lease = await jobs.running(acme)
        outcomes = [ItemOutcome(0, {"n": 0}), ItemOutcome(1, error=jobs.BROKEN), ItemOutcome(2, {"n": 2})]
        await execution.save_items(lease, outcomes, now=NOW)
        url = f"/v1/jobs/{ids.encode('job', lease.job.id)}/items"
        first = await (await client.get(url, params={"limit": 2}, headers=acme.headers)).json()
        rest = await (
            await client.get(url, params={"limit": 2, "cursor": first["next_cursor"]}, headers=acme.headers)
        ).json()
        shown = [*first["data"], *rest["data"]]
        assert [item["index"] for item in shown] == [0, 1, 2]
        assert [item["status"] for item in shown] == ["SUCCEEDED", "FAILED", "SUCCEEDED"]
        assert shown[1]["error"] == {"code": "internal_error", "message": "It broke."}
        assert rest["next_cursor"] is None


class TestPage:
    async def test_can_be_of_one_kind_or_customer(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await jobs.queued(acme)
        wanted = await jobs.queued(acme, customer_id="law-firm-a")
        other = await jobs.queued(acme, kind="embeddings", data={"input": ["a"]})
        for query, job in (({"customer_id": "law-firm-a"}, wanted), ({"kind": "embeddings"}, other)):
            body = await (await client.get("/v1/jobs", params=query, headers=acme.headers)).json()
            assert [one["id"] for one in body["data"]] == [ids.encode("job", job.id)]
        assert await jobs.state_of(other.id) is State.QUEUED
