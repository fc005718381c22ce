"""Plans as the migration has them, for tests without a database."""

from datetime import UTC, datetime
from decimal import Decimal

from app.plans.types import Catalogue, Plan

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
FREE = Plan("FREE", 1, "Free", 0, "USD", 50_000, None, 3, 1, 60, has_streaming=False, effective_from=SINCE)
PRO = Plan(
    "PRO",
    1,
    "Pro",
    4_900,
    "USD",
    5_000_000,
    Decimal("0.02"),
    10,
    5,
    300,
    has_streaming=True,
    effective_from=SINCE,
)
ENTERPRISE = Plan(
    "ENTERPRISE",
    1,
    "Enterprise",
    None,
    "USD",
    None,
    None,
    None,
    None,
    6_000,
    has_streaming=True,
    effective_from=SINCE,
)
CATALOGUE = Catalogue([FREE, PRO, ENTERPRISE])
