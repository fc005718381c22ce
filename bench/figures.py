"""Medians, percentiles, ratios, and tables of them."""

import statistics
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; 0 of nothing."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def ratios(subject: Sequence[float], floor: Sequence[float]) -> list[float]:
    """Round by round: a round's two measurements shared the machine's mood."""
    return [mine / bare for mine, bare in zip(subject, floor, strict=True) if bare]


def describe(values: Sequence[float]) -> str:
    """Median, spread and every round, as percentages."""
    if not values:
        return "-"
    rounds = " ".join(f"{value:.0%}" for value in values)
    return f"{median(values):.0%} ({min(values):.0%}..{max(values):.0%}; rounds: {rounds})"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns: the first to the left, the others to the right."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]

    def render(line: Sequence[str]) -> str:
        first, *others = [
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        return "  ".join([first, *others]).rstrip()

    return "\n".join([render(lines[0]), "  ".join("-" * width for width in widths), *map(render, lines[1:])])
