"""Rows of re-ratings as values, and back."""

from app.core.ids import OrgId
from app.infra.db import Row
from app.rerating.types import CustomerChange, Rerating, State


def rerating(row: Row) -> Rerating:
    return Rerating(
        row["id"],
        OrgId(row["org_id"]),
        row["is_dry_run"],
        row["from_at"],
        row["to_at"],
        State(row["state"]),
        row["seen"],
        row["created_at"],
        row["finished_at"],
    )


def customer_row(total: CustomerChange) -> tuple[object, ...]:
    return (
        total.customer_id or "",
        total.events,
        total.credits_before,
        total.credits_after,
        total.cost_before,
        total.cost_after,
        total.revenue_before,
        total.revenue_after,
    )


def customer_change(row: Row) -> CustomerChange:
    return CustomerChange(
        row["customer_id"] or None,
        row["events"],
        row["credits_before"],
        row["credits_after"],
        row["cost_before"],
        row["cost_after"],
        row["revenue_before"],
        row["revenue_after"],
    )
