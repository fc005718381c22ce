"""No-op jobs through LaunchKit's whole path, beside BullMQ and bare Dramatiq on the same Valkey: rate and latency.

BullMQ is installed by npm into a temporary directory, from the registry that npm is configured for.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import uvloop

from bench import figures
from bench.harness import ROOT, System
from bench.processes import Process
from bench.subscriber import Subscriber
from bench.throughput import Runs, bare, drain, row

_PACKAGES = ("bullmq@6.7.0", "ioredis@6.0.0")
_WORKER = ROOT / "bench" / "bullmq_worker.cjs"
_PATIENCE_SECONDS = 90.0
_WARM_UP = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="of submitting before each drain")
    parser.add_argument("--jobs", type=int, default=100, help="followed one by one in each round")
    parser.add_argument("--threads", type=int, default=16, help="of a worker; for BullMQ its concurrency")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="launchkit-bullmq-") as directory, System() as system:
        packages = install(Path(directory))
        _rates(system, packages, options)
        _latencies(system, packages, options)


def _rates(system: System, packages: Path, options: argparse.Namespace) -> None:
    subject, dramatiq, bullmq = Runs("LaunchKit, whole path"), Runs("Dramatiq alone"), Runs("BullMQ alone")
    web, port = system.web()
    background = system.background()
    client = system.load()
    for _ in range(options.rounds):
        jobs = drain(system, port, client, subject, options.seconds, options.threads)
        bare(system, "async", dramatiq, jobs, options.threads)
        system.clear()
        found = run(system, packages, "drain", jobs, options.threads)
        system.clear()
        bullmq.rates.append(found["rate"])
        bullmq.cpu_us.append(found["cpu_us"])
        bullmq.rss_mib.append(found["rss_mib"])
    for process in (web, *background):
        process.stop()
    header = ["1 process", "per second", "CPU µs/job", "peak MiB"]
    print(figures.table(header, [row(runs) for runs in (dramatiq, bullmq, subject)]))
    for name, mine, other in (
        ("LaunchKit / Dramatiq", subject, dramatiq),
        ("LaunchKit / BullMQ", subject, bullmq),
        ("Dramatiq / BullMQ", dramatiq, bullmq),
    ):
        print(f"{name}: {figures.describe(figures.ratios(mine.rates, other.rates))}")
    print()


def _latencies(system: System, packages: Path, options: argparse.Namespace) -> None:
    """From just before a job is submitted until whoever follows it has its end; jobs one by one."""
    _web, port = system.web()
    system.background()
    system.worker(threads=options.threads)
    mine: list[list[float]] = []
    theirs: list[list[float]] = []
    for _ in range(options.rounds):
        mine.append(uvloop.run(_follow(system, port, options.jobs)))
        theirs.append(run(system, packages, "follow", options.jobs, options.threads)["latencies"])
    rows = [_percentiles("BullMQ alone", theirs), _percentiles("LaunchKit, whole path", mine)]
    print(figures.table(["submit -> end seen, milliseconds", "p50", "p90", "p99"], rows))
    medians = [[figures.median(latencies) for latencies in rounds] for rounds in (mine, theirs)]
    quotients = figures.ratios(*medians)
    print(f"LaunchKit / BullMQ, medians: {' '.join(f'{quotient:.1f}x' for quotient in quotients)}")


async def _follow(system: System, port: int, jobs: int) -> list[float]:
    """Seconds from the POST to the last update of a WebSocket subscription, which follows the commit of the end."""
    latencies = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=system.tenant.headers) as session:
        subscriber = await Subscriber.connect(session, "/graphql", system.tenant.headers["Authorization"])
        for _ in range(jobs + _WARM_UP):
            started = time.perf_counter()
            async with session.post("/v1/jobs/noop", json={}) as response:
                answer = await response.json()
                assert response.status == 202, answer
            operation = await subscriber.follow(answer["id"])
            while await subscriber.next(operation) is not None:
                pass
            latencies.append(time.perf_counter() - started)
    return latencies[_WARM_UP:]


def run(system: System, packages: Path, mode: str, jobs: int, concurrency: int, *more: str) -> dict[str, Any]:
    """What `bullmq_worker.cjs` prints of this mode."""
    words = [_tool("node"), str(_WORKER), mode, str(jobs), str(concurrency), *more]
    environment = {**os.environ, "REDIS_URL": system.redis_url, "NODE_PATH": str(packages / "node_modules")}
    log = packages / f"{mode}.log"
    log.unlink(missing_ok=True)
    process = Process("BullMQ", words, environment, log)
    try:
        found: dict[str, Any] = orjson.loads(process.await_end(_PATIENCE_SECONDS).splitlines()[-1])
    finally:
        process.stop()
    return found


def install(directory: Path) -> Path:
    """Puts BullMQ there."""
    command = [_tool("npm"), "install", "--prefix", str(directory), "--ignore-scripts", "--no-audit"]
    silent = ["--no-fund", "--no-update-notifier", "--loglevel=error", *_PACKAGES]
    if subprocess.run([*command, *silent], stdout=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit("npm could not install BullMQ; its lines above say why.")
    return directory


def _tool(name: str) -> str:
    """Of the wheel that brings Node, beside this Python."""
    return str(Path(sys.executable).parent / name)


def _percentiles(name: str, rounds: Sequence[Sequence[float]]) -> list[str]:
    values = [latency * 1000 for latencies in rounds for latency in latencies]
    return [name, *(f"{figures.percentile(values, percent):.1f}" for percent in (50, 90, 99))]


if __name__ == "__main__":
    main()
