"""What tops a wallet up, and what came of it."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core import ids
from app.credits.top_ups import types as domain
from app.credits.top_ups.types import TopUpState
from app.credits.types import Period
from schema.core import enums

enums.describe(
    Period,
    name="BudgetPeriod",
    description="How long a budget lasts: calendar periods in UTC.",
    values={
        Period.DAY: "A day.",
        Period.WEEK: "A week, from Monday.",
        Period.MONTH: "A month.",
        Period.TOTAL: "For good: it never begins anew.",
    },
)
enums.describe(
    TopUpState,
    name="TopUpState",
    description="What came of a top-up.",
    values={
        TopUpState.PENDING: "The payment is under way.",
        TopUpState.SUCCEEDED: "It was paid, and the credit is there.",
        TopUpState.FAILED: "It was not paid.",
    },
)


@strawberry.type(description="Credit that a wallet bought by itself, or tried to.")
class TopUp:
    id: strawberry.ID = strawberry.field(description="Its id.")
    state: TopUpState = strawberry.field(description="What came of it.")
    amount: Decimal = strawberry.field(description="Credits.")
    charged_minor: int = strawberry.field(description="What they cost, in the smallest unit of the currency.")
    currency: str = strawberry.field(description="ISO 4217.")
    payment_id: str | None = strawberry.field(description="The provider's id of the payment.")
    failure: str | None = strawberry.field(description="The provider's code for why it was not paid.")
    created_at: datetime = strawberry.field(description="When the credit had fallen to the threshold.")
    finished_at: datetime | None = strawberry.field(description="When it was paid, or failed.")

    @classmethod
    def of(cls, top_up: domain.TopUp) -> "TopUp":
        return cls(
            id=strawberry.ID(ids.encode("top", top_up.id)),
            state=top_up.state,
            amount=top_up.amount,
            charged_minor=top_up.amount_minor,
            currency=top_up.currency,
            payment_id=top_up.payment_id,
            failure=top_up.failure,
            created_at=top_up.created_at,
            finished_at=top_up.finished_at,
        )


@strawberry.type(description="When and with what a wallet is topped up by itself.")
class AutoTopUp:
    wallet_id: strawberry.ID = strawberry.field(description="The wallet.")
    threshold: Decimal = strawberry.field(description="Once no more than this can be used, credit is bought.")
    amount: Decimal = strawberry.field(description="How many credits at once.")
    cost_basis: Decimal = strawberry.field(description="What one credit costs, in `currency`.")
    currency: str = strawberry.field(description="ISO 4217.")
    charged_minor: int = strawberry.field(
        description="What each top-up costs, in the smallest unit of the currency."
    )
    period: Period = strawberry.field(description="What the caps are for.")
    max_amount: Decimal = strawberry.field(description="How many credits in a period, at most.")
    max_count: int = strawberry.field(description="How many top-ups in a period, at most.")
    payment_method: str = strawberry.field(description="The provider's id of what is charged.")
    is_armed: bool = strawberry.field(
        description="False from an attempt on until there is more than the threshold again."
    )
    updated_at: datetime = strawberry.field(description="When it was set.")
    last: TopUp | None = strawberry.field(description="The wallet's last top-up.")

    @classmethod
    def of(cls, found: domain.AutoTopUp) -> "AutoTopUp":
        return cls(
            wallet_id=strawberry.ID(ids.encode("wal", found.wallet_id)),
            threshold=found.threshold,
            amount=found.amount,
            cost_basis=found.cost_basis,
            currency=found.currency,
            charged_minor=found.amount_minor,
            period=found.period,
            max_amount=found.max_amount,
            max_count=found.max_count,
            payment_method=found.payment_method,
            is_armed=found.is_armed,
            updated_at=found.updated_at,
            last=None if found.last is None else TopUp.of(found.last),
        )
