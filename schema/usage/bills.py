"""What a month of the org's plan comes to."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.analytics import bills
from schema.core import node
from schema.core.context import Info
from schema.core.scalars import BigInt

_MINOR = "in minor units of the currency"


@strawberry.type(
    description="base + max(0, tokens - includedTokens) / 1000 * overage, by the org's plan of now."
)
class Bill:
    start: datetime = strawberry.field(description="When the month begins, in UTC.")
    end: datetime = strawberry.field(description="First moment after it.")
    plan: str = strawberry.field(description="The plan's name.")
    plan_version: int = strawberry.field(description="The version of it that the org is on.")
    currency: str = strawberry.field(description="Of the amounts.")
    tokens: BigInt = strawberry.field(description="Of all workspaces; late events still change it.")
    included_tokens: BigInt | None = strawberry.field(description="Null: any number.")
    base_minor: BigInt | None = strawberry.field(
        description=f"The plan's price, {_MINOR}; null where it is agreed by contract."
    )
    overage_tokens: BigInt = strawberry.field(description="Tokens that cost extra.")
    overage_minor: BigInt = strawberry.field(
        description=f"What those cost, {_MINOR}, rounded once, half to even."
    )
    total_minor: BigInt | None = strawberry.field(
        description=f"Both together, {_MINOR}; null where the price is agreed by contract."
    )

    @classmethod
    def of(cls, found: bills.MonthlyBill) -> "Bill":
        bill, plan = found.bill, found.bill.plan
        return cls(
            start=found.start,
            end=found.end,
            plan=plan.code,
            plan_version=plan.version,
            currency=plan.currency,
            tokens=BigInt(bill.tokens),
            included_tokens=_big(plan.included_tokens),
            base_minor=_big(bill.base_minor),
            overage_tokens=BigInt(bill.overage_tokens),
            overage_minor=BigInt(bill.overage_minor),
            total_minor=_big(bill.total_minor),
        )


@strawberry.type
class BillQueries:
    @strawberry.field(description="What a calendar month of the org's plan comes to.")
    async def bill(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        month: Annotated[
            str | None, strawberry.argument(description="For example 2026-11; null: this month so far.")
        ] = None,
    ) -> Bill:
        context = info.context
        found = await bills.monthly(context.principal, node.org_id(org_id), month=month, now=context.now)
        return Bill.of(found)


def _big(number: int | None) -> BigInt | None:
    return None if number is None else BigInt(number)
