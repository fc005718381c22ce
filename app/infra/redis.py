"""Redis or Valkey: derived state only. It may be emptied at any moment; see `RedisMemory`."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

# Without Redis a request must go on quickly: the fast path gives up, the relay catches up.
_SOCKET_TIMEOUT_SECONDS = 2.0
_POOL_SIZE = 20


def connect(url: str, *, timeout_seconds: float = _SOCKET_TIMEOUT_SECONDS) -> Redis:
    """A client for short commands. Blocking ones (pub/sub) need a connection of their own."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_POOL_SIZE,
        timeout=_SOCKET_TIMEOUT_SECONDS,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        # Once more, at once: after a restart of Redis every pooled connection fails at its first command.
        retry=Retry(NoBackoff(), 1),
    )
    return Redis.from_pool(pool)


@contextmanager
def failures() -> Iterator[None]:
    """Any failure of the block's Redis commands as `ConnectionError`, which callers of a port expect."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise ConnectionError(str(error)) from error


class RedisMemory:
    """Notices that Redis lost what it was given: a marker that nothing deletes is gone.

    Made good while the marker is `_MARKED`, which is as lost as none: who began and died leaves it to the next. Emptied
    once more meanwhile, it has no marker that could be renewed.
    """

    _KEY = "launchkit:remembers"
    _MARKED = b"?"
    _RENEWED = b"1"

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def is_lost(self) -> bool:
        with failures():
            found = await self._client.get(self._KEY)
        return found != self._RENEWED

    async def mark(self) -> None:
        with failures():
            await self._client.set(self._KEY, self._MARKED)

    async def renew(self) -> None:
        with failures():
            await self._client.set(self._KEY, self._RENEWED, xx=True)
