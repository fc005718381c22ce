"""A job, end to end, while things break."""

import asyncio
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import pytest
import redis
from gql import Client, gql
from gql.transport.websockets import WebsocketsTransport

from app.core import ids
from tests.e2e.stack import PATIENCE_SECONDS, STARTING_SECONDS, Stack
from tests.factories.orgs import Tenant
from tests.waiting import eventually

# A fifth of the default: what takes a lease's time takes it twice here.
LEASE_SECONDS = 6

pytestmark = pytest.mark.timeout(600)

FOLLOW = """
subscription Follow($id: ID!, $after: Int) {
  jobUpdated(id: $id, after: $after) {
    seq resynced output outputOffset
    job { status progress attempt inputTokens outputTokens credits costUsd result error { code } }
  }
}
"""
ENDED = {"SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"}


async def submit(client: aiohttp.ClientSession, kind: str, body: dict[str, Any], **headers: str) -> str:
    async with client.post(f"/v1/jobs/{kind}", json=body, headers=headers) as answer:
        assert answer.status == HTTPStatus.ACCEPTED, await answer.text()
        return str((await answer.json())["id"])


async def read(client: aiohttp.ClientSession, job_id: str) -> dict[str, Any]:
    async with client.get(f"/v1/jobs/{job_id}") as answer:
        assert answer.status == HTTPStatus.OK, await answer.text()
        body: dict[str, Any] = await answer.json()
        return body


async def until(client: aiohttp.ClientSession, job_id: str, *states: str) -> dict[str, Any]:
    """It may wait for the start of a process. In a state that passes, only a job with a gate is sure to be met."""

    async def reached() -> dict[str, Any] | None:
        job = await read(client, job_id)
        return job if job["status"] in states else None

    what = f"{job_id} being {' or '.join(states)}"
    return await eventually(reached, within=STARTING_SECONDS, what=what, every=0.05)


async def charges(stack: Stack) -> dict[str, int]:
    """How often each job was billed."""
    rows = await stack.query("SELECT job_id, count(*) FROM usage_event GROUP BY job_id")
    return {str(row["job_id"]): row["count"] for row in rows}


@pytest.fixture(scope="module", autouse=True)
async def _all_running(stack: Stack, acme: Tenant) -> None:
    stack.environment["LAUNCHKIT_JOB_LEASE_SECONDS"] = str(LEASE_SECONDS)
    stack.start("web", "worker", "relay", "scheduler")
    await stack.ready()


