"""Submit -> first RUNNING seen by a WebSocket subscriber: on a system that is otherwise idle, and under a steady load.

The load is a share of what the system bears: of how many jobs a second come to their end while clients submit as fast
as they are answered. Of it, every job's own times count, too. Clients, processes and servers share the machine.
"""

import argparse
import asyncio
import os
import threading
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp
import asyncpg
import uvloop
from redis.asyncio import Redis

from bench import figures
from bench.harness import LoadClient, System
from bench.load import Plan
from bench.subscriber import Subscriber

# Long enough that the subscriber is there before the job ends, so that it sees RUNNING and not only the end.
_BODY = {"hold_ms": 60}
_ROW = "INSERT INTO bench_row (id, body, at) VALUES ($1, '{}', $2)"
_CHANNEL = "bench"
_CLIENTS = 16
_CAPACITY_SECONDS = 6.0
_PATIENCE_SECONDS = 60.0
_DONE = "SELECT count(*) AS n FROM job WHERE finished_at > now() - interval '{} seconds'"
_LEFT = "SELECT count(*) AS n FROM job WHERE finished_at IS NULL"
_LOADED = """
SELECT count(*) AS jobs, coalesce(percentile_cont(ARRAY[.5, .9, .99, 1]) WITHIN GROUP (
        ORDER BY extract(epoch FROM started_at - created_at) * 1000), '{0,0,0,0}')::float8[] AS started,
    coalesce(percentile_cont(ARRAY[.5, .9, .99, 1]) WITHIN GROUP (
        ORDER BY extract(epoch FROM finished_at - created_at) * 1000), '{0,0,0,0}')::float8[] AS finished
FROM job WHERE input::text = '{}'
"""


@dataclass
class Figures:
    """In milliseconds, one entry per job."""

    seen: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    queued_to_started: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    missed: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=100, help="followed one by one, of each load")
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument(
        "--loads", type=float, nargs="*", default=[0.5], help="as shares of what the system bears"
    )
    options = parser.parse_args()
    with System() as system:
        web, port = system.web()
        processes = [web, system.worker(threads=options.threads), *system.background()]
        time.sleep(1)
        idle = [process.cpu_seconds() for process in processes]
        time.sleep(3)
        shares = [(p.cpu_seconds() - cpu) / 3 for p, cpu in zip(processes, idle, strict=True)]
        found = uvloop.run(_measure(system, port, jobs=options.jobs))
        _print(found, "idle")
        if options.loads:
            client = system.load()
            most = _capacity(system, port, client)
            print(f"\nJobs a second, submitted and done at the same time, at most: {most:.0f}")
            for share in options.loads:
                _under_load(system, port, client, share * most, options.jobs)
        for process, share in zip(processes, shares, strict=True):
            print(
                f"{process.name}: {share:.1%} of a CPU when idle, {process.rss_mib(peak=True):.0f} MiB at most"
            )


def _capacity(system: System, port: int, client: LoadClient) -> float:
    """Jobs a second that end while as many clients as the worker has threads submit without a pause."""
    client.run(_plan(system, port, seconds=_CAPACITY_SECONDS))
    done = system.fetchrow(_DONE.format(_CAPACITY_SECONDS - 1))["n"]
    _drain(system)
    system.clear()
    return float(done / (_CAPACITY_SECONDS - 1))


def _under_load(system: System, port: int, client: LoadClient, per_second: float, jobs: int) -> None:
    # Each followed job takes about as long as it is held, and the floor beside it.
    seconds = 2 + jobs * 0.2
    plan = _plan(system, port, seconds=seconds, per_second=per_second)
    load = threading.Thread(target=client.run, args=[plan])
    load.start()
    time.sleep(1)
    found = uvloop.run(_measure(system, port, jobs=jobs))
    load.join()
    _drain(system)
    _print(found, f"beside {per_second:.0f} jobs/s; load of the machine {os.getloadavg()[0]:.1f}")
    row = system.fetchrow(_LOADED)
    rows = [
        ["submitted -> RUNNING (server's clock)", *(f"{value:.1f}" for value in row["started"])],
        ["submitted -> SUCCEEDED (server's clock)", *(f"{value:.1f}" for value in row["finished"])],
    ]
    print(figures.table([f"the load's own {row['jobs']} jobs", "p50", "p90", "p99", "max"], rows), end="\n\n")
    system.clear()


