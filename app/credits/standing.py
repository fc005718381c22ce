"""What many customers could spend at one moment: for snapshots, never to decide a hold by."""

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

_STANDINGS = """
SELECT k.n, c.tier, f.team, f.wallet, coalesce(w.debt, 0) AS debt, g.features, g.free
FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS k (org_id, environment, customer, n)
CROSS JOIN LATERAL credit_wallet_for(k.org_id, k.environment, k.customer, NULL) AS f
LEFT JOIN customer c ON c.org_id = k.org_id AND c.external_id = k.customer
LEFT JOIN wallet w ON w.id = f.wallet
LEFT JOIN LATERAL (
    SELECT array_agg(coalesce(b.feature_id, '')) AS features, array_agg(b.free) AS free FROM (
        SELECT feature_id, sum(remaining - held) AS free FROM credit_grant
        WHERE wallet_id = f.wallet AND NOT is_spent AND effective_at <= $4
            AND (expires_at IS NULL OR expires_at > $4)
        GROUP BY feature_id
    ) AS b
) AS g ON true
"""
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
    """`free` by the feature that grants are for, '' for those of any use; `wallet_id` None where nobody gave credit."""

    tier: str | None = None
    team: str | None = None
    wallet_id: WalletId | None = None
    debt: Decimal = ZERO
    free: Mapping[str, Decimal] = field(default_factory=dict)

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


async def of_customers(keys: Sequence[CustomerKey], *, now: datetime) -> dict[CustomerKey, Standing]:
    rows = await db.fetch(_STANDINGS, *db.columns(keys), now)
    return {
        keys[row["n"] - 1]: Standing(
            row["tier"],
            row["team"],
            row["wallet"] and WalletId(row["wallet"]),
            row["debt"],
            dict(zip(row["features"] or (), row["free"] or (), strict=True)),
        )
        for row in rows
    }


async def of_budgets(keys: Sequence[ScopeKey], *, now: datetime) -> dict[ScopeKey, Sequence[BudgetStanding]]:
    """Those of each scope; none where none is set."""
    found: dict[ScopeKey, list[BudgetStanding]] = {key: [] for key in keys}
    for row in await db.fetch(_BUDGETS, *db.columns(keys), now):
        budget = BudgetStanding(Period(row["period"]), row["amount"], row["is_hard"], row["used"])
        found[keys[row["n"] - 1]].append(budget)
    return {key: tuple(budgets) for key, budgets in found.items()}
