"""Token buckets in Redis (shared by all processes) and in this process: two `Buckets`."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

import hiredis

from app.core import token_bucket
from app.core.token_bucket import Demand, Taken
from app.infra.redis_line import Line

_PREFIX = "launchkit:rate:"
_LOCAL_ENTRIES = 10_000

# The clock is that of Redis: web processes need not agree on the time.
_REDIS_CLOCK = "local t = redis.call('TIME') local now = t[1] * 1000000 + t[2]"

# As `token_bucket.take`. ARGV: the cost, then interval and span of each key. Numbers of this size lose digits in
# Lua's own tostring, hence the format. A key ends when its bucket is full: what is not there is full.
_TAKE = """
local stored = redis.call('MGET', unpack(KEYS))
local cost = tonumber(ARGV[1])
local before, after, granted = {}, {}, 1
for i = 1, #KEYS do
  local interval, span = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local missing = math.min(math.max((tonumber(stored[i] or now) or now) - now, 0), span)
  before[i] = missing
  after[i] = missing + cost * interval
  if after[i] > span then granted = 0 end
end
if granted == 0 or cost == 0 then return {granted, unpack(before)} end
for i = 1, #KEYS do
  redis.call('SET', KEYS[i], string.format('%.0f', now + after[i]), 'PX', math.ceil(after[i] / 1000))
end
return {granted, unpack(after)}
"""


def script(clock: str = _REDIS_CLOCK) -> str:
    """The whole script; `clock` sets `now`, in microseconds."""
    return f"{clock}\n{_TAKE}"


class SharedBuckets:
    """One script call in Redis, however many buckets: all of them give, or none."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._script = script()
        self._digest = hashlib.sha1(self._script.encode(), usedforsecurity=False).hexdigest()

    async def take(self, demands: Sequence[Demand], *, cost: int) -> Taken:
        words: list[str | int] = [len(demands), *(_PREFIX + demand.bucket for demand in demands), cost]
        for demand in demands:
            words += demand.quota.interval, demand.quota.span
        try:
            granted, *missing = await self._run(words)
        except hiredis.ReplyError as error:
            raise ConnectionError(str(error)) from error
        return Taken(granted == 1, missing)

    async def _run(self, words: Sequence[str | int]) -> list[int]:
        try:
            answer: list[int] = await self._line.execute("EVALSHA", self._digest, *words)
        except hiredis.ReplyError as error:
            if not str(error).startswith("NOSCRIPT"):
                raise
            # A new or emptied Redis; this teaches it the script as well.
            answer = await self._line.execute("EVAL", self._script, *words)
        return answer


class LocalBuckets:
    """Of this process alone. Those used longest ago are forgotten first."""

    def __init__(self, clock: Callable[[], int] = lambda: time.monotonic_ns() // 1000) -> None:
        self._clock = clock
        self._full_at: OrderedDict[str, int] = OrderedDict()

    async def take(self, demands: Sequence[Demand], *, cost: int) -> Taken:
        now = self._clock()
        full_at = [self._full_at.get(demand.bucket) for demand in demands]
        taken = token_bucket.take(full_at, [demand.quota for demand in demands], cost=cost, now=now)
        if taken.is_granted and cost:
            for demand, missing in zip(demands, taken.missing, strict=True):
                self._full_at[demand.bucket] = now + missing
                self._full_at.move_to_end(demand.bucket)
            while len(self._full_at) > _LOCAL_ENTRIES:
                self._full_at.popitem(last=False)
        return taken