def _plan(system: System, port: int, *, seconds: float, per_second: float = 0.0) -> Plan:
    return Plan(
        port,
        "/v1/jobs/noop",
        "{}",
        '"id":"job_',
        system.tenant.headers,
        connections=_CLIENTS,
        seconds=seconds,
        per_second=per_second,
    )


def _drain(system: System) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while system.fetchrow(_LEFT)["n"]:
        if time.monotonic() > deadline:
            raise SystemExit(f"Jobs were left after {_PATIENCE_SECONDS} s.")
        time.sleep(0.25)


async def _measure(system: System, port: int, *, jobs: int) -> Figures:
    found = Figures()
    connection = await asyncpg.connect(system.database_url)
    client = Redis.from_url(system.redis_url)
    base = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession(base, headers=system.tenant.headers) as session:
        subscriber = await Subscriber.connect(session, "/graphql", system.tenant.headers["Authorization"])
        bare = await _bare(connection, client)
        for number in range(jobs + 5):
            # The first few open connections and prepare statements.
            target = found if number >= 5 else Figures()
            await _job(session, subscriber, target)
            await asyncio.sleep(0.02)
            started = time.perf_counter()
            await bare()
            target.floor.append(_since(started))
    await client.aclose()
    await connection.close()
    return found


async def _job(session: aiohttp.ClientSession, subscriber: Subscriber, found: Figures) -> None:
    started = time.perf_counter()
    async with session.post("/v1/jobs/noop", json=_BODY) as response:
        answer = await response.json()
        assert response.status == 202, answer
    found.answered.append(_since(started))
    operation = await subscriber.follow(answer["id"])
    is_seen = False
    while (update := await subscriber.next(operation)) is not None:
        job = update["job"]
        if not is_seen and job["status"] != "QUEUED":
            is_seen = True
            found.seen.append(_since(started))
            found.missed += job["status"] != "RUNNING"
            waited = datetime.fromisoformat(job["startedAt"]) - datetime.fromisoformat(job["queuedAt"])
            found.queued_to_started.append(waited.total_seconds() * 1000)


async def _bare(
    connection: "asyncpg.Connection[asyncpg.Record]", client: Redis
) -> Callable[[], Awaitable[None]]:
    """One transaction, then one message through Redis to a listener."""
    listener = client.pubsub()
    await listener.subscribe(_CHANNEL)
    await listener.get_message(timeout=1)

    async def once() -> None:
        async with connection.transaction():
            await connection.execute(_ROW, uuid.uuid4(), datetime.now(UTC))
        await client.publish(_CHANNEL, b"{}")
        while (await listener.get_message(timeout=1)) is None:
            pass

    return once


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _print(found: Figures, title: str) -> None:
    rows = [
        _row("floor: one transaction, one pub/sub round trip", found.floor),
        _row("POST answered", found.answered),
        _row("queued_at -> started_at (server's clock)", found.queued_to_started),
        _row("POST -> RUNNING seen", found.seen),
    ]
    print(figures.table([f"{title}: {len(found.seen)} jobs, ms", "p50", "p90", "p99", "max"], rows))
    quotient = figures.percentile(found.seen, 50) / figures.percentile(found.floor, 50)
    print(f"\nPOST -> RUNNING seen / floor, medians: {quotient:.1f}x")
    print(f"Jobs that had ended before the subscriber saw them: {found.missed}")


def _row(name: str, values: Sequence[float]) -> list[str]:
    return [name, *(f"{figures.percentile(values, percent):.1f}" for percent in (50, 90, 99, 100))]


if __name__ == "__main__":
    main()
