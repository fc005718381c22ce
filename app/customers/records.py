"""Rows as values."""

from app.core.ids import CustomerId, OrgId
from app.customers.types import Customer
from app.infra.db import Row

COLUMNS = "id, org_id, external_id, name, tier, team, created_at"


def customer(row: Row) -> Customer:
    return Customer(
        CustomerId(row["id"]),
        OrgId(row["org_id"]),
        row["external_id"],
        row["name"],
        row["tier"],
        row["team"],
        row["created_at"],
    )
