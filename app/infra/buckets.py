"""Token buckets in Redis (shared by all processes) and in this process: two `Buckets`."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import hiredis

from app.core import token_bucket
from app.core.token_bucket import Demand, Taken
from app.infra.redis_line import Line

_PREFIX = "launchkit:rate:"
_LOCAL_ENTRIES = 10_000

# The clock is that of Redis: web processes need not agree on the time.
_REDIS_CLOCK = "local t = redis.call('TIME') local now = t[1] * 1000000 + t[2]"

# As `token_bucket.take`. ARGV: for each key what is taken, its span and what it can lack at most, in microseconds.
# Numbers of this size lose digits in Lua's own tostring, hence the format. A key ends when its bucket is full: what is
# not there is full.
_TAKE = """
local stored = redis.call('MGET', unpack(KEYS))
local before, after, granted, taken = {}, {}, 1, 0
for i = 1, #KEYS do
  local flow, span, most = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local missing = math.min(math.max((tonumber(stored[i] or now) or now) - now, 0), most)
  before[i] = missing
  after[i] = missing + flow
  taken = taken + flow
  if after[i] > span then granted = 0 end
end
if granted == 0 or taken == 0 then return {granted, unpack(before)} end
for i = 1, #KEYS do
  redis.call('SET', KEYS[i], string.format('%.0f', now + after[i]), 'PX', math.ceil(after[i] / 1000))
end
return {granted, unpack(after)}
"""
# As `token_bucket.correct`. ARGV: what is taken (below 0: given back), and what the bucket can lack at most.
_CORRECT = """
local full_at = tonumber(redis.call('GET', KEYS[1]) or now) or now
local missing = math.min(math.max(full_at - now, 0), tonumber(ARGV[2]))
missing = math.min(math.max(missing + tonumber(ARGV[1]), 0), tonumber(ARGV[2]))
if missing == 0 then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], string.format('%.0f', now + missing), 'PX', math.ceil(missing / 1000))
end
return missing
"""


def script(clock: str = _REDIS_CLOCK) -> str:
    """The whole script; `clock` sets `now`, in microseconds."""
    return f"{clock}\n{_TAKE}"


def correction(clock: str = _REDIS_CLOCK) -> str:
    return f"{clock}\n{_CORRECT}"


class _Script:
    """One script, known to Redis by its digest."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    async def run(self, line: Line, words: Sequence[str | int]) -> Any:
        """Raises `ConnectionError`, also for an error of Redis's own."""
        try:
            return await self._run(line, words)
        except hiredis.ReplyError as error:
            raise ConnectionError(str(error)) from error

    async def _run(self, line: Line, words: Sequence[str | int]) -> Any:
        try:
            return await line.execute("EVALSHA", self._digest, *words)
        except hiredis.ReplyError as error:
            if not str(error).startswith("NOSCRIPT"):
                raise
        # A new or emptied Redis; this teaches it the script as well.
        return await line.execute("EVAL", self._text, *words)


class SharedBuckets:
    """One script call in Redis, however many buckets: all of them give, or none."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._take = _Script(script())
        self._correct = _Script(correction())

    async def take(self, demands: Sequence[Demand], *, cost: int) -> Taken:
        words: list[str | int] = [len(demands), *(_PREFIX + demand.bucket for demand in demands)]
        for demand in demands:
            quota = demand.quota
            words += quota.flow(cost), quota.span, quota.most
        granted, *missing = await self._take.run(self._line, words)
        return Taken(granted == 1, missing)

    async def correct(self, demand: Demand, *, tokens: int) -> None:
        quota = demand.quota
        change = quota.flow(tokens) if tokens > 0 else -quota.flow(-tokens)
        await self._correct.run(self._line, [1, _PREFIX + demand.bucket, change, quota.most])


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
                self._keep(demand.bucket, now + missing)
        return taken

    async def correct(self, demand: Demand, *, tokens: int) -> None:
        now = self._clock()
        full_at = self._full_at.get(demand.bucket)
        missing = token_bucket.correct(full_at, demand.quota, tokens=tokens, now=now)
        self._keep(demand.bucket, now + missing)

    def _keep(self, bucket: str, full_at: int) -> None:
        self._full_at[bucket] = full_at
        self._full_at.move_to_end(bucket)
        while len(self._full_at) > _LOCAL_ENTRIES:
            self._full_at.popitem(last=False)
