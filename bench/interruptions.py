"""Jobs that are cancelled and jobs that fail and are tried again, each beside a steady load of other jobs.

- *waiting*: jobs of a later hour are cancelled as fast as some clients can, against one row and one commit a request.
- *running*: as many jobs as an org may run are cancelled at once; from the request to the end, by the server's clock.
- *retries*: jobs fail as often as they are told to before they succeed, queued first; against Dramatiq alone, and, with
  `--bullmq`, BullMQ on the same Valkey (npm installs it, from the registry that it is configured for).

The pauses of the retries are a tenth of a second; LaunchKit's scheduler looks once a second which are over.
"""

import argparse
import asyncio
import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from app.core import ids
from app.core.ids import JobId
from bench import bullmq, figures
from bench.harness import LoadClient, System
from bench.load import Plan
from bench.throughput import Runs, bare

_CLIENTS = 16
_RUNNING = 40  # fewer than the plan's slots: the steady load has the others
_PATIENCE_SECONDS = 90.0
_SCHEDULED = "SELECT array_agg(id) AS ids FROM job WHERE state = 'SCHEDULED'"
_BUSY = "SELECT count(*) AS n FROM job WHERE kind = 'noop' AND state IN ('QUEUED', 'RUNNING')"
_WAIT = "SELECT count(*) AS n, array_agg(id) AS ids FROM job WHERE kind = 'wait' AND state = '{}'"
_DONE = "SELECT count(*) AS n FROM job WHERE kind = 'flaky' AND state = 'SUCCEEDED'"
_STOPPED = """
SELECT array_agg(extract(epoch FROM j.finished_at - e.at)::float8) AS seconds
FROM job j JOIN job_event e ON e.job_id = j.id AND e.kind = 'state' AND e.state = 'CANCELLING' WHERE j.kind = 'wait'
"""
_RETRIED = """
SELECT extract(epoch FROM max(finished_at) - min(started_first))::float8 AS seconds, sum(attempt - 1)::int AS retries
FROM (SELECT j.*, (SELECT min(at) FROM job_event e WHERE e.job_id = j.id AND e.state = 'RUNNING') AS started_first
    FROM job j WHERE kind = 'flaky') AS j
"""
_STEADY = """
SELECT coalesce(percentile_cont(ARRAY[.5, .99]) WITHIN GROUP (
    ORDER BY extract(epoch FROM started_at - created_at) * 1000), '{0,0}')::float8[] AS ms FROM job WHERE kind = 'noop'
"""


