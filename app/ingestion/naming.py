"""Ids of ours (`cus_…`) that stand where the org's own ids of customers are expected."""

from uuid import UUID

from app.core import ids
from app.core.errors import FieldError
from app.core.ids import OrgId
from app.customers import naming as customers
from app.ingestion.types import Event, Result, Status

_MEND = "Use your own id of the customer, or one of LaunchKit's that GET /v1/customers shows."
_UNKNOWN = FieldError("customer_id", "customer_not_found", f"You have no customer with this id. {_MEND}")


async def resolve(good: dict[int, Event], results: list[Result | None], org_id: OrgId) -> None:
    """Puts the org's own id in their place, so that the same is said by both; takes out of `good` what names a
    customer that is not there, as nobody can have meant to create one of such a name.
    """
    ours: dict[str, UUID] = {}
    for event in good.values():
        customer = event.customer_id
        if customer is not None and customer.startswith("cus_") and (found := ids.find("cus", customer)):
            ours[customer] = found
    if not ours:
        return
    names = await customers.own_ids(org_id, ours.values())
    for number, event in list(good.items()):
        if (id_ := ours.get(event.customer_id or "")) is None:
            continue
        if (name := names.get(id_)) is None:
            results[number] = Result(event.event_id, Status.INVALID, [_UNKNOWN])
            del good[number]
        else:
            event.customer_id = name
