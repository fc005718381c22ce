"""The clock. Only the edges (web, workers, cli) read it; domains are given `now`."""

from datetime import UTC, datetime


def utcnow() -> datetime:
    return datetime.now(UTC)
