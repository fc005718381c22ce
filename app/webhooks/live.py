"""Following the deliveries of an endpoint live: the newest first of all, then every newer state of any of them.

One reader per process and endpoint (`app.infra.feeds`). Changes commit in another order than they are dated, so the
reader looks back a little each time, and passes on what it has not passed on before.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.core.ids import WebhookEndpointId
from app.core.principal import Permission, Principal
from app.infra import feeds
from app.infra.pubsub import Hub
from app.webhooks import events, queries
from app.webhooks.types import Delivery

_SNAPSHOT = 20
_PAGE = 500
# No transaction that changes a delivery lasts longer.
_LOOK_BACK = timedelta(seconds=20)


class _Reader:
    """What is new of one endpoint's deliveries since the last look."""

    def __init__(self, endpoint_id: WebhookEndpointId, clock: Callable[[], datetime]) -> None:
        self._endpoint_id = endpoint_id
        self._clock = clock
        self._since: datetime | None = None
        self._passed: dict[UUID, tuple[int, datetime]] = {}

    async def read(self) -> AsyncIterator[Sequence[Delivery]]:
        now = self._clock()
        if self._since is None:
            # Followers read what came before this themselves.
            self._since = now - _LOOK_BACK
        since = self._since
        while found := await queries.changed(self._endpoint_id, since=since, limit=_PAGE):
            new = [one for one in found if self._passed.get(one.id, (0, now))[0] < one.seq]
            self._passed.update({one.id: (one.seq, one.updated_at) for one in new})
            if new:
                yield new
            since = found[-1].updated_at
            if len(found) < _PAGE:
                break
        self._since = now - _LOOK_BACK
        self._passed = {id_: seen for id_, seen in self._passed.items() if seen[1] > self._since}


class DeliveryFeeds(feeds.Feeds[WebhookEndpointId, Delivery]):
    """The feeds of this process."""

    def __init__(self, hub: Hub, *, clock: Callable[[], datetime]) -> None:
        super().__init__(hub)
        self._clock = clock

    def _topic(self, key: WebhookEndpointId) -> str:
        return events.topic(key)

    def _reader(self, key: WebhookEndpointId) -> feeds.Reader[Delivery]:
        return _Reader(key, self._clock).read

    async def follow(
        self, principal: Principal, endpoint_id: WebhookEndpointId
    ) -> AsyncGenerator[Delivery, None]:
        """Deliveries for ever: the newest twenty, the oldest of them first, then each as it changes.

        Of one delivery `seq` only grows. Who is too slow is sent the newest twenty anew. Close it to stop following.
        Raises `EndpointNotFound`, `Forbidden`.
        """
        await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_READ)
        seen: dict[UUID, int] = {}
        async with self.attach(endpoint_id) as follower:
            updates: Sequence[Delivery] | None = None
            while True:
                if updates is None:
                    updates = await queries.newest(endpoint_id, limit=_SNAPSHOT)
                for update in updates:
                    if seen.get(update.id, 0) < update.seq:
                        seen.pop(update.id, None)
                        seen[update.id] = update.seq
                        yield update
                _forget(seen)
                updates = await follower.take()


def _forget(seen: dict[UUID, int]) -> None:
    """Keeps what was sent last: all of it of everything would grow for as long as somebody listens."""
    while len(seen) > _PAGE:
        del seen[next(iter(seen))]
