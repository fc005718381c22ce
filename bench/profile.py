"""Where the time goes: py-spy on the web process while jobs are submitted, and on the worker while it runs them.

Sampling needs the right to trace another process: run it as root, or allow ptrace.
"""

import argparse
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from bench import figures, graphql, listing
from bench.harness import LoadClient, System
from bench.load import Plan
from bench.processes import Process
from bench.submission import app_subjects

_SAMPLES_PER_SECOND = 250
# Frames that every stack has say nothing.
_ALWAYS = 0.97


@dataclass(frozen=True)
class Profile:
    """Samples in which a thread ran, by stack: outermost function first."""

    stacks: Counter[tuple[str, ...]]

    @property
    def total(self) -> int:
        return self.stacks.total()

    def by_self(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for stack, samples in self.stacks.items():
            found[stack[-1]] += samples
        return found

    def by_cumulative(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for stack, samples in self.stacks.items():
            for function in set(stack[1:]):
                found[function] += samples
        return found

    def by_thread(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for stack, samples in self.stacks.items():
            found[stack[0]] += samples
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--top", type=int, default=25)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    with System() as system:
        web, port = system.web()
        client = system.load()
        plans = {subject.name: subject.plan for subject in app_subjects(web, port, system.tenant)}
        listing.fill(system, client, port)
        for title, plan in (
            ("{ me { id } }", Plan(port, "/graphql", graphql.ME, '"id":"user_', system.sign_in(port))),
            ("listing 50 jobs by GraphQL", listing.plan(port, system.tenant)),
            ("submitting by GraphQL", plans["GraphQL"]),
            ("submitting by REST", plans["REST"]),
        ):
            load = replace(plan, connections=options.connections)
            client.run(replace(load, seconds=1))
            found = _during_load(web, client, load, options.seconds)
            print(_report(f"Web process, {title}", found, options.top), flush=True)
        system.clear()
        system.background()
        noop = Plan(port, "/v1/jobs/noop", "{}", '"id":"job_', system.tenant.headers, connections=16)
        client.run(replace(noop, seconds=options.seconds))
        time.sleep(1)
        worker = system.worker(threads=options.threads)
        stacks = worker.log.with_suffix(".stacks")
        found = record(worker.pid, stacks, seconds=min(4, options.seconds), only_gil=True)
        print(_report("Worker, no-op jobs, threads that hold the interpreter", found, options.top))


def _during_load(process: Process, client: LoadClient, plan: Plan, seconds: int) -> Profile:
    load = threading.Thread(target=client.run, args=[replace(plan, seconds=seconds + 1.5, warmup_seconds=0)])
    load.start()
    time.sleep(0.5)
    try:
        return record(process.pid, process.log.with_suffix(".stacks"), seconds=seconds)
    finally:
        load.join()


def record(pid: int, output: Path, *, seconds: int, only_gil: bool = False) -> Profile:
    """Samples the process; threads that wait are left out. With `only_gil`, also those in system calls."""
    command = [str(Path(sys.executable).with_name("py-spy")), "record", "--pid", str(pid)]
    command += ["--duration", str(seconds), "--rate", str(_SAMPLES_PER_SECOND)]
    command += ["--format", "raw", "--function", "--threads", "--output", str(output)]
    command += ["--gil"] if only_gil else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"py-spy failed:\n{done.stderr}")
    stacks: Counter[tuple[str, ...]] = Counter()
    for line in output.read_text().splitlines():
        stack, _, samples = line.rpartition(" ")
        stacks[tuple(_short(frame) for frame in stack.split(";"))] += int(samples)
    return Profile(stacks)


def _short(frame: str) -> str:
    """`name (a/long/path/module.py)` with the last three parts of the path; a thread without its number."""
    name, _, place = frame.partition(" (")
    if name.startswith("thread"):
        return f"thread {place.rstrip(')').rpartition(': ')[2]}"
    return f"{name} ({'/'.join(place.split('/')[-3:])}" if place else name


def _report(title: str, profile: Profile, top: int) -> str:
    cumulative = Counter({f: n for f, n in profile.by_cumulative().items() if n < _ALWAYS * profile.total})
    parts = [f"{title}: {profile.total} samples"]
    for heading, counter in (
        ("Threads", profile.by_thread()),
        ("Self", profile.by_self()),
        ("Cumulative", cumulative),
    ):
        rows = [[name, f"{samples / profile.total:.1%}"] for name, samples in counter.most_common(top)]
        parts.append(figures.table([heading, "share"], rows))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
