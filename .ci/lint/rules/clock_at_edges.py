"""Domains do not read the clock; they are given `now`.

A rule about time (expiry, leases, periods) is tested by passing a time, and one write
must not see two different ones. Only the edges read the clock: web, rest, cli, workers,
infra. In `core`, `clock` is the place itself, and `ids` stamps UUIDv7. Durations may be
measured anywhere: `time.monotonic()` is free.
"""

import ast
from collections.abc import Iterator

from lint.source import Source, dotted, imported_names

READS = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "time.time",
        "time.time_ns",
        "app.core.clock.utcnow",
    }
)
EDGES = frozenset({"infra", "web", "rest", "cli"})
EXCEPTIONS = frozenset({"app/core/clock.py", "app/core/ids.py"})


def applies(source: Source) -> bool:
    parts = source.path.parts
    is_domain = len(parts) > 2 and parts[0] == "app" and parts[1] not in EDGES
    return source.is_python and is_domain and str(source.path) not in EXCEPTIONS


def find(source: Source) -> Iterator[tuple[int, str]]:
    names = imported_names(source)
    for node in source.nodes:
        # Not only calls: `default=datetime.now` reads the clock as well.
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = dotted(node).partition(".")
            if names.get(first, first) + dot + rest in READS:
                yield node.lineno, f"{first}{dot}{rest} in a domain; take `now` as an argument"
