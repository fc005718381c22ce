"""Usage as clients send it, and sending it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.core.principal import Principal
from app.infra import db
from app.ingestion import decoding, service
from app.ingestion.intake import Intake
from app.ingestion.types import Batch, Result, Rules
from app.pricing.book import PriceBook
from tests.factories.orgs import NOW, Tenant

RULES = Rules()


def event(event_id: str, **more: Any) -> dict[str, Any]:
    """A call of a model, 1,000 tokens in and 500 out: 1.5 credits."""
    return {
        "event_id": event_id,
        "event_type": "TOKEN_USAGE",
        "provider": "openai",
        "model": "gpt-4o",
        "input_tokens": 1_000,
        "output_tokens": 500,
        **more,
    }


async def ingest(
    tenant: Tenant,
    *documents: Mapping[str, Any],
    intake: Intake | None = None,
    principal: Principal | None = None,
    is_backfill: bool = False,
    now: datetime = NOW,
    rules: Rules = RULES,
) -> Sequence[Result]:
    return await service.ingest(
        principal or tenant.key,
        tenant.org_id,
        intake=intake or Intake(),
        prices=PriceBook(),
        batch=Batch(decoding.items(documents), is_backfill),
        rules=rules,
        now=now,
    )


async def statuses(tenant: Tenant, *documents: Mapping[str, Any], **more: Any) -> list[str]:
    return [result.status.value for result in await ingest(tenant, *documents, **more)]


TABLES = (
    "usage_event",
    "usage_event_key",
    "usage_adjustment",
    "usage_rollup_hour",
    "usage_latency_hour",
    "customer",
    "ledger_transaction",
    "ledger_entry",
    "wallet",
    "budget_usage",
)


async def everything() -> list[str]:
    """Every row that usage writes."""
    return [
        f"{table}: {row['line']}"
        for table in TABLES
        for row in await db.fetch(f"SELECT t::text AS line FROM {table} t ORDER BY line")
    ]