@dataclass
class Found:
    """One entry per round; `steady` are p50 and p99 of the load beside it, in milliseconds."""

    name: str
    rates: list[float] = field(default_factory=list)
    steady: list[Sequence[float]] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=500, help="cancelled, and retried, in each round")
    parser.add_argument("--failures", type=int, default=2, help="of each job that is retried")
    parser.add_argument("--load", type=float, default=50, help="other jobs a second, all the time")
    parser.add_argument("--threads", type=int, default=64)
    parser.add_argument("--bullmq", action="store_true")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        packages = None
        if options.bullmq:
            packages = bullmq.install(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        system = stack.enter_context(System())
        _measure(system, packages, options)


def _measure(system: System, packages: Path | None, options: argparse.Namespace) -> None:
    _, port = system.web()
    _, floor_port = system.floor()
    system.background()
    system.worker(threads=options.threads)
    client = system.load()
    waiting, retried = Found("cancelled while waiting"), Found("retries")
    commits, dramatiq = Found("one row, one commit"), Found("Dramatiq alone, retries")
    alone = Runs("Dramatiq alone")
    removed, again = Found("BullMQ, removed"), Found("BullMQ, retries")
    stopped: list[float] = []
    for _ in range(options.rounds):
        commits.rates.append(_commits(floor_port, options.jobs))
        _fill(system, port, options.jobs)
        with _beside(system, port, client, options.load, waiting):
            waiting.rates.append(_cancel_waiting(system, port))
        with _beside(system, port, client, options.load, Found("")):
            stopped += _cancel_running(system, port)
        with _beside(system, port, client, options.load, retried):
            retried.rates.append(_retry(system, port, options))
        words = ("--failures", str(options.failures))
        bare(system, "flaky", alone, options.jobs, options.threads, words)
        if packages is not None:
            removed.rates.append(bullmq.run(system, packages, "remove", options.jobs, _CLIENTS)["rate"])
            found = bullmq.run(
                system, packages, "retry", options.jobs, options.threads, str(options.failures)
            )
            again.rates.append(found["rate"])
        dramatiq.rates.append(alone.rates.pop() * options.failures)
    _report([one for one in (commits, removed, waiting, dramatiq, again, retried) if one.rates])
    for mine, other in ((waiting, commits), (waiting, removed), (retried, dramatiq), (retried, again)):
        if other.rates:
            print(f"{mine.name} / {other.name}: {figures.describe(figures.ratios(mine.rates, other.rates))}")
    took = [f"{figures.percentile(stopped, percent) * 1000:.0f}" for percent in (50, 90, 99, 100)]
    header = [f"\n{_RUNNING} that run, cancelled at once", "p50 ms", "p90", "p99", "max"]
    print(figures.table(header, [["until they had ended", *took]]))


@contextlib.contextmanager
def _beside(system: System, port: int, client: LoadClient, per_second: float, found: Found) -> Iterator[None]:
    """A steady load of no-op jobs, for the block and as long as it takes to say that it is over."""
    plan = Plan(
        port,
        "/v1/jobs/noop",
        "{}",
        '"id":"job_',
        system.tenant.headers,
        connections=_CLIENTS,
        seconds=1,
        per_second=per_second,
    )
    is_over = threading.Event()

    def submit() -> None:
        while not is_over.is_set():
            client.run(plan)

    load = threading.Thread(target=submit)
    load.start()
    time.sleep(0.5)
    try:
        yield
    finally:
        is_over.set()
        load.join()
    _until(system, _BUSY, 0)
    found.steady.append(system.fetchrow(_STEADY)["ms"])
    system.clear()


def _fill(system: System, port: int, jobs: int) -> None:
    """Jobs of a later hour."""
    run_at = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    url = f"http://127.0.0.1:{port}/v1/jobs/noop?run_at={run_at}"
    uvloop.run(_each([(url, 202)] * jobs, system.tenant.headers))


def _cancel_waiting(system: System, port: int) -> float:
    job_ids = system.fetchrow(_SCHEDULED)["ids"]
    seconds = uvloop.run(_each([(_cancel(port, one), 200) for one in job_ids], system.tenant.headers))
    return len(job_ids) / seconds


def _cancel_running(system: System, port: int) -> list[float]:
    """Seconds from the cancellation of each to its end."""
    url = f"http://127.0.0.1:{port}/v1/jobs/wait"
    uvloop.run(_each([(url, 202)] * _RUNNING, system.tenant.headers))
    job_ids = _until(system, _WAIT.format("RUNNING"), _RUNNING)["ids"]
    uvloop.run(_each([(_cancel(port, one), 200) for one in job_ids], system.tenant.headers))
    _until(system, _WAIT.format("CANCELLED"), _RUNNING)
    seconds: list[float] = system.fetchrow(_STOPPED)["seconds"]
    return seconds


def _retry(system: System, port: int, options: argparse.Namespace) -> float:
    url = f"http://127.0.0.1:{port}/v1/jobs/flaky"
    body = {"failures": options.failures}
    uvloop.run(_each([(url, 202)] * options.jobs, system.tenant.headers, body))
    _until(system, _DONE, options.jobs)
    row = system.fetchrow(_RETRIED)
    assert row["retries"] == options.jobs * options.failures, row
    return float(row["retries"] / row["seconds"])


def _commits(port: int, count: int) -> float:
    return count / uvloop.run(_each([(f"http://127.0.0.1:{port}/one-row", 202)] * count, {}))


async def _each(
    requests: Sequence[tuple[str, int]], headers: dict[str, str], body: dict[str, Any] | None = None
) -> float:
    """Posts each, some at a time; seconds."""
    left = iter(requests)
    started = time.perf_counter()
    async with aiohttp.ClientSession(headers=headers) as session:

        async def post() -> None:
            for url, status in left:
                async with session.post(url, json=body or {}) as answer:
                    said = await answer.read()
                    assert answer.status == status, said

        await asyncio.gather(*(post() for _ in range(_CLIENTS)))
    return time.perf_counter() - started


def _cancel(port: int, job_id: Any) -> str:
    return f"http://127.0.0.1:{port}/v1/jobs/{ids.encode('job', JobId(job_id))}/cancel"


def _until(system: System, sql: str, count: int) -> Any:
    """The row of `sql`, once its `n` is `count`."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (row := system.fetchrow(sql))["n"] != count:
        if time.monotonic() > deadline:
            raise SystemExit(f"{row['n']}, not {count}: {sql}")
        time.sleep(0.1)
    return row


def _report(found: Sequence[Found]) -> None:
    rows = [
        [
            one.name,
            f"{figures.median(one.rates):.0f}",
            *(
                f"{figures.median([ms[place] for ms in one.steady]):.0f}" if one.steady else "-"
                for place in (0, 1)
            ),
        ]
        for one in found
    ]
    header = ["", "per second", "load beside it, submitted -> RUNNING: p50 ms", "p99 ms"]
    print(figures.table(header, rows), end="\n\n")


if __name__ == "__main__":
    main()
