"""Following the deliveries of an endpoint live: the newest first of all, then every newer state of any of them.

One reader per process and endpoint (`app.infra.feeds`). Changes commit in another order than they are dated, so the
reader looks back a little each time, and passes on what it has not passed on before. So does who comes back to it, or
was too slow: nothing that changed meanwhile is left out, though some of it may be told twice.
"""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from app.core import moments
from app.core.errors import FieldError
from app.core.ids import OrgId, WebhookEndpointId
from app.core.principal import Permission, Principal
from app.infra import feeds
from app.infra.pubsub import Hub
from app.webhooks import events, queries
from app.webhooks.types import Delivery, refuse

_SNAPSHOT = 20
_PAGE = 500
# No transaction that changes a delivery lasts longer.
_LOOK_BACK = timedelta(seconds=20)
_LONGEST_AWAY = timedelta(days=1)
_EVER = datetime.min.replace(tzinfo=UTC)


class Change(NamedTuple):
    """A delivery as it is now. `position` is of this process alone: when it was read, in `time.monotonic_ns()`."""

    delivery: Delivery
    position: int


class _Reader:
    """What is new of one endpoint's deliveries since the last look."""

    def __init__(self, endpoint_id: WebhookEndpointId, clock: Callable[[], datetime]) -> None:
        self._endpoint_id = endpoint_id
        self._clock = clock
        self._passed: dict[UUID, tuple[int, datetime]] | None = None
        self._position = 0

    async def read(self) -> AsyncIterator[Sequence[Change]]:
        since = self._clock() - _LOOK_BACK
        # Followers read what came before the first look themselves.
        is_first = self._passed is None
        passed = self._passed = self._passed or {}
        async for page in queries.changed(self._endpoint_id, since=since, size=_PAGE):
            new = [one for one in page if one.id not in passed or one.seq > passed[one.id][0]]
            passed |= {one.id: (one.seq, one.updated_at) for one in new}
            if new and not is_first:
                yield self._placed(new)
        self._passed = {id_: seen for id_, seen in passed.items() if seen[1] > since}

    def _placed(self, deliveries: Sequence[Delivery]) -> list[Change]:
        """After the read: what is read later than a snapshot began is never taken for a part of it."""
        first = max(self._position + 1, time.monotonic_ns())
        self._position = first + len(deliveries)
        return [Change(one, position) for position, one in enumerate(deliveries, first)]


class DeliveryFeeds(feeds.Feeds[WebhookEndpointId, Change]):
    """The feeds of this process. What begins to wait for an endpoint that is paused wakes nobody."""

    SAFETY_SECONDS = 15.0
    PAUSE_SECONDS = 0.25

    def __init__(self, hub: Hub, *, clock: Callable[[], datetime]) -> None:
        super().__init__(hub)
        self.clock = clock

    def _topic(self, key: WebhookEndpointId) -> str:
        return events.topic(key)

    def _reader(self, key: WebhookEndpointId) -> feeds.Reader[Change]:
        return _Reader(key, self.clock).read

    async def open(self, principal: Principal, endpoint_id: WebhookEndpointId) -> "DeliveryStream":
        """Raises `EndpointNotFound`, `Forbidden`."""
        _, endpoint = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_READ)
        return DeliveryStream(self, endpoint_id, org_id=endpoint.org_id)


class DeliveryStream(feeds.Stream[WebhookEndpointId, Change]):
    """The newest twenty, the oldest of them first, then each as it changes, for ever. Of one delivery `seq` grows."""

    def __init__(self, of: DeliveryFeeds, endpoint_id: WebhookEndpointId, *, org_id: OrgId) -> None:
        super().__init__(of, endpoint_id)
        self.org_id = org_id
        self._clock = of.clock

    def since(self, at: datetime | None) -> int | None:
        """The position to go on from for who has seen what had changed by then. Raises `InvalidInput` after a day, and
        without a time zone.
        """
        if at is None:
            return None
        refuse(moments.faults("after", at))
        away = max(self._clock() - at, timedelta(0))
        if away > _LONGEST_AWAY:
            mend = "Give a time within the last day, or leave it out; older deliveries are in the list."
            refuse([FieldError("after", "out_of_range", mend)])
        return time.monotonic_ns() - away // timedelta(microseconds=1) * 1_000

    async def catch_up(self, after: int | None) -> AsyncIterator[Change]:
        if after is not None:
            async for change in self.behind(after):
                yield change
            return
        # Before the read: what is in the snapshot may come again, what is not in it comes.
        position = time.monotonic_ns()
        for one in await queries.newest(self.key, limit=_SNAPSHOT):
            yield Change(one, position)

    async def behind(self, after: int | None) -> AsyncIterator[Change]:
        """Whatever has changed since, as it is now; all there is, where there was nothing at the beginning."""
        position, since = time.monotonic_ns(), _EVER
        if after is not None:
            since = self._clock() - timedelta(microseconds=max(0, position - after) // 1000) - _LOOK_BACK
        async for page in queries.changed(self.key, since=since, size=_PAGE):
            for one in page:
                yield Change(one, position)

    def position(self, update: Change) -> int:
        return update.position
