"""Handlers and signals that take a worker down, and what becomes of the jobs: with real processes."""

import asyncio
import os
import signal
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
import psutil
import pytest

from tests.e2e.load import journal
from tests.e2e.stack import PATIENCE_SECONDS, STARTING_SECONDS, Stack
from tests.e2e.test_job_path import ENDED, charges, read, submit, until
from tests.factories.orgs import Tenant
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(900)

# Of jobs that one worker runs at once: where there are more, each of two has some.
THREADS = 32


@pytest.fixture(scope="module", autouse=True)
async def _all_running(stack: Stack, acme: Tenant) -> None:
    stack.environment |= {
        "LAUNCHKIT_WORKER_MEMORY_MIB": "400",
        "WITNESS_JOURNAL": str(stack.logs / "journal"),
    }
    stack.start("web", "relay", "scheduler")
    # Two processes under their supervisor: what takes one down must not stop the other.
    stack.start("worker", options=["--processes", "2"], program="tests.e2e.impatient")
    await stack.ready()


def workers(stack: Stack) -> list[psutil.Process]:
    return psutil.Process(stack.processes["worker"].pid).children()


async def both_up(stack: Stack) -> None:
    """Each worker that was ever started has said that it is ready, and two are there."""

    async def are_ready() -> bool:
        log = stack.log_of("worker")
        started = 2 * stack.starts["worker"] + log.count("starting it again")
        return log.count("worker.ready") == started and len(workers(stack)) == 2

    await eventually(are_ready, within=STARTING_SECONDS, what="two workers", every=0.1)


async def in_both(stack: Stack, client: aiohttp.ClientSession, gate: str) -> list[str]:
    """Jobs under way, of which each of the two workers has some."""
    job_ids: list[str] = []
    while len(runners(stack, job_ids)) < 2:
        assert len(job_ids) <= THREADS, "more than one worker can run at once, and one has them all"
        job_ids.append(await submit(client, "witness", {"seconds": 60, "gate": gate}))
        await until(client, job_ids[-1], "RUNNING")
        # It is told to be running before it runs.
        await eventually(
            lambda: any(line.startswith(job_ids[-1]) for line in journal(stack)),
            within=PATIENCE_SECONDS,
            what="its beginning",
        )
    return job_ids


def runners(stack: Stack, job_ids: list[str]) -> set[str]:
    """The processes in which the jobs were begun."""
    return {line.split()[2] for line in journal(stack) if line.split()[0] in job_ids}


async def losses(stack: Stack, kind: str) -> int:
    """Of the last job of that kind."""
    rows = await stack.query("SELECT losses FROM job WHERE kind = $1 ORDER BY id DESC LIMIT 1", kind)
    return int(rows[0]["losses"])


async def row_of(stack: Stack, kind: str) -> str:
    rows = await stack.query("SELECT id FROM job WHERE kind = $1 ORDER BY id DESC LIMIT 1", kind)
    return str(rows[0]["id"])