class TestAJobPath:
    async def test_is_followed_live_to_its_end_by_a_foreign_client(
        self, stack: Stack, acme: Tenant, client: aiohttp.ClientSession
    ) -> None:
        job_id = await submit(client, "slow", {"seconds": 60, "gate": "followed"})
        transport = WebsocketsTransport(
            url=f"{stack.url.replace('http', 'ws')}/graphql",
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
            init_payload=dict(acme.headers),
        )
        updates = []
        async with Client(transport=transport) as session:
            request = gql(FOLLOW)
            request.variable_values = {"id": job_id}
            async for answer in session.subscribe(request):
                updates.append(answer["jobUpdated"])
                if len({update["job"]["progress"] for update in updates}) > 3:
                    stack.open("followed")

        seqs = [update["seq"] for update in updates]
        assert seqs == sorted(set(seqs))
        assert {"RUNNING", "SUCCEEDED"} <= {update["job"]["status"] for update in updates}
        progress = [update["job"]["progress"] for update in updates]
        assert progress == sorted(progress)
        text = ""
        for update in updates:
            if update["output"]:
                assert update["outputOffset"] == len(text)
                text += update["output"]
        assert text.startswith("0.0 ")
        last = updates[-1]["job"]
        assert (last["status"], last["inputTokens"], last["outputTokens"]) == ("SUCCEEDED", 10, 5)
        assert last["credits"] == "0.015"

    async def test_makes_one_job_of_one_key_from_fifty_clients(
        self, stack: Stack, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        async def post() -> tuple[int, str]:
            async with aiohttp.ClientSession(stack.url, headers=acme.headers) as own:
                path = "/v1/jobs/slow"
                async with own.post(
                    path, json={"seconds": 0}, headers={"Idempotency-Key": "fifty"}
                ) as answer:
                    return answer.status, (await answer.json()).get("id", "")

        answers = await asyncio.gather(*(post() for _ in range(50)))

        assert {status for status, _ in answers} <= {HTTPStatus.ACCEPTED, HTTPStatus.CONFLICT}
        assert len({job_id for status, job_id in answers if status == HTTPStatus.ACCEPTED}) == 1
        rows = await stack.query("SELECT count(*) FROM idempotency_key WHERE key = 'fifty'")
        assert rows[0]["count"] == 1

    async def test_survives_an_emptied_redis_between_commit_and_delivery(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        stack.kill("worker")
        job_id = await submit(client, "slow", {"seconds": 0})
        # Handed over, so that it is Redis alone that could deliver it.
        with redis.Redis.from_url(stack.servers.redis_url) as valkey:

            async def is_queued() -> bool:
                return bool(valkey.llen("dramatiq:jobs"))

            await eventually(is_queued, within=PATIENCE_SECONDS, what="the hand-over")
            valkey.flushall()

        stack.start("worker")

        assert (await until(client, job_id, *ENDED))["status"] == "SUCCEEDED"

    async def test_resumes_by_itself_after_postgresql_was_restarted_under_load(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        statuses: list[int] = []
        problems: list[dict[str, Any]] = []
        accepted: list[str] = []
        stopping = asyncio.Event()

        async def load() -> None:
            while not stopping.is_set():
                async with client.post("/v1/jobs/slow", json={"seconds": 0}) as answer:
                    statuses.append(answer.status)
                    body = await answer.json()
                    if answer.status == HTTPStatus.ACCEPTED:
                        accepted.append(body["id"])
                    else:
                        problems.append(body)
                await asyncio.sleep(0.02)

        clients = [asyncio.create_task(load()) for _ in range(4)]

        async def after(count: int) -> bool:
            return len(accepted) > count

        await eventually(lambda: after(20), within=PATIENCE_SECONDS, what="the load")
        stack.servers.postgres.stop(immediate=True)

        async def refused() -> bool:
            return len(problems) > 4

        await eventually(refused, within=PATIENCE_SECONDS, what="a refusal")
        stack.servers.postgres.start()
        before = len(accepted)
        await eventually(lambda: after(before + 20), within=PATIENCE_SECONDS, what="accepting again")
        stopping.set()
        await asyncio.gather(*clients)

        assert set(statuses) == {HTTPStatus.ACCEPTED, HTTPStatus.SERVICE_UNAVAILABLE}
        assert {problem["code"] for problem in problems} == {"database_unavailable"}

        async def all_done() -> bool:
            rows = await stack.query("SELECT count(*) FROM job WHERE state <> 'SUCCEEDED'")
            return bool(rows[0]["count"] == 0)

        await eventually(all_done, within=STARTING_SECONDS, what="every accepted job being done", every=0.5)
        assert set((await charges(stack)).values()) == {1}

    async def test_is_given_back_at_once_when_its_worker_is_stopped(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        job_id = await submit(client, "slow", {"seconds": 60, "gate": "stopped"})
        await until(client, job_id, "RUNNING")
        await asyncio.to_thread(stack.terminate, "worker")
        given_back = await read(client, job_id)
        stack.start("worker")

        job = await until(client, job_id, "RUNNING")
        rows = await stack.query("SELECT losses FROM job WHERE state = 'RUNNING'")
        stack.open("stopped")
        assert given_back["status"] in {"SCHEDULED", "QUEUED"}
        assert job["attempt"] == 2
        assert [row["losses"] for row in rows] == [0]
        assert (await until(client, job_id, *ENDED))["status"] == "SUCCEEDED"

    async def test_runs_again_and_is_billed_once_when_its_worker_is_killed(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        job_id = await submit(client, "slow", {"seconds": 60, "gate": "killed"})
        await until(client, job_id, "RUNNING")
        stack.kill("worker")
        stack.open("killed")
        stack.start("worker")

        job = await until(client, job_id, *ENDED)

        assert job["status"] == "SUCCEEDED"
        sql = "SELECT state, attempt, at FROM job_event WHERE job_id = $1 AND kind = 'state' ORDER BY seq"
        steps = await stack.query(sql, ids.decode("job", job_id))
        assert [(step["state"], step["attempt"]) for step in steps[1:]] == [
            *(("RUNNING", 1), ("SCHEDULED", 1), ("QUEUED", 1), ("RUNNING", 2), ("SUCCEEDED", 2))
        ]
        waited = steps[2]["at"] - steps[1]["at"]
        assert waited >= timedelta(seconds=LEASE_SECONDS), "not before its worker could no longer have it"
        assert set((await charges(stack)).values()) == {1}
