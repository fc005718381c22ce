"""What a bucket of the latency histogram means. Pure.

Bucket b holds calls of 2^(b/8) up to 2^((b+1)/8) milliseconds; its geometric middle is at most 2^(1/16), 4.5 %, off.
"""

from collections.abc import Sequence

from app.analytics.types import Latency

PERCENTS = (50, 95, 99)


def milliseconds(bucket: int) -> int:
    return round(2 ** ((bucket + 0.5) / 8))


def of(calls: int, buckets: Sequence[int]) -> Latency:
    """`buckets` are those of the calls at `PERCENTS`, by nearest rank."""
    p50, p95, p99 = (milliseconds(bucket) for bucket in buckets)
    return Latency(calls, p50, p95, p99)
