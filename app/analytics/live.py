"""Following an org's usage: the totals of the day, again after whatever was recorded, at most once a second.

Each update says all there is to say, so nothing has to be resumed: who comes back is told the totals as they are.
Wake-ups have no row in the outbox; one that is lost is made good by the next, or by looking now and then.
"""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from app.analytics.types import Figures
from app.core.events import org_topic
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from app.infra import db, feeds

_SUMS = ", ".join(f"sum({field.name}) AS {field.name}" for field in fields(Figures))
_TODAY = f"""
SELECT clock.*, used.* FROM (SELECT date_trunc('day', now(), 'UTC') AS day, now() AS at) AS clock
LEFT JOIN LATERAL (
    SELECT workspace_id, {_SUMS} FROM usage_rollup_day AS rollup
    WHERE org_id = $1 AND rollup.day = clock.day GROUP BY workspace_id
) AS used ON true
"""


@dataclass(frozen=True, slots=True)
class UsageUpdate:
    """What was used on `day` (UTC) by each workspace, as of `at`. `position` is of this process alone."""

    day: datetime
    at: datetime
    by_workspace: Mapping[WorkspaceId, Figures]
    position: int

    @property
    def totals(self) -> Figures:
        every = self.by_workspace.values()
        return Figures(
            **{one.name: sum(getattr(each, one.name) for each in every) for one in fields(Figures)}
        )


async def _read(org_id: OrgId, *, is_snapshot: bool = False) -> UsageUpdate:
    # Before the read of a snapshot, after that of an update: one that was read later is never taken for older, and left
    # out, though both were under way at once.
    began = time.monotonic_ns()
    rows = await db.fetch(_TODAY, org_id)
    position = began if is_snapshot else time.monotonic_ns()
    used = {
        WorkspaceId(row["workspace_id"]): Figures(
            int(row["requests"]),
            int(row["input_tokens"]),
            int(row["output_tokens"]),
            row["cost_usd"],
            row["credits"],
            row["revenue_usd"],
            int(row["unrated"]),
        )
        for row in rows
        if row["workspace_id"] is not None
    }
    return UsageUpdate(rows[0]["day"], rows[0]["at"], used, position)


class _Reader:
    def __init__(self, org_id: OrgId) -> None:
        self._org_id = org_id
        self._told: UsageUpdate | None = None

    async def read(self) -> AsyncIterator[Sequence[UsageUpdate]]:
        before, found = self._told, await _read(self._org_id)
        self._told = found
        # Followers read what came before this themselves.
        if before is not None and (before.day, before.by_workspace) != (found.day, found.by_workspace):
            yield [found]


class UsageFeeds(feeds.Feeds[OrgId, UsageUpdate]):
    """Those of this process."""

    SAFETY_SECONDS = 15.0
    PAUSE_SECONDS = 1.0

    def _topic(self, key: OrgId) -> str:
        return org_topic("usage", key)

    def _reader(self, key: OrgId) -> feeds.Reader[UsageUpdate]:
        return _Reader(key).read

    def open(self, principal: Principal, org_id: OrgId) -> "UsageStream":
        """A key sees the usage of its workspace. Raises `NotFound`, `Forbidden`."""
        principal.authorise(org_id, Permission.USAGE_READ)
        return UsageStream(self, org_id, sight=principal.workspace_id)


class UsageStream(feeds.Stream[OrgId, UsageUpdate]):
    COALESCES = True

    async def catch_up(self, after: int | None) -> AsyncIterator[UsageUpdate]:
        yield await _read(self.key, is_snapshot=True)

    def position(self, update: UsageUpdate) -> int:
        return update.position

    def shown(self, update: UsageUpdate) -> UsageUpdate:
        if self.sight is None:
            return update
        own = {place: used for place, used in update.by_workspace.items() if place == self.sight}
        return UsageUpdate(update.day, update.at, own, update.position)
