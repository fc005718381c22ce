"""`/v1/gateway/savings`: what routing and kept answers saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.gateway.savings import queries
from app.gateway.savings.queries import Saved
from app.rest import times
from app.rest.operation import Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_DEFAULT_RANGE = timedelta(days=30)
_FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SavedView:
    calls: int
    unpriced: Annotated[int, Field(description="Calls of which one of the prices is not known: in no sum")]
    asked_usd: Annotated[str, Field(description="What it would have cost as asked for, decimal as text")]
    cost_usd: Annotated[str, Field(description="What it did, decimal as text")]
    saved_usd: Annotated[str, Field(description="The difference; below 0 where it was dearer")]
    asked_credits: Annotated[str, Field(description="Decimal as text")]
    credits: Annotated[str, Field(description="Decimal as text")]
    saved_credits: Annotated[str, Field(description="Decimal as text")]


@dataclass(frozen=True, slots=True)
class SavedOfModelView(SavedView):
    requested_model: str
    model: Annotated[str, Field(description="Which answered")]
    kind: Annotated[str, Field(description="`routing` or `cache`")]


@dataclass(frozen=True, slots=True)
class SavingsView:
    start: Annotated[datetime, Field(description="`from`, widened to a whole hour")]
    end: datetime
    totals: SavedView
    models: Annotated[list[SavedOfModelView], Field(description="The 100 that saved most")]


def _figures(saved: Saved) -> tuple[int, int, str, str, str, str, str, str]:
    return (
        saved.calls,
        saved.unpriced,
        to_text(saved.asked_usd),
        to_text(saved.cost_usd),
        to_text(saved.saved_usd),
        to_text(saved.asked_credits),
        to_text(saved.credits),
        to_text(saved.saved_credits),
    )


async def report(request: web.Request, principal: Principal) -> web.Response:
    errors: list[FieldError] = []
    end = times.read(request, "to", utcnow(), errors)
    start = times.read(request, "from", end - min(_DEFAULT_RANGE, end - _FIRST_MOMENT), errors)
    if errors:
        raise InvalidInput(errors)
    found = await queries.report(principal, sole_org(principal), start=start, end=end)
    models = [
        SavedOfModelView(*_figures(one.figures), one.requested_model, one.model, one.kind)
        for one in found.models
    ]
    return json_response(SavingsView(found.start, found.end, SavedView(*_figures(found.totals)), models))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/gateway/savings",
            "get_gateway_savings",
            "What routing policies and kept answers saved, against the price of what was asked for.",
            Permission.USAGE_READ,
            report,
            {200: ("By model, and together", SavingsView)},
            parameters=[
                Parameter("from", "query", datetime, "First moment inside; default: 30 days before `to`"),
                Parameter(
                    "to", "query", datetime, "First moment after, 366 days later at most; default: now"
                ),
            ],
            tag="Gateway",
        )
    ]
