"""What two of each process and both servers may do to a steady load of jobs, webhooks and followers.

Each test breaks something while the load goes on, waits until it goes on again, and then lets `Load` look at every
job of it: none lost, none billed twice, none with two ends, each told once and seen by whoever followed.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import redis
from aiohttp import web
from tortoise.context import TortoiseContext

from app.core import ids
from app.infra import orm
from tests.e2e.followers import EventSource, Follower, JobFollower
from tests.e2e.load import Load
from tests.e2e.stack import PATIENCE_SECONDS, Stack
from tests.e2e.test_trace import verify
from tests.factories import wallets, webhooks
from tests.factories.orgs import Tenant
from tests.fakes import network, outside
from tests.fakes.outside import Sink
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(900)

PURSE = 1_000
LEASE_SECONDS = 6
# Long enough for all that waits without Redis to wait several times: the courier's messages are the relay's after 2 s,
# a command gives up after 2 s, a relay tries again after 1 s, and leases (of PostgreSQL's) are over after 6 s.
AWAY_SECONDS = 30.0
_EVERY = ("web", "web2", "worker", "worker2", "relay", "relay2", "scheduler", "scheduler2")


@pytest.fixture(scope="module")
async def endpoint() -> AsyncIterator[Sink]:
    async with outside.sink() as sink:
        yield sink


@pytest.fixture(scope="module", autouse=True)
async def _running(stack: Stack, acme: Tenant, endpoint: Sink) -> None:
    now = datetime.now(UTC)
    async with TortoiseContext() as context:
        await context.init(config=orm.config(stack.servers.database_url))
        await wallets.wallet(acme, PURSE, now=now)
        await webhooks.made(acme, f"{endpoint.url}/hook", event_types=("job.*",), now=now)
    stack.environment = {
        "LAUNCHKIT_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "LAUNCHKIT_EGRESS_ALLOW": "127.0.0.1",
        "WITNESS_JOURNAL": str(stack.logs / "journal"),
    }
    stack.start(*_EVERY)
    await stack.ready("web")
    await stack.ready("web2")


@pytest.fixture
def load(stack: Stack, acme: Tenant, endpoint: Sink) -> Load:
    return Load(stack, acme, endpoint)


def at_work(stack: Stack, load: Load, job_ids: list[str]) -> tuple[str, list[str]]:
    """A worker that runs some of the jobs, and those."""
    pid = load.runs_of(job_ids[0])[-1].pid
    name = next(name for name in ("worker", "worker2") if stack.processes[name].pid == pid)
    return name, [one for one in job_ids if load.runs_of(one)[-1].pid == pid]


def log_lines(stack: Stack, event: str) -> int:
    """How often any of the relays has said it."""
    return sum(stack.log_of(name).count(event) for name in ("relay", "relay2"))


class TestAWorker:
    async def test_that_is_killed_has_its_jobs_done_by_the_other(self, stack: Stack, load: Load) -> None:
        async with load.running(), load.under_way(6) as job_ids:
            name, lost = at_work(stack, load, job_ids)
            pid = stack.processes[name].pid
            stack.kill(name)
            await eventually(
                lambda: all(load.runs_of(one)[-1].pid != pid for one in lost),
                within=PATIENCE_SECONDS,
                what="again",
            )
            stack.start(name)


class TestAWebProcess:
    async def test_that_is_killed_costs_those_who_follow_no_state(self, stack: Stack, load: Load) -> None:
        async with load.running(), load.under_way(2) as job_ids:
            kinds = (JobFollower, EventSource)
            there: list[Follower] = [
                *(
                    load.follow(job_id, kind, first="web")
                    for job_id, kind in zip(job_ids, kinds, strict=True)
                ),
                *(one for one in load.of_org if one.at == "web"),
            ]
            await eventually(
                lambda: all(one.at == "web" for one in there),
                within=PATIENCE_SECONDS,
                what="following there",
                every=0,
            )
            assert len(there) == 3
            stack.kill("web")
            await eventually(
                lambda: all(one.at == "web2" for one in there),
                within=PATIENCE_SECONDS,
                what="coming back",
            )
            await load.goes_on()
            stack.start("web")
            await stack.ready("web")
        assert all(one.connections > 1 for one in there)


class TestRedis:
    async def test_that_is_emptied_again_and_again_loses_nothing(self, stack: Stack, load: Load) -> None:
        with redis.Redis.from_url(stack.servers.redis_url) as valkey:
            async with load.running():
                with paused(*(stack.processes[name].pid for name in ("worker", "worker2"))):
                    await eventually(
                        lambda: int(valkey.llen("dramatiq:jobs")) > 3,
                        within=PATIENCE_SECONDS,
                        what="jobs in the queue",
                    )
                    valkey.flushall()
                for _ in range(8):
                    await load.accepts(1)
                    valkey.flushall()

    async def test_that_is_away_refuses_no_job_and_holds_up_no_webhook_though_a_worker_sleeps_meanwhile(
        self, stack: Stack, load: Load, endpoint: Sink
    ) -> None:
        async with load.running(), load.under_way(6) as job_ids:
            refused: list[str] = []

            async def refuse(request: web.Request) -> web.Response:
                refused.append(request.headers["X-LK-Delivery"])
                return web.Response(status=500)

            endpoint.behaviours["/hook"] = refuse
            await eventually(
                lambda: len(set(refused)) >= 2, within=PATIENCE_SECONDS, what="two deliveries that failed"
            )
            name, lost = at_work(stack, load, job_ids)
            process = stack.processes[name]
            load.pause_seconds *= 4
            with paused(process.pid):
                stack.servers.valkey.stop(immediate=True)
                gone_at = time.monotonic()
                endpoint.behaviours.clear()

                async def are_sent_again() -> bool:
                    await load.hasten()
                    return set(refused) <= arrived(endpoint, refused)

                await eventually(are_sent_again, within=PATIENCE_SECONDS, what="both, sent again", every=0.2)
                await eventually(
                    lambda: are_taken_back(stack, lost), within=PATIENCE_SECONDS, what="lost leases"
                )
                await asyncio.sleep(max(0.0, gone_at + AWAY_SECONDS - time.monotonic()))
                await load.accepts(8)
                stack.servers.valkey.start()
                await eventually(
                    lambda: all(load.runs_of(one)[-1].pid != process.pid for one in lost),
                    within=PATIENCE_SECONDS,
                    what="run by the other",
                )
            # It finds its time over and ends itself, or goes on and finds its leases lost.
            await eventually(
                lambda: process.poll() is not None or "job.lease_lost" in stack.log_of(name),
                within=PATIENCE_SECONDS,
                what="noticing",
            )
            stack.kill(name)
            stack.start(name)
        assert "database_unavailable" not in load.repeated


class TestPostgreSQL:
    async def test_that_is_restarted_loses_nothing_that_was_accepted(self, stack: Stack, load: Load) -> None:
        async with load.running():
            async with load.under_way(6):
                stack.servers.postgres.stop(immediate=True)
                await eventually(
                    lambda: load.repeated["database_unavailable"] >= 3,
                    within=PATIENCE_SECONDS,
                    what="refusals",
                )
            stack.servers.postgres.start()


class TestRelays:
    async def test_that_are_killed_while_they_send_lose_nothing_they_had_taken(
        self, stack: Stack, load: Load
    ) -> None:
        with redis.Redis.from_url(stack.servers.redis_url) as valkey:
            async with network.wire_to(stack.servers.redis_url) as (wire, url), load.running():
                stack.terminate("relay")
                stack.terminate("relay2")
                begun = log_lines(stack, "relay.ready")
                with stack.given(REDIS_URL=url):
                    stack.start("relay", "relay2")
                await eventually(
                    lambda: log_lines(stack, "relay.ready") == begun + 2, within=PATIENCE_SECONDS, what="both"
                )
                wire.swallows = b"RPUSH"
                with paused(*(stack.processes[name].pid for name in ("worker", "worker2"))):
                    await eventually(
                        lambda: int(valkey.llen("dramatiq:jobs")) > 3,
                        within=PATIENCE_SECONDS,
                        what="jobs in the queue",
                    )
                    # So that it takes relays to send them.
                    valkey.flushall()
                    await asyncio.wait_for(wire.has_swallowed.wait(), PATIENCE_SECONDS)
                    stack.kill("relay")
                    stack.kill("relay2")
                    stack.kill("scheduler")
                taken = "UPDATE outbox_message SET available_at = now() WHERE attempts > 0 RETURNING kind"
                # What a minute does.
                assert "task" in {row["kind"] for row in await stack.query(taken)}
                stack.start("relay", "relay2", "scheduler")


class TestTheBooks:
    async def test_are_right_after_all_that(self, stack: Stack, load: Load) -> None:
        async with load.running():
            pass
        assert (await verify(stack))["findings"] == []
        [row] = await stack.query(
            "SELECT balance, held, (SELECT sum(credits) FROM job) AS spent, (SELECT count(*) FROM job) AS jobs "
            "FROM wallet"
        )
        assert row["spent"] == row["jobs"] * Decimal("0.015")
        assert (row["balance"], row["held"]) == (PURSE - row["spent"], 0)


async def are_taken_back(stack: Stack, job_ids: Collection[str]) -> bool:
    """Whether nobody has a lease of any of them, though none has ended."""
    rows = await stack.query(
        "SELECT state FROM job WHERE id = ANY ($1::uuid[]) AND lease_token IS NULL",
        [ids.decode("job", one) for one in job_ids],
    )
    return {row["state"] for row in rows} <= {"SCHEDULED", "QUEUED"} and len(rows) == len(job_ids)


def arrived(endpoint: Sink, deliveries: Collection[str]) -> set[str]:
    """Those that were sent more than once: the first attempt was refused."""
    sent = Counter(request.headers["X-LK-Delivery"] for request in endpoint.requests)
    return {one for one in deliveries if sent[one] > Counter(deliveries)[one]}


@contextlib.contextmanager
def paused(*pids: int) -> Iterator[None]:
    """Neither dead nor answering, as a machine that swaps."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
