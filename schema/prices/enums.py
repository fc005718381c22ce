"""Enumerations of prices, registered before any type names them."""

from app.metering.types import EventType
from app.pricing.types import AudienceKind, PriceSource, TableStatus
from schema.core import enums

__all__ = ["AudienceKind", "EventType", "PriceSource", "TableStatus"]

enums.describe(
    AudienceKind,
    name="BurnTableAudienceKind",
    description="Whose usage a burn table is for.",
    values={
        AudienceKind.ALL: "Everybody's for whom there is no nearer table.",
        AudienceKind.TIER: "That of customers of a tier.",
        AudienceKind.CUSTOMER: "That of one customer.",
    },
)
enums.describe(
    TableStatus,
    name="BurnTableStatus",
    description="A draft, or in force at its time.",
    values={
        TableStatus.DRAFT: "It may still be changed, and rates nothing.",
        TableStatus.PUBLISHED: "It rates usage of its time, and is not changed any more.",
    },
)
enums.describe(
    PriceSource,
    name="PriceSource",
    description="The org's own price, or the list's.",
    values={PriceSource.OWN: "The org's own.", PriceSource.LIST: "Of the price list."},
)
enums.describe(
    EventType,
    name="UsageEventType",
    description="What an event counts.",
    values={
        EventType.TOKEN_USAGE: "Tokens of a model.",
        EventType.IMAGE_GENERATION: "Images that were made.",
        EventType.CUSTOM: "A unit of your own.",
    },
)
