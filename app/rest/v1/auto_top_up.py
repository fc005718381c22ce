"""`/v1/credits/wallets/{id}/auto-top-up` and `/top-ups`: a wallet that buys credit by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.credits.top_ups import queries, service
from app.credits.top_ups.types import MAX_COUNT, AutoTopUp, SetAutoTopUp, TopUp, TopUpState
from app.credits.types import Period
from app.rest import bodies, idempotent, paging
from app.rest.amounts import Amount, AmountOrNone
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation
from app.rest.v1.credit import Ref
from app.rest.v1.wallets import ID, Cursor, wallet_id
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES

_PATH = "/v1/credits/wallets/{id}/auto-top-up"
_TEXT = "Decimal as text"
_MINOR = "In the smallest unit of the currency"


class AutoTopUpBody(BaseModel):
    """When and with what a wallet is to be topped up; takes the place of what was set."""

    model_config = ConfigDict(extra="forbid")

    threshold: Annotated[
        AmountOrNone,
        Field(
            description="Once no more than this can be used, credit is bought: once, until there is more again"
        ),
    ]
    amount: Annotated[Amount, Field(description="How many credits at once")]
    cost_basis: Annotated[Amount, Field(description="What one credit costs, in `currency`")]
    currency: Annotated[str, Field(description="ISO 4217", json_schema_extra={"pattern": "^[A-Z]{3}$"})]
    period: Annotated[Period, Field(description="What the caps are for")]
    max_amount: Annotated[Amount, Field(description="How many credits in a period, at most")]
    max_count: Annotated[
        int,
        Field(
            description="How many top-ups in a period, at most",
            json_schema_extra={"minimum": 1, "maximum": MAX_COUNT},
        ),
    ]
    payment_method: Annotated[
        Ref,
        Field(description="Stripe's `pm_…`, of a customer there whose metadata says `launchkit_org=org_…`"),
    ]


@dataclass(frozen=True, slots=True)
class TopUpView:
    """Credit that a wallet bought by itself, or tried to."""

    id: Annotated[str, Field(description="top_…")]
    state: TopUpState
    amount: Annotated[str, Field(description=_TEXT)]
    charged_minor: Annotated[int, Field(description=_MINOR)]
    currency: str
    payment_id: Annotated[str | None, Field(description="The provider's id of the payment")]
    failure: Annotated[str | None, Field(description="The provider's code for why it was not paid")]
    created_at: Annotated[datetime, Field(description="When the credit had fallen to the threshold")]
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class TopUpList:
    data: list[TopUpView]
    next_cursor: Cursor


@dataclass(frozen=True, slots=True)
class AutoTopUpView:
    wallet_id: Annotated[str, Field(description="wal_…")]
    threshold: Annotated[str, Field(description=_TEXT)]
    amount: Annotated[str, Field(description=_TEXT)]
    cost_basis: Annotated[str, Field(description="What one credit costs, in `currency`; decimal as text")]
    currency: str
    charged_minor: Annotated[int, Field(description=f"What each top-up costs. {_MINOR}")]
    period: Period
    max_amount: Annotated[str, Field(description=_TEXT)]
    max_count: int
    payment_method: Annotated[str, Field(description="The provider's id of what is charged")]
    is_armed: Annotated[
        bool, Field(description="False from an attempt on until there is more than the threshold again")
    ]
    updated_at: datetime
    last: Annotated[TopUpView | None, Field(description="The wallet's last top-up")]


def top_up_view(top_up: TopUp) -> TopUpView:
    return TopUpView(
        id=ids.encode("top", top_up.id),
        state=top_up.state,
        amount=to_text(top_up.amount),
        charged_minor=top_up.amount_minor,
        currency=top_up.currency,
        payment_id=top_up.payment_id,
        failure=top_up.failure,
        created_at=top_up.created_at,
        finished_at=top_up.finished_at,
    )


def view(found: AutoTopUp) -> AutoTopUpView:
    return AutoTopUpView(
        wallet_id=ids.encode("wal", found.wallet_id),
        threshold=to_text(found.threshold),
        amount=to_text(found.amount),
        cost_basis=to_text(found.cost_basis),
        currency=found.currency,
        charged_minor=found.amount_minor,
        period=found.period,
        max_amount=to_text(found.max_amount),
        max_count=found.max_count,
        payment_method=found.payment_method,
        is_armed=found.is_armed,
        updated_at=found.updated_at,
        last=None if found.last is None else top_up_view(found.last),
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.get(principal, sole_org(principal), wallet_id(request))))


async def put(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, AutoTopUpBody)
    command = SetAutoTopUp(
        wallet_id(request), **body.model_dump(), idempotency_key=idempotent.key_of(request)
    )
    done = await service.set_auto_top_up(
        principal,
        sole_org(principal),
        command=command,
        payments=request.app[SERVICES].payments,
        now=utcnow(),
    )
    return idempotent.respond(done, view(done.value))


async def remove(request: web.Request, principal: Principal) -> web.Response:
    done = await service.remove_auto_top_up(
        principal,
        sole_org(principal),
        wallet_id=wallet_id(request),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.empty(done)


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.page(
        principal, sole_org(principal), wallet_id(request), request=paging.read(request)
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(TopUpList([top_up_view(one) for one in found.items], cursor))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            _PATH,
            "get_auto_top_up",
            "What tops a wallet up by itself.",
            Permission.CREDITS_READ,
            get,
            {200: ("What is set", AutoTopUpView)},
            parameters=[ID],
            tag="Credits",
        ),
        Operation(
            "POST",
            _PATH,
            "set_auto_top_up",
            "Has a wallet topped up whenever its credit falls to a threshold; 409 where no payments are taken.",
            Permission.CREDITS_MANAGE,
            put,
            {200: ("What is set now", AutoTopUpView)},
            body=AutoTopUpBody,
            parameters=[ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "DELETE",
            _PATH,
            "remove_auto_top_up",
            "Has a wallet topped up no more.",
            Permission.CREDITS_MANAGE,
            remove,
            {204: ("It is gone", None)},
            parameters=[ID, IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "GET",
            "/v1/credits/wallets/{id}/top-ups",
            "list_top_ups",
            "What a wallet bought by itself, or tried to, newest first.",
            Permission.CREDITS_READ,
            page,
            {200: ("A page of top-ups", TopUpList)},
            parameters=[ID, *paging.PARAMETERS],
            tag="Credits",
        ),
    ]