class TestAHandler:
    async def test_that_never_yields_ends_with_its_worker_and_with_nobody_elses_job(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        await both_up(stack)
        others = await in_both(stack, client, "stuck")
        stuck = await submit(client, "block", {})

        job = await until(client, stuck, *ENDED)
        stack.open("stuck")
        assert (job["status"], job["error"]["code"], job["attempt"]) == ("FAILED", "time_limit", 1)
        ended = [await until(client, job_id, *ENDED) for job_id in others]
        assert {job["status"] for job in ended} == {"SUCCEEDED"}
        assert await losses(stack, "witness") == 0
        assert {job["attempt"] for job in ended} == {1, 2}, "those beside it again, and no others"

    @pytest.mark.parametrize("kind", ["grow", "take"])
    async def test_that_exhausts_memory_is_given_up_after_three_workers_and_no_other_job_is(
        self, stack: Stack, client: aiohttp.ClientSession, kind: str
    ) -> None:
        await both_up(stack)
        other = await submit(client, "slow", {"seconds": 60, "gate": kind})
        await until(client, other, "RUNNING")
        greedy = await submit(client, kind, {})

        job = await until(client, greedy, *ENDED)
        stack.open(kind)
        assert (job["status"], job["error"]["code"]) == ("FAILED", "worker_lost")
        assert await losses(stack, kind) == 3
        assert (await until(client, other, *ENDED))["status"] == "SUCCEEDED"
        assert await losses(stack, "slow") == 0
        assert "worker.ending" in stack.log_of("worker")

    async def test_that_kills_its_worker_three_times_is_a_dead_letter_that_can_be_tried_again(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        await both_up(stack)
        poison = await submit(client, "poison", {})

        job = await until(client, poison, *ENDED)
        assert (job["status"], job["error"]["code"], job["attempt"]) == ("FAILED", "worker_lost", 3)
        assert await losses(stack, "poison") == 3
        assert await row_of(stack, "poison") not in await charges(stack)
        async with client.get("/v1/dead-letters?kind=poison") as answer:
            assert [one["id"] for one in (await answer.json())["data"]] == [poison]
        async with client.post(f"/v1/jobs/{poison}/retry") as answer:
            again = (await answer.json())["id"]
        async with client.get("/v1/dead-letters?kind=poison") as answer:
            assert (await answer.json())["data"] == []
        # Three workers are enough.
        async with client.post(f"/v1/jobs/{again}/cancel") as answer:
            assert answer.status == HTTPStatus.OK
        assert (await until(client, again, *ENDED))["status"] == "CANCELLED"


class TestABatch:
    async def test_whose_worker_is_killed_repeats_nothing_that_was_done(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        await both_up(stack)
        inputs = [{"seconds": 0.1}] * 6 + [{"seconds": 60, "gate": "batch"}] * 14
        batch = await submit(client, "batch", {"kind": "slow", "inputs": inputs, "concurrency": 2})

        async def saved() -> list[Any]:
            return await stack.query("SELECT index, at FROM job_item ORDER BY index")

        async def some() -> bool:
            return len(await saved()) == 6

        await eventually(some, within=PATIENCE_SECONDS, what="some items", every=0.05)
        for worker in workers(stack):
            worker.kill()
        before = await saved()
        stack.open("batch")

        job = await until(client, batch, *ENDED)
        assert (job["status"], job["attempt"]) == ("SUCCEEDED", 2)
        assert job["result"] == {"succeeded": 20, "failed": 0}
        assert (await saved())[: len(before)] == before, "not done again, which would have another time"
        assert job["input_tokens"] == 20 * 10
        assert (await charges(stack))[await row_of(stack, "batch")] == 20


class TestTwoSchedulers:
    async def test_fire_each_due_time_once_though_one_is_killed(self, stack: Stack) -> None:
        await both_up(stack)
        # A worker that was killed before may have been at a run: nobody else is at it while its time lasts.
        await stack.query("UPDATE periodic_task SET running_for = NULL, running_until = NULL")
        stack.start("scheduler2")

        def done() -> list[str]:
            whole, _, _ = stack.log_of("worker").rpartition("\n")
            lines = [orjson.loads(line) for line in whole.splitlines() if line[:1] == "{"]
            return [line["due_at"] for line in lines if line["event"] == "periodic.done"]

        before = len(done())
        await eventually(
            lambda: len(done()) >= before + 4, within=PATIENCE_SECONDS, what="four runs", every=0.1
        )
        stack.kill("scheduler")
        between = len(done())
        await eventually(
            lambda: len(done()) >= between + 3, within=PATIENCE_SECONDS, what="three more", every=0.1
        )
        stack.start("scheduler")
        due = done()
        assert len(due) == len(set(due))
        assert "periodic.fired" in stack.log_of("scheduler2")


class TestAWorker:
    async def test_that_is_killed_under_a_supervisor_is_made_up_for_in_seconds(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        await both_up(stack)
        job_ids = await in_both(stack, client, "killed")
        log = stack.log_of("worker")
        os.kill(workers(stack)[0].pid, signal.SIGKILL)

        async def again() -> list[dict[str, Any]]:
            jobs = [await read(client, job_id) for job_id in job_ids]
            return [job for job in jobs if job["attempt"] == 2 and job["status"] == "RUNNING"]

        await eventually(again, within=STARTING_SECONDS, what="running again", every=0.1)
        # By its successor, and not because a lease of 30 s was over.
        assert "jobs.left_behind" in stack.log_of("worker")[len(log) :]
        stack.open("killed")
        ended = [await until(client, job_id, *ENDED) for job_id in job_ids]
        assert {job["status"] for job in ended} == {"SUCCEEDED"}
        rows = await stack.query(
            "SELECT count(*) FROM usage_event JOIN job ON job.id = job_id WHERE kind = 'witness' GROUP BY job_id"
        )
        assert {row["count"] for row in rows} == {1}, "each is billed once"

    async def test_that_is_stopped_while_a_handler_never_yields_gives_everything_back(
        self, stack: Stack, client: aiohttp.ClientSession
    ) -> None:
        await both_up(stack)
        others = [await submit(client, "slow", {"seconds": 60, "gate": "never"}) for _ in range(4)]
        for job_id in others:
            await until(client, job_id, "RUNNING")
        stuck = await submit(client, "block-long", {})
        await until(client, stuck, "RUNNING")
        await asyncio.to_thread(stack.terminate, "worker")

        for job_id in (stuck, *others):
            assert (await read(client, job_id))["status"] in {"SCHEDULED", "QUEUED"}
        assert await losses(stack, "slow") == await losses(stack, "block-long") == 0
