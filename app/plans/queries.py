"""Reading plans."""

from app.infra import db
from app.plans.types import Catalogue, Plan

_ALL = """
SELECT code, version, name, price_minor, currency, included_tokens, overage_per_1k, seats, api_keys,
    requests_per_minute, has_streaming, effective_from
FROM plan
"""


async def catalogue() -> Catalogue:
    return Catalogue([Plan(**row) for row in await db.fetch(_ALL)])
