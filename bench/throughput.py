"""No-op jobs per second through the whole path, against Dramatiq alone running actors that do nothing."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from bench import figures
from bench.harness import LoadClient, System
from bench.load import Plan

_SUBMITTERS = 16
_PATIENCE_SECONDS = 90.0
_PROGRESS = "SELECT count(*) FILTER (WHERE state = 'SUCCEEDED') AS done, count(*) AS jobs FROM job"
_SPAN = """
SELECT extract(epoch FROM max(finished_at) - min(started_at))::float8 AS seconds, count(*) AS jobs,
    count(*) FILTER (WHERE attempt > 1) AS repeated FROM job
"""
_FLOORS = {
    "sync": "Dramatiq alone, sync actor",
    "async": "Dramatiq alone, async actor",
    "writes": "Dramatiq, async, two one-row commits",
}


@dataclass
class Runs:
    """One entry per round: messages per second, CPU of the worker per message, memory."""

    name: str
    rates: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)
    rss_mib: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="of submitting before each drain")
    parser.add_argument("--threads", type=int, default=16)
    options = parser.parse_args()
    subject = Runs("LaunchKit, no-op jobs")
    floors = {kind: Runs(name) for kind, name in _FLOORS.items()}
    with System() as system:
        _web, port = system.web()
        system.background()
        client = system.load()
        for _ in range(options.rounds):
            jobs = drain(system, port, client, subject, options.seconds, options.threads)
            for kind, runs in floors.items():
                bare(system, kind, runs, jobs, options.threads)
                system.clear()
    everything = [*floors.values(), subject]
    print(
        figures.table(["1 process", "per second", "CPU µs/message", "peak MiB"], [row(r) for r in everything])
    )
    print()
    for floor in floors.values():
        print(
            f"{subject.name} / {floor.name}: {figures.describe(figures.ratios(subject.rates, floor.rates))}"
        )


def drain(system: System, port: int, client: LoadClient, runs: Runs, seconds: float, threads: int) -> int:
    """Submits for some seconds with no worker there, then lets one work it all off; returns how many jobs."""
    plan = Plan(
        port,
        "/v1/jobs/noop",
        "{}",
        '"id":"job_',
        system.tenant.headers,
        connections=_SUBMITTERS,
        seconds=seconds,
    )
    client.run(plan)
    time.sleep(1)
    worker = system.worker(threads=threads)
    started_cpu = worker.cpu_seconds()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (progress := system.fetchrow(_PROGRESS))["done"] < progress["jobs"]:
        if time.monotonic() > deadline:
            raise SystemExit(
                f"{progress['done']} of {progress['jobs']} jobs were done in {_PATIENCE_SECONDS} s."
            )
        time.sleep(0.25)
    span = system.fetchrow(_SPAN)
    runs.rates.append(span["jobs"] / span["seconds"])
    runs.cpu_us.append((worker.cpu_seconds() - started_cpu) / span["jobs"] * 1e6)
    runs.rss_mib.append(worker.rss_mib(peak=True))
    if span["repeated"]:
        print(f"{span['repeated']} jobs were run more than once.")
    worker.stop()
    system.clear()
    return int(span["jobs"])


def bare(
    system: System, kind: str, runs: Runs, messages: int, threads: int, more: Sequence[str] = ()
) -> None:
    words = [
        "bench.bare_worker",
        "--actor",
        kind,
        "--messages",
        str(messages),
        "--threads",
        str(threads),
        *more,
    ]
    process = system.start(f"bare-{kind}-{len(runs.rates)}", words)
    found = orjson.loads(process.await_end(_PATIENCE_SECONDS).splitlines()[-1])
    runs.rates.append(found["rate"])
    runs.cpu_us.append(found["cpu_us"])
    runs.rss_mib.append(found["rss_mib"])


def row(runs: Runs) -> list[str]:
    columns = (runs.rates, runs.cpu_us, runs.rss_mib)
    return [runs.name, *(f"{figures.median(values):.0f}" for values in columns)]


if __name__ == "__main__":
    main()
