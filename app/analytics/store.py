"""What analysts read from. PostgreSQL today (`postgres`); whoever adds another store implements this and no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.analytics.cursors import Position
from app.analytics.types import Bucket, EventFilter, Latency, UsageEventRecord, UsageQuestion
from app.core.principal import Access

# Start of the step and values of the group; None for the whole of the question.
Place = tuple[datetime, tuple[str | None, ...]] | None


class UsageStore(Protocol):
    """Figures are exact sums. An API key is shown its own workspace alone."""

    async def series(self, access: Access, question: UsageQuestion, *, limit: int) -> Sequence[Bucket]:
        """At most `limit` buckets: by start, then group; with `top` the greatest group first, the others together last.

        The question's range is in whole hours.
        """
        ...

    async def latencies(self, access: Access, question: UsageQuestion) -> Mapping[Place, Latency]:
        """Per bucket and of the whole; nothing where calls were not timed by what the question groups or filters by."""
        ...

    async def events(
        self, access: Access, where: EventFilter, *, after: Position | None, limit: int
    ) -> Sequence[UsageEventRecord]:
        """Newest first, corrections folded in."""
        ...
