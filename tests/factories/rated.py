"""Usage that came in, through the door that all usage comes through."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from app.ingestion import service
from app.ingestion.intake import Intake
from app.ingestion.types import Batch, Event, Rules, Status
from app.pricing.book import PriceBook
from tests.factories.orgs import NOW, Tenant


async def ingested(
    tenant: Tenant,
    *events: dict[str, Any],
    now: datetime = NOW,
    is_backfill: bool = False,
    prices: Any = None,
) -> None:
    """All of them are accepted; what says neither type nor what it voids is a call of gpt-4o by customer c1."""
    batch = Batch([Event(**_whole(event)) for event in events], is_backfill)
    results = await service.ingest(
        tenant.key,
        tenant.org_id,
        intake=Intake(),
        prices=prices or PriceBook(),
        batch=batch,
        rules=Rules(),
        now=now,
    )
    assert {result.status for result in results} == {Status.ACCEPTED}, results


def pages(event_id: str, count: int = 1, customer: str = "c1") -> dict[str, Any]:
    """Of the org's own unit, which no provider is paid for and nobody has a price of until it is published."""
    unit = {"event_type": "CUSTOM", "unit_type": "pages", "quantity": Decimal(count)}
    return {"event_id": event_id, "customer_id": customer, **unit}


def _whole(event: dict[str, Any]) -> dict[str, Any]:
    if "event_type" in event or "voids" in event:
        return event
    call = {"event_type": "TOKEN_USAGE", "provider": "openai", "model": "gpt-4o", "customer_id": "c1"}
    return {**call, **event}
