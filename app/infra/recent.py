"""The newest documents of many topics in Redis, each in the order in which it came. They may be lost at any moment.

A place is one integer that grows with time: a stream's milliseconds and the number within one.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from redis.asyncio import Redis

from app.infra import redis

# Together no larger than JavaScript counts.
_WITHIN_BITS: Final = 12
_WITHIN: Final = (1 << _WITHIN_BITS) - 1

Placed = tuple[int, bytes]

# One command a topic: the client's library takes as long over each as Redis over ten.
_APPEND: Final = """
for i = 3, #ARGV do redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'd', ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[2])
"""


class Recent:
    """About `kept` documents a topic, for `seconds` after the last of them. Every failure is a `ConnectionError`."""

    def __init__(self, client: Redis, name: str, *, kept: int, seconds: int) -> None:
        self._client = client
        self._name = name
        self._kept = kept
        self._seconds = seconds

    async def append(self, documents: Sequence[tuple[object, bytes]]) -> None:
        """Each with its topic; in one round trip."""
        by_topic: defaultdict[object, list[bytes]] = defaultdict(list)
        for topic, document in documents:
            by_topic[topic].append(document)
        with redis.failures():
            async with self._client.pipeline(transaction=False) as pipe:
                for topic, found in by_topic.items():
                    pipe.eval(_APPEND, 1, self._key(topic), self._kept, self._seconds, *found)
                await pipe.execute()

    async def newest(self, topic: object, *, limit: int, before: int | None = None) -> Sequence[Placed]:
        """The newest first."""
        upper = "+" if before is None else f"({_id(before)}"
        with redis.failures():
            found: Any = await self._client.xrevrange(self._key(topic), upper, "-", count=limit)
        return [_placed(entry) for entry in found]

    async def after(self, topic: object, place: int, *, limit: int) -> Sequence[Placed]:
        """The oldest first."""
        with redis.failures():
            found: Any = await self._client.xrange(self._key(topic), f"({_id(place)}", "+", count=limit)
        return [_placed(entry) for entry in found]

    def _key(self, topic: object) -> str:
        return f"launchkit:{self._name}:{topic}"


def _id(place: int) -> str:
    return f"{place >> _WITHIN_BITS}-{place & _WITHIN}"


def _placed(entry: tuple[bytes, dict[bytes, bytes]]) -> Placed:
    at, _, within = entry[0].decode().partition("-")
    return int(at) << _WITHIN_BITS | min(int(within), _WITHIN), entry[1][b"d"]
