"""A steady load of jobs, followed live and told to a webhook endpoint, and what must hold of it whatever breaks."""

import asyncio
import contextlib
import itertools
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import asyncpg
import orjson

from app.core import ids
from app.jobs.state import TERMINAL, State, can_follow
from tests.e2e.followers import EventSource, Follower, JobFollower, OrgFollower
from tests.e2e.stack import PATIENCE_SECONDS, Stack
from tests.factories.orgs import Tenant
from tests.fakes.outside import Sink
from tests.waiting import eventually

_CLIENTS = 4
_AGAIN_SECONDS = 0.1
# Every third job is followed, by WebSocket and by server-sent events in turn.
_FOLLOWED = 3
_WORKERS = ("worker", "worker2")
# No attempt of ours takes so long: who has taken a delivery and not booked it is dead, and its lease would run out.
_HASTEN = """
UPDATE webhook_delivery SET due_at = now() WHERE state = 'SENDING' AND updated_at < now() - interval '4 seconds'
"""
# What minutes do: how long it waits for what has failed depends on how often that did.
_NO_PAUSE = "UPDATE webhook_delivery SET due_at = now() WHERE state = 'PENDING' AND due_at > now()"
_CLOSED = "UPDATE webhook_endpoint SET paused_until = NULL WHERE paused_until > now()"
_STATES = """
SELECT j.id, j.state, j.attempt, j.result::text AS result,
    (SELECT count(*) FROM usage_event u WHERE u.job_id = j.id) AS bills,
    (SELECT count(*) = max(e.seq) FROM job_event e WHERE e.job_id = j.id) AS is_whole,
    (SELECT json_agg(json_build_array(e.seq, e.state, e.attempt) ORDER BY e.seq)::text
        FROM job_event e WHERE e.job_id = j.id AND e.kind = 'state') AS states
FROM job j WHERE j.kind = 'witness' AND j.created_at >= $1
"""


@dataclass(frozen=True)
class Run:
    """One run of a handler, as its process wrote it down."""

    name: str
    pid: int
    has_ended: bool


