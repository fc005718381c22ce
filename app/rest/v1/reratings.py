"""`/v1/reratings`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.rerating import queries, service
from app.rerating.errors import ReratingNotFound
from app.rerating.types import PREFIX, CustomerChange, NewRerating, Rerating, State
from app.rest import bodies, idempotent
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org


class NewReratingBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    start: Annotated[datetime, Field(alias="from", description="First moment inside")]
    end: Annotated[datetime, Field(alias="to", description="First moment after")]
    dry_run: Annotated[bool, Field(description="Only tell what would change")] = True


@dataclass(frozen=True, slots=True)
class CustomerChangeView:
    """Sums over the events that change. Decimals as text."""

    customer_id: str | None
    events: int
    credits_before: str
    credits_after: str
    usd_cost_before: str
    usd_cost_after: str
    usd_revenue_before: str
    usd_revenue_after: str


@dataclass(frozen=True, slots=True)
class ReratingView:
    id: str
    dry_run: bool
    start: datetime
    end: datetime
    state: State
    seen: Annotated[int, Field(description="Events that were looked at so far")]
    created_at: datetime
    finished_at: datetime | None
    customers: Annotated[
        list[CustomerChangeView], Field(description="At most 1,000, who is concerned most first")
    ]


def view(found: Rerating, changes: Sequence[CustomerChange]) -> ReratingView:
    return ReratingView(
        ids.encode(PREFIX, found.id),
        found.is_dry_run,
        found.start,
        found.end,
        found.state,
        found.seen,
        found.created_at,
        found.finished_at,
        [_change(one) for one in changes],
    )


def _change(one: CustomerChange) -> CustomerChangeView:
    return CustomerChangeView(
        one.customer_id,
        one.events,
        to_text(one.credits_before),
        to_text(one.credits_after),
        to_text(one.cost_before),
        to_text(one.cost_after),
        to_text(one.revenue_before),
        to_text(one.revenue_after),
    )


async def start(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, NewReratingBody)
    command = NewRerating(body.start, body.end, body.dry_run, idempotent.key_of(request))
    done = await service.start(principal, sole_org(principal), command=command, now=utcnow())
    started = view(done.value, [])
    return idempotent.respond(done, started, status=202, location=f"/v1/reratings/{started.id}")


async def get(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.rerating(principal, sole_org(principal), _rerating_id(request))
    return json_response(view(found, await queries.customers(principal, found)))


def _rerating_id(request: web.Request) -> UUID:
    found = ids.find(PREFIX, request.match_info["id"])
    if found is None:
        raise ReratingNotFound
    return found


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/reratings",
            "start_rerating",
            "Rates a range of usage by the prices of now: a dry run, or with the differences posted.",
            Permission.PRICES_MANAGE,
            start,
            {202: ("It has begun", ReratingView)},
            body=NewReratingBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={202: (REPLAY,)},
            tag="Prices",
        ),
        Operation(
            "GET",
            "/v1/reratings/{id}",
            "get_rerating",
            "How far a re-rating is, and what it changes for each customer.",
            Permission.PRICES_READ,
            get,
            {200: ("The re-rating", ReratingView)},
            parameters=[Parameter("id", "path", str, "rerate_…", required=True)],
            tag="Prices",
        ),
    ]
