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


async def own_names(org_id: OrgId, references: Iterable[str]) -> Mapping[str, str | None]:
    """The org's own ids of those customers whom `references` name by ours, None of those whom nobody knows.

    What is no id of ours is not in the answer. One query, and none where there is no such id.
    """
    ours: dict[str, UUID] = {}
    for reference in references:
        if reference.startswith("cus_") and (found := ids.find("cus", reference)) is not None:
            ours[reference] = found
    if not ours:
        return {}
    rows = await db.fetch(_NAMES, org_id, list(ours.values()))
    known = {row["id"]: row["external_id"] for row in rows}
    return {reference: known.get(customer_id) for reference, customer_id in ours.items()}


async def own_name(org_id: OrgId, reference: str) -> str:
    """As `own_names`, of one: what is no id of ours stays. Raises `CustomerNotFound`."""
    found = (await own_names(org_id, [reference])).get(reference, reference)
    if found is None:
        raise CustomerNotFound
    return found
