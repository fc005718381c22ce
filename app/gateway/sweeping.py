"""Ending calls whose process is gone: metered once, at what was held for them."""

from datetime import datetime

from app.core import ids
from app.core.ids import ApiKeyId, CallId, OrgId, WorkspaceId
from app.core.inference import Usage, UsageSource
from app.customers import queries as customers
from app.gateway import entries
from app.gateway.books import Books
from app.gateway.entries import Call
from app.gateway.types import Attribution, Dialect, Metered, Outcome, Target, Upstream
from app.infra import db, telemetry
from app.infra.db import DatabaseUnavailable, Row
from app.pricing.book import PriceBook

log = telemetry.logger(__name__)

_OVERDUE = """
SELECT id, org_id, workspace_id, api_key_id, environment, request_id, operation, upstream, provider, model, customer_id,
    user_id, feature_id, input_tokens, output_tokens, created_at
FROM gateway_call WHERE ended_at IS NULL AND deadline_at <= $1 ORDER BY deadline_at LIMIT $2
"""
_PURGE = """
DELETE FROM gateway_call WHERE id IN (
    SELECT id FROM gateway_call WHERE id < $1 AND ended_at IS NOT NULL ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
)
"""


async def sweep(*, prices: PriceBook, now: datetime, limit: int = 200) -> int:
    """Ends calls whose lease is over, the oldest first; how many were looked at. Any number of callers may race.

    Each was sent, as far as anybody knows: it counts with what its request allowed at most. One that cannot be ended
    is tried again at the next sweep, and keeps nobody else's from being ended.
    """
    rows = await db.fetch(_OVERDUE, now, limit)
    books = Books()
    for row in rows:
        try:
            await _end(_call(row), books, prices, now)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.error("gateway.not_swept", call_id=str(row["id"]), exc_info=True)
    return len(rows)


async def _end(call: Call, books: Books, prices: PriceBook, now: datetime) -> None:
    book = await prices.of(call.org_id)
    customer = call.attribution.customer
    tier = None
    if customer is not None and book.has_tiers:
        tier = (await customers.tiers(call.org_id, {customer})).get(customer)
    usage = Usage(call.input_tokens, call.output_tokens, source=UsageSource.ESTIMATED)
    await books.close(entries.closing(call, Metered(Outcome.LOST, usage), book, tier=tier, now=now))


async def purge(*, before: datetime, limit: int = 5_000) -> int:
    """Forgets calls that ended long ago; how many. Their usage events stay."""
    return await db.execute(_PURGE, ids.first_of(before), limit)


def _call(row: Row) -> Call:
    upstream = Upstream(row["upstream"], Dialect.OPENAI, "", row["provider"])
    return Call(
        CallId(row["id"]),
        OrgId(row["org_id"]),
        WorkspaceId(row["workspace_id"]),
        ApiKeyId(row["api_key_id"]),
        row["environment"],
        row["request_id"],
        row["operation"],
        Attribution(row["customer_id"], row["user_id"], row["feature_id"]),
        Target(upstream, row["model"]),
        row["input_tokens"],
        row["output_tokens"],
        row["created_at"],
    )
