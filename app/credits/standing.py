"""What customers could spend at one moment: for snapshots, never to decide a hold by.

The function `credit_standing` of the database tells it of a customer; whoever reads snapshots joins it to what else
they ask, and takes it from the row with `of`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from app.core.ids import OrgId, WalletId
from app.core.money import ZERO
from app.core.principal import Environment
from app.credits.types import Period
from app.infra import db
from app.infra.db import Row

_BUDGETS = """
SELECT k.n, b.period, b.amount, b.is_hard, coalesce(u.spent + u.held, 0) AS used
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
    WITH ORDINALITY AS k (org_id, environment, kind, ref, n)
JOIN budget b ON b.org_id = k.org_id AND b.environment = k.environment AND b.scope_kind = k.kind
    AND b.scope_id = k.ref
LEFT JOIN budget_usage u ON u.budget_id = b.id AND u.starts_at = credit_period_start(b.period, $5)
"""


class CustomerKey(NamedTuple):
    """A customer by the org's own id for it; None is what the org does for itself."""

    org_id: OrgId
    environment: Environment
    customer: str | None


class ScopeKey(NamedTuple):
    """What budgets may be set for."""

    org_id: OrgId
    environment: Environment
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`free` by the feature that grants are for, '' for those of any use; `wallet_id` None where nobody gave credit.

    `budgets` are those of the customer and of its team, by kind.
    """

    tier: str | None = None
    team: str | None = None
    wallet_id: WalletId | None = None
    debt: Decimal = ZERO
    free: Mapping[str, Decimal] = field(default_factory=dict)
    budgets: "Mapping[str, Sequence[BudgetStanding]]" = field(default_factory=dict)

    def available(self, feature: str | None) -> Decimal:
        """What a use of `feature` could take: debt is repaid first, from what is for any use."""
        of_its_own = self.free.get(feature, ZERO) if feature else ZERO
        return max(ZERO, self.free.get("", ZERO) - self.debt) + of_its_own


@dataclass(frozen=True, slots=True)
class BudgetStanding:
    """`used` is what was spent and is held in the present period."""

    period: Period
    amount: Decimal
    is_hard: bool
    used: Decimal


def of(row: Row) -> Standing:
    """From the columns of `credit_standing`."""
    return Standing(
        row["tier"],
        row["team"],
        row["wallet"] and WalletId(row["wallet"]),
        row["debt"],
        dict(zip(row["features"] or (), row["free"] or (), strict=True)),
        _budgets(row) if row["budget_kinds"] else {},
    )


def _budgets(row: Row) -> Mapping[str, Sequence[BudgetStanding]]:
    found: defaultdict[str, list[BudgetStanding]] = defaultdict(list)
    columns = (row[f"budget_{name}"] for name in ("kinds", "periods", "amounts", "hard", "used"))
    for kind, period, amount, is_hard, used in zip(*columns, strict=True):
        found[kind].append(BudgetStanding(Period(period), amount, is_hard, used))
    return found


async def of_budgets(keys: Sequence[ScopeKey], *, now: datetime) -> dict[ScopeKey, Sequence[BudgetStanding]]:
    """Those of each scope; none where none is set."""
    found: dict[ScopeKey, list[BudgetStanding]] = {key: [] for key in keys}
    for row in await db.fetch(_BUDGETS, *db.columns(keys), now):
        budget = BudgetStanding(Period(row["period"]), row["amount"], row["is_hard"], row["used"])
        found[keys[row["n"] - 1]].append(budget)
    return {key: tuple(budgets) for key, budgets in found.items()}
