"""An org's own customers as values."""

from dataclasses import dataclass
from datetime import datetime

from app.core.ids import CustomerId, OrgId


@dataclass(frozen=True, slots=True)
class Customer:
    """`external_id` is the org's own name for it; `tier` chooses prices, `team` whose wallet it draws from."""

    id: CustomerId
    org_id: OrgId
    external_id: str
    name: str | None
    tier: str | None
    team: str | None
    created_at: datetime
