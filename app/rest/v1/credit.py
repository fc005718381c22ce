"""`/v1/customers/{id}/credits`, `/v1/credits/consume` and `/v1/credits/purchase`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.credits import granting, queries, requests, service
from app.credits.types import Category, Credits, Grant, GrantSource, Purchase, Settlement
from app.rest import bodies, idempotent
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, USER, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES

Amount = Annotated[Decimal, Field(description="Credits, at most 12 digits after the point; exact as text")]
CustomerId = Annotated[
    str | None,
    Field(description="Your own id for the customer, or cus_…; without one, the org's own credit is meant"),
]
_TEXT = "Decimal as text"


@dataclass(frozen=True, slots=True)
class GrantView:
    """Credit that was given at once."""

    id: str
    source: GrantSource
    category: Category
    amount: Annotated[str, Field(description=_TEXT)]
    remaining: Annotated[str, Field(description="Of it, what was not used; decimal as text")]
    held: Annotated[
        str, Field(description="Of what remains, what open holds have set aside; decimal as text")
    ]
    feature_id: Annotated[str | None, Field(description="Only this feature may use it")]
    priority: Annotated[int, Field(description="The lowest burns first")]
    effective_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class CreditsView:
    """The credit that a customer draws from: its team's, its own, or the org's."""

    customer_id: Annotated[str, Field(description="Your own id for the customer")]
    wallet_id: Annotated[str | None, Field(description="wal_…; null while nobody gave it credit")]
    available: Annotated[str, Field(description="What any use could take now; decimal as text")]
    held: Annotated[str, Field(description=_TEXT)]
    debt: Annotated[
        str, Field(description="Used beyond what there was; the next grant repays it. Decimal as text")
    ]
    grants: Annotated[
        list[GrantView], Field(description="Those with something left, in the order in which they burn")
    ]


@dataclass(frozen=True, slots=True)
class ConsumptionView:
    customer_id: str | None
    amount: Annotated[str, Field(description=_TEXT)]
    transaction_id: Annotated[str, Field(description="txn_…, in the ledger")]
    balance: Annotated[str, Field(description="The wallet's after it; decimal as text")]
    debt: Annotated[str, Field(description=_TEXT)]


@dataclass(frozen=True, slots=True)
class PurchaseView:
    """A purchase that was recorded by hand: no payment provider took part."""

    id: Annotated[str, Field(description="grant_…")]
    customer_id: str | None
    wallet_id: str
    amount: Annotated[str, Field(description=_TEXT)]
    status: Annotated[str, Field(description="`granted`: the credit can be used")]
    method: Annotated[str, Field(description="`manual`")]
    balance: Annotated[str, Field(description="The wallet's after it; decimal as text")]
    debt: Annotated[str, Field(description=_TEXT)]


class Consumption(BaseModel):
    model_config = ConfigDict(extra="forbid")

    customer_id: CustomerId = None
    amount: Amount
    feature_id: Annotated[str | None, Field(description="What it is used for")] = None
    user_id: Annotated[str | None, Field(description="Your own user; or X-LK-User-Id")] = None


class ManualPurchase(BaseModel):
    model_config = ConfigDict(extra="forbid")

    customer_id: CustomerId = None
    amount: Amount
    cost_basis: Annotated[Decimal | None, Field(description="What one credit cost, in `currency`")] = None
    currency: Annotated[str | None, Field(description="ISO 4217")] = None
    expires_at: Annotated[
        AwareDatetime | None, Field(description="From when on what is left cannot be used")
    ] = None
    note: str | None = None


def credits_view(customer_id: str, found: Credits) -> CreditsView:
    wallet = found.wallet
    return CreditsView(
        customer_id,
        None if wallet is None else ids.encode("wal", wallet.id),
        to_text(found.available),
        "0" if wallet is None else to_text(wallet.held),
        "0" if wallet is None else to_text(wallet.debt),
        [grant_view(grant) for grant in found.grants],
    )


def grant_view(grant: Grant) -> GrantView:
    return GrantView(
        id=ids.encode("grant", grant.id),
        source=grant.source,
        category=grant.category,
        amount=to_text(grant.amount),
        remaining=to_text(grant.remaining),
        held=to_text(grant.held),
        feature_id=grant.feature_id,
        priority=grant.priority,
        effective_at=grant.effective_at,
        expires_at=grant.expires_at,
    )


def consumption_view(customer_id: str | None, done: Settlement) -> ConsumptionView:
    assert done.transaction_id is not None
    return ConsumptionView(
        customer_id,
        to_text(done.amount),
        ids.encode("txn", done.transaction_id),
        to_text(done.balance),
        to_text(done.debt),
    )


def purchase_view(done: Purchase) -> PurchaseView:
    return PurchaseView(
        id=ids.encode("grant", done.grant_id),
        customer_id=done.customer_id,
        wallet_id=ids.encode("wal", done.wallet_id),
        amount=to_text(done.amount),
        status="granted",
        method="manual",
        balance=to_text(done.balance),
        debt=to_text(done.debt),
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    customer = requests.customer(request.match_info["id"])
    customer_id, found = await queries.credits_of_customer(
        principal, sole_org(principal), customer, now=utcnow()
    )
    return json_response(credits_view(customer_id, found))


async def consume(request: web.Request, principal: Principal) -> web.Response:
    wanted = await bodies.read(request, Consumption)
    spend = requests.spend(
        principal,
        "consume",
        amount=wanted.amount,
        customer_id=wanted.customer_id,
        user_id=wanted.user_id or request.headers.get("X-LK-User-Id"),
        feature_id=wanted.feature_id,
        idempotency_key=idempotent.key_of(request),
    )
    operations = request.app[SERVICES].credits
    done = await service.consume(
        principal, sole_org(principal), operations=operations, spend=spend, now=utcnow()
    )
    view = consumption_view(wanted.customer_id, done)
    return json_response(view, headers=idempotent.headers(done.is_replay))


async def purchase(request: web.Request, principal: Principal) -> web.Response:
    wanted = await bodies.read(request, ManualPurchase)
    command = requests.purchase(principal, idempotency_key=idempotent.key_of(request), **wanted.model_dump())
    done = await granting.purchase(principal, sole_org(principal), purchase=command, now=utcnow())
    return json_response(purchase_view(done), status=201, headers=idempotent.headers(done.is_replay))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/customers/{id}/credits",
            "get_customer_credits",
            "What a customer can use: of its team's credit, its own, or the org's.",
            Permission.CREDITS_READ,
            get,
            {200: ("The credit", CreditsView)},
            parameters=[
                Parameter("id", "path", str, "Your own id for the customer, or cus_…", required=True)
            ],
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/consume",
            "consume_credits",
            "Takes credit at once; 402 where there is not enough, or a budget has no room.",
            Permission.CREDITS_USE,
            consume,
            {200: ("It was taken", ConsumptionView)},
            body=Consumption,
            parameters=[IDEMPOTENCY_KEY, USER],
            headers={200: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/purchase",
            "purchase_credits",
            "Records credit that was paid for outside LaunchKit.",
            Permission.CREDITS_MANAGE,
            purchase,
            {201: ("The credit is there", PurchaseView)},
            body=ManualPurchase,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Credits",
        ),
    ]
