"""`/v1/bill`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.analytics import bills
from app.analytics.bills import MonthlyBill
from app.core.clock import utcnow
from app.core.principal import Permission, Principal
from app.rest.operation import Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_MINOR = "In minor units of `currency`"
_Month = Annotated[str, Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]


@dataclass(frozen=True, slots=True)
class BillView:
    """base + max(0, tokens - included_tokens) / 1000 * overage_per_1k, by the plan that the org is on now."""

    start: datetime
    end: Annotated[datetime, Field(description="First moment after the month")]
    plan: str
    plan_version: int
    currency: str
    tokens: Annotated[int, Field(description="Of all workspaces; late events still change it")]
    included_tokens: Annotated[int | None, Field(description="null: any number")]
    base_minor: Annotated[int | None, Field(description=f"{_MINOR}; null where it is agreed by contract")]
    overage_tokens: Annotated[int, Field(description="Tokens that cost extra")]
    overage_minor: Annotated[int, Field(description=f"{_MINOR}, rounded once, half to even")]
    total_minor: Annotated[int | None, Field(description=f"{_MINOR}; null where it is agreed by contract")]


def view(found: MonthlyBill) -> BillView:
    bill, plan = found.bill, found.bill.plan
    return BillView(
        found.start,
        found.end,
        plan.code,
        plan.version,
        plan.currency,
        bill.tokens,
        plan.included_tokens,
        bill.base_minor,
        bill.overage_tokens,
        bill.overage_minor,
        bill.total_minor,
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    month = request.query.get("month")
    return json_response(view(await bills.monthly(principal, sole_org(principal), month=month, now=utcnow())))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/bill",
            "get_bill",
            "What a calendar month of the org's plan comes to.",
            Permission.USAGE_READ,
            get,
            {200: ("The bill", BillView)},
            parameters=[
                Parameter("month", "query", _Month, "For example 2026-11. Default: this month so far")
            ],
            tag="Usage",
        )
    ]
