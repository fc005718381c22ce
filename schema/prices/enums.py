"""Enumerations of prices, registered before any type names them."""

import strawberry

from app.metering.types import EventType
from app.pricing.types import AudienceKind, PriceSource, TableStatus

__all__ = ["AudienceKind", "EventType", "PriceSource", "TableStatus"]

strawberry.enum(AudienceKind, name="BurnTableAudienceKind", description="Whose usage a burn table is for.")
strawberry.enum(TableStatus, name="BurnTableStatus", description="A draft, or in force at its time.")
strawberry.enum(PriceSource, name="PriceSource", description="The org's own price, or the list's.")
strawberry.enum(EventType, name="UsageEventType", description="What an event counts.")
