"""An org's own customers."""

from datetime import datetime

import strawberry

from app.core import ids
from app.customers import types as domain
from schema.core.node import Node


@strawberry.type(description="A customer of the org's own.")
class Customer(Node):
    external_id: str = strawberry.field(description="Your own id for it: what usage names.")
    name: str | None = strawberry.field(description="For people.")
    tier: str | None = strawberry.field(description="Chooses burn tables and entitlements.")
    team: str | None = strawberry.field(description="Whose wallet it draws from, instead of its own.")
    created_at: datetime = strawberry.field(description="When it was made, or first named.")

    @classmethod
    def of(cls, customer: domain.Customer) -> "Customer":
        return cls(
            id=strawberry.ID(ids.encode("cus", customer.id)),
            external_id=customer.external_id,
            name=customer.name,
            tier=customer.tier,
            team=customer.team,
            created_at=customer.created_at,
        )
