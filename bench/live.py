"""Live updates: one job, a crowd of subscribers on one process; from the publication to the last receipt."""

import argparse
import asyncio
import resource
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import aiohttp
import asyncpg
import uvloop
from redis.asyncio import Redis

from app.core import ids
from app.core.ids import JobId
from app.jobs import events
from bench import figures
from bench.crowd import Crowd
from bench.harness import System
from bench.processes import Process

_QUERY = "subscription Follow($id: ID!) { jobUpdated(id: $id) { seq output job { status progress } } }"
_RUNNING = """
UPDATE job SET state = 'RUNNING', attempt = 1, seq = 2, started_at = now(), lease_token = gen_random_uuid(),
    lease_expires_at = now() + interval '1 hour' WHERE id = $1
"""
_STARTED = """
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, at)
VALUES ($1, 2, 'state', 'RUNNING', 1, 0, now())
"""
_STEP = """
WITH step AS (UPDATE job SET seq = seq + 1, progress = 50 WHERE id = $1 RETURNING id, seq)
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, output_offset, output_delta, at)
SELECT id, seq, 'progress', 'RUNNING', 1, 50, 0, 'word ', now() FROM step
"""
_PREFIX = "launchkit:topic:"
_SETTLE_SECONDS = 1.0
_BETWEEN_SECONDS = 0.05


@dataclass
class Subject:
    name: str
    process: Process
    crowd: Crowd
    write: Callable[[], Awaitable[None]]
    publish: Callable[[], Awaitable[None]]
    milliseconds: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)
    kib: float = 0.0

    async def grow(self, count: int) -> None:
        await asyncio.sleep(_SETTLE_SECONDS)
        before = self.process.rss_mib()
        await self.crowd.grow(count)
        await asyncio.sleep(_SETTLE_SECONDS)
        self.kib = (self.process.rss_mib() - before) * 1024 / count

    async def _last(self) -> float:
        try:
            return await self.crowd.last()
        except TimeoutError:
            tail = self.process.log.read_text(errors="replace")[-2000:]
            raise SystemExit(
                f"{self.name}: {self.crowd.missing} were told nothing. Its log ends:\n{tail}"
            ) from None

    async def measure(self, count: int, *, updates: int) -> None:
        """One round: the median of its updates, and the CPU time of the process per subscriber and update."""
        taken = []
        cpu = self.process.cpu_seconds()
        for _ in range(updates):
            await self.write()
            self.crowd.expect()
            started = time.perf_counter()
            await self.publish()
            taken.append((await self._last() - started) * 1_000)
            await asyncio.sleep(_BETWEEN_SECONDS)
        self.milliseconds.append(figures.median(taken))
        self.cpu_us.append((self.process.cpu_seconds() - cpu) * 1e6 / updates / count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, nargs="*", default=[1_000, 5_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--updates", type=int, default=10, help="in each round")
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # also of the processes that this one starts
    for count in options.subscribers:
        with System() as system:
            uvloop.run(_compare(system, count, rounds=options.rounds, updates=options.updates))


async def _compare(system: System, count: int, *, rounds: int, updates: int) -> None:
    connection = await asyncpg.connect(system.database_url)
    client = Redis.from_url(system.redis_url)
    ours, port = await asyncio.to_thread(system.web)
    job_id = await _running_job(system, connection, port)
    subjects = [*await _floors(system, client), _subject(system, ours, port, job_id, connection, client)]
    for subject in subjects:
        await subject.grow(count)
        await subject.measure(count, updates=updates)  # caches fill
        subject.milliseconds.clear()
        subject.cpu_us.clear()
    for number in range(rounds):
        for subject in subjects if number % 2 == 0 else reversed(subjects):
            await subject.measure(count, updates=updates)
    for subject in subjects:
        subject.crowd.leave()
    _print(f"{count} subscribers of one job on one process", subjects)
    await client.aclose()
    await connection.close()


async def _running_job(system: System, connection: "asyncpg.Connection[asyncpg.Record]", port: int) -> JobId:
    async with (
        aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=system.tenant.headers) as session,
        session.post("/v1/jobs/noop", json={}) as response,
    ):
        answer = await response.json()
        assert response.status == 202, answer
    job_id = JobId(ids.decode("job", answer["id"]))
    await connection.execute(_RUNNING, job_id)
    await connection.execute(_STARTED, job_id)
    return job_id


async def _floors(system: System, client: Redis) -> list[Subject]:
    found = []
    for name, path in (("bare aiohttp, pre-encoded", "/bare"), ("plain Strawberry", "/graphql")):
        process, port = await asyncio.to_thread(system.serve, path.strip("/"), ["bench.live_floors"])
        crowd = Crowd(port, path, headers={}, query=_QUERY, variables={"id": "job"})

        async def publish() -> None:
            await client.publish("bench:live", b"{}")

        found.append(Subject(name, process, crowd, _nothing, publish))
    return found


async def _nothing() -> None:
    return


def _subject(
    system: System,
    process: Process,
    port: int,
    job_id: JobId,
    connection: "asyncpg.Connection[asyncpg.Record]",
    client: Redis,
) -> Subject:
    variables = {"id": ids.encode("job", job_id)}
    crowd = Crowd(port, "/graphql", headers=system.tenant.headers, query=_QUERY, variables=variables)

    async def write() -> None:
        await connection.execute(_STEP, job_id)

    async def publish() -> None:
        await client.publish(_PREFIX + events.topic(job_id), b"{}")

    return Subject("LaunchKit", process, crowd, write, publish)


def _print(title: str, subjects: Sequence[Subject]) -> None:
    floor = subjects[0]
    rows = []
    for one in subjects:
        ratios = figures.ratios(one.milliseconds, floor.milliseconds)
        rows.append(
            [
                one.name,
                f"{figures.median(one.milliseconds):.1f}",
                f"{figures.median(ratios):.2f}x",
                f"{min(ratios):.2f}..{max(ratios):.2f}",
                f"{figures.median(one.cpu_us):.1f}",
                f"{one.kib:.0f}",
            ]
        )
    header = ["", "ms to the last", "of bare", "rounds", "CPU µs each", "KiB each"]
    print(title)
    print(figures.table(header, rows), flush=True)


if __name__ == "__main__":
    main()
