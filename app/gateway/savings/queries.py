"""What routing and kept answers saved in a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from app.core import moments
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.infra import db
from app.infra.db import Row

MOST_ROWS: Final = 100
LONGEST: Final = timedelta(days=366)

# The last row is of all together; what is shown is what saved most.
_SAVED = """
WITH found AS (
    SELECT * FROM gateway_savings_hour
    WHERE org_id = $1 AND hour >= $2 AND hour < $3 AND ($4::uuid IS NULL OR workspace_id = $4)
)
SELECT requested_model, model, kind, sum(calls)::bigint AS calls, sum(unpriced)::bigint AS unpriced,
    sum(asked_usd) AS asked_usd, sum(cost_usd) AS cost_usd, sum(asked_credits) AS asked_credits, sum(credits) AS credits
FROM found GROUP BY GROUPING SETS ((requested_model, model, kind), ())
ORDER BY GROUPING(kind) DESC, sum(asked_usd) - sum(cost_usd) DESC NULLS LAST, requested_model, model, kind LIMIT $5
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """Of the calls whose two prices are known: `unpriced` are in none of the sums."""

    calls: int
    unpriced: int
    asked_usd: Decimal
    cost_usd: Decimal
    asked_credits: Decimal
    credits: Decimal

    @property
    def saved_usd(self) -> Decimal:
        """Below nothing where what was asked for would have been cheaper."""
        return self.asked_usd - self.cost_usd

    @property
    def saved_credits(self) -> Decimal:
        return self.asked_credits - self.credits


@dataclass(frozen=True, slots=True)
class SavedOfModel:
    """`kind` is `routing` or `cache`."""

    requested_model: str
    model: str
    kind: str
    figures: Saved


@dataclass(frozen=True, slots=True)
class Savings:
    """`models` are those that saved most, `MOST_ROWS` at most."""

    start: datetime
    end: datetime
    totals: Saved
    models: Sequence[SavedOfModel]


async def report(principal: Principal, org_id: OrgId, *, start: datetime, end: datetime) -> Savings:
    """By whole hours; an API key sees those of its workspace. Raises `InvalidInput`."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    if errors := moments.faults("from", start) + moments.faults("to", end):
        raise InvalidInput(errors)
    if not timedelta(0) < end - start <= LONGEST:
        mend = f"Use a moment after from, and at most {LONGEST.days} days later."
        raise InvalidInput([FieldError("to", "range", mend)])
    first = start.replace(minute=0, second=0, microsecond=0)
    rows = await db.fetch(_SAVED, access.org_id, first, end, principal.workspace_id, MOST_ROWS + 1)
    return Savings(first, end, _saved(rows[0]), [_of_model(row) for row in rows[1:]])


def _of_model(row: Row) -> SavedOfModel:
    return SavedOfModel(row["requested_model"], row["model"], row["kind"], _saved(row))


def _saved(row: Row) -> Saved:
    return Saved(
        row["calls"] or 0,
        row["unpriced"] or 0,
        *(row[name] or Decimal(0) for name in ("asked_usd", "cost_usd", "asked_credits", "credits")),
    )
