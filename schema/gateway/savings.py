"""What routing and kept answers saved."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.gateway.savings import queries as domain
from schema.core.scalars import BigInt


@strawberry.type(description="What calls cost, against what they would have as they were asked for.")
class GatewaySaved:
    calls: BigInt = strawberry.field(description="How many calls.")
    unpriced: BigInt = strawberry.field(
        description="Calls of which one of the prices is not known: they are in no sum."
    )
    asked_usd: Decimal = strawberry.field(description="What it would have cost as asked for.")
    cost_usd: Decimal = strawberry.field(description="What it did.")
    saved_usd: Decimal = strawberry.field(description="The difference; below 0 where it was dearer.")
    asked_credits: Decimal = strawberry.field(description="What it would have burned.")
    credits: Decimal = strawberry.field(description="What it did.")
    saved_credits: Decimal = strawberry.field(description="The difference.")

    @classmethod
    def of(cls, found: domain.Saved) -> "GatewaySaved":
        return cls(
            calls=BigInt(found.calls),
            unpriced=BigInt(found.unpriced),
            asked_usd=found.asked_usd,
            cost_usd=found.cost_usd,
            saved_usd=found.saved_usd,
            asked_credits=found.asked_credits,
            credits=found.credits,
            saved_credits=found.saved_credits,
        )


@strawberry.type(
    description="What was saved where one model was asked for and another answered, or a kept answer."
)
class GatewaySavedOfModel:
    requested_model: str = strawberry.field(description="What clients asked for.")
    model: str = strawberry.field(description="Which answered.")
    kind: str = strawberry.field(description="`routing` or `cache`.")
    figures: GatewaySaved = strawberry.field(description="What was saved.")


@strawberry.type(description="What was saved in a time.")
class GatewaySavings:
    start: datetime = strawberry.field(description="`from`, widened to a whole hour.")
    end: datetime = strawberry.field(description="`to`.")
    totals: GatewaySaved = strawberry.field(description="Together.")
    models: list[GatewaySavedOfModel] = strawberry.field(description="The 100 that saved most.")

    @classmethod
    def of(cls, found: domain.Savings) -> "GatewaySavings":
        return cls(
            start=found.start,
            end=found.end,
            totals=GatewaySaved.of(found.totals),
            models=[
                GatewaySavedOfModel(
                    requested_model=one.requested_model,
                    model=one.model,
                    kind=one.kind,
                    figures=GatewaySaved.of(one.figures),
                )
                for one in found.models
            ],
        )
