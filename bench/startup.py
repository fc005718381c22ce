"""`launchkit dev` until it is ready, cold and warm, against its servers and a bare web process; memory of each."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from app.infra import embedded, parent
from bench import figures, processes
from bench.harness import ROOT, free_port
from bench.processes import Process

_SETTLE_SECONDS = 2.0
# What `launchkit dev` decides itself.
_NOT_INHERITED = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "LAUNCHKIT_ENV", "LAUNCHKIT_SECRET_KEY")


@dataclass
class Starts:
    """Seconds, one entry per round."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    floor, subject = Starts(), Starts()
    memory: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="launchkit-bench-") as name:
        directory = Path(name)
        for _ in range(options.rounds):
            floor.cold.append(_bare(directory))
            floor.warm.append(_bare(directory))
            subject.cold.append(_dev(directory, memory))
            subject.warm.append(_dev(directory, memory))
            shutil.rmtree(directory / "bare")
            shutil.rmtree(directory / "data")
    rows = [
        [name, f"{figures.median(values):.2f}", f"{min(values):.2f}", f"{max(values):.2f}"]
        for name, values in (
            ("floor, cold: servers, then a bare web process", floor.cold),
            ("floor, warm", floor.warm),
            ("launchkit dev, cold", subject.cold),
            ("launchkit dev, warm", subject.warm),
        )
    ]
    print(figures.table(["seconds until ready", "median", "best", "worst"], rows))
    print(f"\ncold / floor: {figures.describe(figures.ratios(subject.cold, floor.cold))}")
    print(f"warm / floor: {figures.describe(figures.ratios(subject.warm, floor.warm))}\n")
    sizes = [[name, f"{rss:.0f}", f"{pss:.0f}"] for name, (rss, pss) in memory.items()]
    print(figures.table(["MiB", "resident", "its share"], sizes))


def _bare(directory: Path) -> float:
    """The embedded servers, then an aiohttp process with a pool on them: what nobody can do without."""
    with ExitStack() as stack:
        started = time.monotonic()
        servers = stack.enter_context(embedded.Servers(directory / "bare"))
        port = free_port()
        variables = {"DATABASE_URL": servers.database_url, "PORT": str(port)}
        process = _start("floor", ["bench.floors"], directory, variables)
        stack.callback(process.stop)
        process.await_http(f"http://127.0.0.1:{port}/ready")
        return time.monotonic() - started


def _dev(directory: Path, memory: dict[str, tuple[float, float]]) -> float:
    port = free_port()
    variables = {"LAUNCHKIT_DATA_DIR": str(directory / "data"), "PORT": str(port)}
    started = time.monotonic()
    process = _start("dev", ["app.cli", "dev", "--no-demo"], directory, variables)
    try:
        process.await_http(f"http://127.0.0.1:{port}/ready")
        seconds = time.monotonic() - started
        time.sleep(_SETTLE_SECONDS)
        memory.update(_memory(process.pid))
    finally:
        process.stop()
    return seconds


def _start(name: str, words: list[str], directory: Path, variables: dict[str, str]) -> Process:
    inherited = {key: value for key, value in os.environ.items() if key not in _NOT_INHERITED}
    inherited |= {parent.VARIABLE: str(os.getpid()), "PYTHONPATH": str(ROOT), **variables}
    return Process(name, [sys.executable, "-m", *words], inherited, directory / f"{name}.log")


def _memory(pid: int) -> dict[str, tuple[float, float]]:
    """Resident and proportional size by what a process is; PostgreSQL's many are added up."""
    sizes: defaultdict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for child, command in [(pid, "app.cli dev"), *processes.descendants(pid)]:
        kind = _kind(command)
        rss, pss = sizes[kind]
        sizes[kind] = (rss + processes.rss_mib(child), pss + processes.pss_mib(child))
    return dict(sizes)


def _kind(command: str) -> str:
    if "app.cli " in command:
        return command.partition("app.cli ")[2].split()[0]
    return next((name for name in ("postgres", "valkey") if name in command), "other")


if __name__ == "__main__":
    main()
