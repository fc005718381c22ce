"""Ids of ours that stand where the org's own are expected."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.core import ids
from app.core.ids import OrgId
from app.customers.errors import CustomerNotFound
from app.infra import db

_NAME = "SELECT external_id FROM customer WHERE org_id = $1 AND id = $2"
_NAMES = "SELECT id, external_id FROM customer WHERE org_id = $1 AND id = ANY ($2::uuid[])"
_MOST_KEPT = 10_000


async def own_ids(org_id: OrgId, ours: Iterable[UUID]) -> Mapping[UUID, str]:
    """The org's own ids of those of its customers that there are."""
    rows = await db.fetch(_NAMES, org_id, list(ours))
    return {row["id"]: row["external_id"] for row in rows}


class CustomerNames:
    """The org's own ids of customers by ours (`cus_…`), kept for good: neither ever changes. One per process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[OrgId, str], str] = {}

    async def of(self, org_id: OrgId, reference: str | None) -> str | None:
        """What is no id of ours is the org's own, and stays. Raises `CustomerNotFound`."""
        if reference is None or (ours := ids.find("cus", reference)) is None:
            return reference
        known = self._kept.get((org_id, reference))
        if known is None:
            known = await db.fetchval(_NAME, org_id, ours)
            if known is None:
                raise CustomerNotFound
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[org_id, reference] = known
        return known
