"""Rounds of floor and subjects in turn, and what came of them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bench import figures
from bench.harness import LoadClient
from bench.load import Plan, Result
from bench.processes import Process

# The courier keeps its books every half second: they belong to the measurement before, not to the next.
_SETTLE_SECONDS = 0.7


@dataclass
class Subject:
    """A server and what it is asked; a floor is `against` nothing, others name their floors."""

    name: str
    plan: Plan
    process: Process
    against: Sequence[str] = ()
    results: list[Result] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)

    @property
    def rates(self) -> list[float]:
        return [result.rate for result in self.results]

    @property
    def p50s(self) -> list[float]:
        """Seconds, one per round."""
        return [figures.percentile(result.latencies, 50) for result in self.results]

    @property
    def tails(self) -> list[float]:
        """p99 / p50, one per round."""
        p99s = [figures.percentile(result.latencies, 99) for result in self.results]
        return figures.ratios(p99s, self.p50s)

    def fresh(self, connections: int, seconds: float) -> "Subject":
        plan = replace(self.plan, connections=connections, seconds=seconds)
        return Subject(self.name, plan, self.process, self.against)

    def measure(self, client: LoadClient) -> None:
        before = self.process.cpu_seconds()
        result = client.run(self.plan)
        self.results.append(result)
        self.cpu_us.append((self.process.cpu_seconds() - before) / max(1, result.answered) * 1e6)


def compare(
    subjects: Sequence[Subject],
    client: LoadClient,
    *,
    rounds: int,
    between: Callable[[], None] = lambda: None,
) -> None:
    """Measures every subject once per round, every other round backwards."""
    for number in range(rounds):
        for subject in subjects if number % 2 == 0 else list(reversed(subjects)):
            subject.measure(client)
            time.sleep(_SETTLE_SECONDS)
            between()


def report(title: str, subjects: Sequence[Subject]) -> str:
    """A table of medians, the first subject being the floor, then each ratio to a floor, round by round."""
    by_name = {subject.name: subject for subject in subjects}
    rows = [_row(subject, subjects[0]) for subject in subjects]
    header = ["", "req/s", "of floor", "p50 ms", "p99 ms", "CPU µs/req", "client CPU"]
    lines = [title, figures.table(header, rows), ""]
    for subject in subjects:
        for name in subject.against:
            found = figures.describe(figures.ratios(subject.rates, by_name[name].rates))
            lines.append(f"{subject.name} / {name}: {found}")
    return "\n".join(lines)


def costs(subjects: Sequence[Subject]) -> str:
    """What each subject takes more than its floors, round by round: latency (p50) and CPU per request.

    Then how far its slowest requests are from its usual ones, as the quotient of p99 and p50.
    """
    by_name = {subject.name: subject for subject in subjects}
    lines = []
    for subject in subjects:
        for name in subject.against:
            floor = by_name[name]
            more = [mine - bare for mine, bare in zip(subject.p50s, floor.p50s, strict=True)]
            lines.append(
                f"{subject.name} / {name}: "
                f"p50 {figures.median(figures.ratios(subject.p50s, floor.p50s)):.2f}x "
                f"({figures.median(more) * 1000:+.2f} ms), "
                f"CPU {figures.median(figures.ratios(subject.cpu_us, floor.cpu_us)):.2f}x"
            )
    lines += [f"{one.name}: p99 / p50 = {figures.median(one.tails):.1f}" for one in subjects]
    return "\n".join(lines)


def _row(subject: Subject, floor: Subject) -> list[str]:
    latencies = [latency for result in subject.results for latency in result.latencies]
    return [
        subject.name,
        f"{figures.median(subject.rates):.0f}",
        f"{figures.median(figures.ratios(subject.rates, floor.rates)):.0%}",
        f"{figures.percentile(latencies, 50) * 1000:.2f}",
        f"{figures.percentile(latencies, 99) * 1000:.2f}",
        f"{figures.median(subject.cpu_us):.0f}",
        f"{figures.median([result.client_cpu_share for result in subject.results]):.0%}",
    ]