class Load:
    """Clients who submit jobs through both web processes, and again with their key where nobody answered."""

    def __init__(self, stack: Stack, tenant: Tenant, endpoint: Sink) -> None:
        self._stack = stack
        self._tenant = tenant
        self._endpoint = endpoint
        self._numbers = itertools.count()
        self._began_at = datetime.now(UTC)
        self._is_stopping = False
        # Of each client, between two submissions.
        self.pause_seconds = 0.25
        self._session: aiohttp.ClientSession | None = None
        self.accepted: set[str] = set()
        self.repeated: Counter[str] = Counter()
        self.followers: list[Follower] = []
        self.of_jobs: list[JobFollower] = []
        self.of_org: list[OrgFollower] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Load"]:
        """Submits during the block; then everything comes to its end, and is looked at."""
        self.of_org = [OrgFollower(self._stack, self._tenant, first=name) for name in ("web", "web2")]
        self.followers += self.of_org
        async with aiohttp.ClientSession(headers=self._tenant.headers) as self._session:
            clients: list[asyncio.Task[None]] = []
            try:
                await eventually(
                    lambda: all(one.at for one in self.of_org),
                    within=PATIENCE_SECONDS,
                    what="both being connected",
                )
                clients = [asyncio.create_task(self._submit_all()) for _ in range(_CLIENTS)]
                await self.goes_on()
                yield self
                await self.goes_on()
                self._is_stopping = True
                await asyncio.gather(*clients)
                await self._ends()
                await self._holds()
            finally:
                for client in clients:
                    client.cancel()
                for follower in self.followers:
                    await follower.stop()

    async def goes_on(self, count: int = 8) -> None:
        """Waits until so many jobs that are submitted from now on have succeeded."""
        since = datetime.now(UTC)

        async def have_succeeded() -> bool:
            sql = (
                "SELECT count(*) FROM job WHERE kind = 'witness' AND state = 'SUCCEEDED' AND created_at >= $1"
            )
            self._revive()
            with contextlib.suppress(OSError, asyncpg.PostgresError):
                rows = await self._stack.query(sql, since)
                return int(rows[0]["count"]) >= count
            return False

        await eventually(have_succeeded, within=2 * PATIENCE_SECONDS, what="jobs being done again", every=0.1)

    async def accepts(self, count: int) -> None:
        """Waits until so many more are accepted, done or not."""
        wanted = len(self.accepted) + count
        await eventually(
            lambda: len(self.accepted) >= wanted, within=PATIENCE_SECONDS, what="jobs being accepted"
        )

    def _revive(self) -> None:
        """A worker that was paused for so long that its leases may be over has ended itself."""
        self._stack.revive(*_WORKERS)

    @asynccontextmanager
    async def under_way(self, count: int) -> AsyncIterator[list[str]]:
        """So many jobs, all begun, which go on until the end of the block."""
        gate = os.urandom(8).hex()
        try:
            job_ids = [await self.submit(seconds=60, gate=gate) for _ in range(count)]
            await eventually(
                lambda: all(self.runs_of(one) for one in job_ids),
                within=PATIENCE_SECONDS,
                what="all under way",
            )
            yield job_ids
        finally:
            self._stack.open(gate)

    async def submit(self, *, seconds: float, gate: str = "") -> str:
        assert self._session is not None
        wish = {"seconds": seconds, "gate": gate}
        number = next(self._numbers)
        headers = {"Idempotency-Key": f"{self._began_at.isoformat()}-{number}"}
        for attempt in itertools.count(number):
            url = f"{self._stack.url_of(('web', 'web2')[attempt % 2])}/v1/jobs/witness"
            try:
                async with self._session.post(url, json=wish, headers=headers) as answer:
                    said = await answer.json(content_type=None)
                    if answer.status == 202:
                        break
                    # The same key is being worked on, or whatever is needed is away.
                    assert answer.status in {409, 503}, said
                    self.repeated[said["code"]] += 1
            except aiohttp.ClientError as error:
                self.repeated[type(error).__name__] += 1
            await asyncio.sleep(_AGAIN_SECONDS)
        self.accepted.add(said["id"])
        if number % _FOLLOWED == 0:
            kind = (JobFollower, EventSource)[number // _FOLLOWED % 2]
            self.follow(said["id"], kind, first=("web", "web2")[number // _FOLLOWED // 2 % 2])
        return str(said["id"])

    async def hasten(self) -> None:
        """Ends the leases of deliveries that whoever took them does not book, and the pauses of all others."""
        for sql in (_HASTEN, _NO_PAUSE, _CLOSED):
            await self._stack.query(sql)

    async def _submit_all(self) -> None:
        while not self._is_stopping:
            await self.submit(seconds=0.1 + 0.1 * (len(self.accepted) % 5))
            await asyncio.sleep(self.pause_seconds)

    def follow(self, job_id: str, kind: type[JobFollower], *, first: str) -> JobFollower:
        follower = kind(self._stack, self._tenant, job_id, first=first)
        self.of_jobs.append(follower)
        self.followers.append(follower)
        return follower

    async def _ends(self) -> None:
        async def nothing_is_left() -> bool:
            self._revive()
            await self.hasten()
            [row] = await self._stack.query(
                "SELECT (SELECT count(*) FROM job WHERE finished_at IS NULL) "
                "+ (SELECT count(*) FROM webhook_delivery WHERE finished_at IS NULL) AS n"
            )
            return bool(row["n"] == 0)

        # A lease of half a minute, a message that waits for one and a worker that starts anew may follow each other.
        await eventually(
            nothing_is_left, within=3 * PATIENCE_SECONDS, what="every job and delivery being done", every=0.2
        )
        await eventually(
            lambda: all(one.is_done for one in self.of_jobs), within=PATIENCE_SECONDS, what="being told"
        )

    async def _holds(self) -> None:
        """No job lost, run to two ends, billed or told twice; and whoever followed saw every state."""
        rows = await self._stack.query(_STATES, self._began_at)
        states = {ids.encode("job", row["id"]): orjson.loads(row["states"]) for row in rows}
        jobs = {ids.encode("job", row["id"]): row for row in rows}
        assert jobs.keys() == self.accepted, "each submission made one job"
        assert {row["state"] for row in rows} == {"SUCCEEDED"}
        assert {(row["bills"], row["is_whole"]) for row in rows} == {(1, True)}
        for job_id, row in jobs.items():
            check_history(states[job_id])
            runs = self.runs_of(job_id)
            assert len(runs) <= row["attempt"], "none ran without a lease"
            assert (orjson.loads(row["result"])["run"], True) == (runs[-1].name, runs[-1].has_ended)
        await self._is_told(jobs)
        await self._is_seen(states)

    async def _is_told(self, jobs: dict[str, Any]) -> None:
        sql = "SELECT id, body FROM webhook_message WHERE type = 'job.succeeded' AND created_at >= $1"
        messages = {
            str(row["id"]): orjson.loads(row["body"])["data"]["job_id"]
            for row in await self._stack.query(sql, self._began_at)
        }
        told = Counter(messages.values())
        assert told.keys() >= jobs.keys()
        assert {told[job_id] for job_id in jobs} == {1}
        arrived = {orjson.loads(request.body)["data"]["job_id"] for request in self._endpoint.requests}
        assert arrived >= jobs.keys()
        rows = await self._stack.query("SELECT count(*) FROM webhook_delivery WHERE state <> 'SUCCEEDED'")
        assert rows[0]["count"] == 0

    async def _is_seen(self, states: dict[str, list[list[Any]]]) -> None:
        wanted = {job_id: {seq: state for seq, state, _ in steps} for job_id, steps in states.items()}

        def has_all(follower: Follower) -> bool:
            return all(steps.items() <= follower.seen[job_id].items() for job_id, steps in wanted.items())

        await eventually(
            lambda: all(map(has_all, self.of_org)), within=PATIENCE_SECONDS, what="every state being told"
        )
        for follower in self.of_jobs:
            assert wanted[follower.job_id].items() <= follower.seen[follower.job_id].items()
        assert {follower.gaps for follower in self.followers} == {0}

    def runs_of(self, job_id: str) -> list[Run]:
        """In the order in which they began."""
        lines = [line.split() for line in journal(self._stack) if line.startswith(job_id)]
        ended = {name for _, name, _, what in lines if what == "ended"}
        return [Run(name, int(pid), name in ended) for _, name, pid, what in lines if what == "begun"]


def journal(stack: Stack) -> list[str]:
    """Lines of a job, a run of it, the process that runs it, and what became of that."""
    path = stack.logs / "journal"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def check_history(steps: list[list[Any]]) -> None:
    """Each state was allowed after the one before, one alone ends it, and no attempt is counted twice."""
    states = [State(state) for _, state, _ in steps]
    assert all(can_follow(before, after) for before, after in itertools.pairwise(states)), states
    assert [state in TERMINAL for state in states] == [False] * (len(states) - 1) + [True]
    attempts = [attempt for _, state, attempt in steps if state == State.RUNNING]
    assert attempts == list(range(1, len(attempts) + 1))
