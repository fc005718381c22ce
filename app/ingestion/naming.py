"""Ids of ours (`cus_…`) that stand where the org's own ids of customers are expected."""

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
    names = await customers.own_names(
        org_id, {event.customer_id for event in good.values() if event.customer_id}
    )
    if not names:
        return
    for number, event in list(good.items()):
        if event.customer_id is None or event.customer_id not in names:
            continue
        if (name := names[event.customer_id]) is None:
            results[number] = Result(event.event_id, Status.INVALID, [_UNKNOWN])
            del good[number]
        else:
            event.customer_id = name
