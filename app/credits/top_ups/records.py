"""Rows as values."""

from app.core.ids import OrgId, TopUpId, WalletId
from app.credits.top_ups.types import AutoTopUp, TopUp, TopUpState
from app.credits.types import Period
from app.infra.db import Row

TOP_UP_COLUMNS = (
    "id, org_id, wallet_id, amount, cost_basis, currency, amount_minor, payment_customer, payment_method, payment_id, "
    "state, failure, attempts, created_at, finished_at"
)
AUTO_COLUMNS = (
    "wallet_id, threshold, amount, cost_basis, currency, amount_minor, period, max_amount, max_count, payment_method, "
    "is_armed, updated_at"
)
# Of the wallet `w` at $1: what any use could take of its grants, debt first.
AVAILABLE = """
(SELECT greatest(0, coalesce(sum(g.remaining - g.held), 0) - w.debt) AS amount FROM credit_grant g
WHERE g.wallet_id = w.id AND NOT g.is_spent AND g.feature_id IS NULL AND g.effective_at <= $1
    AND (g.expires_at IS NULL OR g.expires_at > $1))
"""


def top_up(row: Row) -> TopUp:
    return TopUp(
        id=TopUpId(row["id"]),
        org_id=OrgId(row["org_id"]),
        wallet_id=WalletId(row["wallet_id"]),
        amount=row["amount"],
        cost_basis=row["cost_basis"],
        currency=row["currency"],
        amount_minor=row["amount_minor"],
        payment_customer=row["payment_customer"],
        payment_method=row["payment_method"],
        payment_id=row["payment_id"],
        state=TopUpState(row["state"]),
        failure=row["failure"],
        attempts=row["attempts"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
    )


def auto_top_up(row: Row, last: TopUp | None = None) -> AutoTopUp:
    return AutoTopUp(
        wallet_id=WalletId(row["wallet_id"]),
        threshold=row["threshold"],
        amount=row["amount"],
        cost_basis=row["cost_basis"],
        currency=row["currency"],
        amount_minor=row["amount_minor"],
        period=Period(row["period"]),
        max_amount=row["max_amount"],
        max_count=row["max_count"],
        payment_method=row["payment_method"],
        is_armed=row["is_armed"],
        updated_at=row["updated_at"],
        last=last,
    )
