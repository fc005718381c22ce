"""Values in Redis for a while, of each topic only so many: the oldest give way. They may be lost at any moment."""

from typing import Any, Final

from redis.asyncio import Redis

from app.infra import redis

# A topic stands in one slot of a cluster. KEYS: the value, the index of its topic. ARGV: value, seconds, most, now.
_PUT: Final = """
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[4], KEYS[1])
redis.call('EXPIRE', KEYS[2], math.max(ARGV[2], redis.call('TTL', KEYS[2])))
local over = redis.call('ZCARD', KEYS[2]) - ARGV[3]
if over > 0 then
  for _, gone in ipairs(redis.call('ZRANGE', KEYS[2], 0, over - 1)) do redis.call('DEL', gone) end
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, over - 1)
end
"""


class Kept:
    """At most `most` values a topic. Every failure is a `ConnectionError`."""

    def __init__(self, client: Redis, name: str, *, most: int) -> None:
        self._client = client
        self._name = name
        self._most = most
        self._put: Any = client.register_script(_PUT)

    async def get(self, topic: str, key: str) -> bytes | None:
        with redis.failures():
            found: Any = await self._client.get(self._key(topic, key))
        return found if isinstance(found, bytes) else None

    async def put(self, topic: str, key: str, value: bytes, *, seconds: int, now: float) -> None:
        """`now` is what decides which are the oldest."""
        with redis.failures():
            await self._put(
                keys=[self._key(topic, key), self._key(topic, "index")],
                args=[value, seconds, self._most, now],
            )

    def _key(self, topic: str, key: str) -> str:
        return f"launchkit:{self._name}:{{{topic}}}:{key}"
