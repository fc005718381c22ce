"""`/v1/credits/grants`, `/v1/credits/refunds` and `/v1/credits/claw-backs`: giving credit, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import GrantId
from app.core.money import to_text
from app.core.principal import Environment, Permission, Principal
from app.credits import granting, requests
from app.credits.errors import GrantNotFound, TransactionNotFound
from app.credits.types import (
    DEFAULT_PRIORITY,
    Category,
    GrantSource,
    Owner,
    OwnerKind,
    Settlement,
)
from app.rest import bodies, idempotent
from app.rest.amounts import Amount, AmountOrNone
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation
from app.rest.v1.credit import Ref
from app.web.body import json_response
from app.web.organisation import sole_org

_TEXT = "Decimal as text"
Note = Annotated[str | None, Field(description="Why, for the ledger")]


class OwnerBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: OwnerKind
    # Here, for to the domain no name is an empty one.
    ref: Annotated[
        Annotated[Ref, Field(min_length=1)] | None,
        Field(description="Your own id for the customer, or the team's name; none for the org's own"),
    ] = None


class NewGrantBody(BaseModel):
    """Credit to be given; the wallet is made where there is none."""

    model_config = ConfigDict(extra="forbid")

    owner: OwnerBody
    amount: Amount
    source: GrantSource = GrantSource.PROMOTION
    category: Category = Category.PROMOTIONAL
    environment: Annotated[Environment | None, Field(description="Default: that of your key")] = None
    effective_at: Annotated[
        AwareDatetime | None, Field(description="From when on it can be used; default: now")
    ] = None
    expires_at: Annotated[AwareDatetime | None, Field(description="From when on it cannot")] = None
    priority: Annotated[
        int,
        Field(description="The lowest burns first", json_schema_extra={"minimum": 0, "maximum": 1_000}),
    ] = DEFAULT_PRIORITY
    feature_id: Annotated[Ref | None, Field(description="Only this feature may use it")] = None
    cost_basis: Annotated[AmountOrNone | None, Field(description="What one credit cost, in `currency`")] = (
        None
    )
    currency: Annotated[str | None, Field(description="ISO 4217")] = None
    note: Note = None


class Refund(BaseModel):
    """Used credit to be given back."""

    model_config = ConfigDict(extra="forbid")

    transaction_id: Annotated[str, Field(description="What took it, a `consume` or `settle`: txn_…")]
    amount: Amount
    note: Note = None


class ClawBack(BaseModel):
    """A grant to be taken back, as when its payment was: what was spent of it becomes debt."""

    model_config = ConfigDict(extra="forbid")

    grant_id: Annotated[str, Field(description="grant_…")]
    amount: Amount
    note: Note = None


@dataclass(frozen=True, slots=True)
class GrantedView:
    """There is credit that was not there before."""

    id: Annotated[str, Field(description="grant_…")]
    amount: Annotated[str, Field(description=_TEXT)]
    balance: Annotated[str, Field(description="The wallet's after it; decimal as text")]
    debt: Annotated[str, Field(description="What the wallet still owes; decimal as text")]


@dataclass(frozen=True, slots=True)
class PostedView:
    """A wallet's ledger has a new transaction."""

    transaction_id: Annotated[str, Field(description="txn_…")]
    amount: Annotated[str, Field(description="What it moved; decimal as text")]
    balance: Annotated[str, Field(description="The wallet's after it; decimal as text")]
    debt: Annotated[str, Field(description="What the wallet owes; decimal as text")]


async def create(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, NewGrantBody)
    owner, now = Owner(body.owner.kind, body.owner.ref or ""), utcnow()
    wish = body.model_dump(exclude={"owner"})
    grant = requests.grant(
        principal, owner=owner, idempotency_key=idempotent.key_of(request), now=now, **wish
    )
    done = await granting.grant_to(
        principal, sole_org(principal), owner=owner, grant=grant, now=now, environment=body.environment
    )
    assert done.transaction_id is not None
    shown = GrantedView(
        ids.encode("grant", done.transaction_id),
        to_text(done.amount),
        to_text(done.balance),
        to_text(done.debt),
    )
    return json_response(shown, status=201, headers=idempotent.headers(done.is_replay))


async def refund(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, Refund)
    key, _ = requests.operation_key(principal, "refund", idempotent.key_of(request), {})
    transaction_id = ids.find("txn", body.transaction_id)
    if transaction_id is None:
        raise TransactionNotFound
    done = await granting.refund(
        principal,
        sole_org(principal),
        transaction_id=transaction_id,
        amount=body.amount,
        key=key,
        note=body.note,
        now=utcnow(),
    )
    return _posted(done)


async def claw_back(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, ClawBack)
    key, _ = requests.operation_key(principal, "claw_back", idempotent.key_of(request), {})
    grant_id = ids.find("grant", body.grant_id)
    if grant_id is None:
        raise GrantNotFound
    done = await granting.claw_back(
        principal,
        sole_org(principal),
        grant_id=GrantId(grant_id),
        amount=body.amount,
        key=key,
        note=body.note,
        now=utcnow(),
    )
    return _posted(done)


def _posted(done: Settlement) -> web.Response:
    assert done.transaction_id is not None
    shown = PostedView(
        ids.encode("txn", done.transaction_id),
        to_text(done.amount),
        to_text(done.balance),
        to_text(done.debt),
    )
    return json_response(shown, status=201, headers=idempotent.headers(done.is_replay))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/credits/grants",
            "grant_credits",
            "Gives credit; what the wallet owes is repaid of it first.",
            Permission.CREDITS_MANAGE,
            create,
            {201: ("The credit is there", GrantedView)},
            body=NewGrantBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/refunds",
            "refund_credits",
            "Gives back what a consumption took, to the grants that it came from.",
            Permission.CREDITS_MANAGE,
            refund,
            {201: ("It was given back", PostedView)},
            body=Refund,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/claw-backs",
            "claw_back_grant",
            "Takes a grant back, as when its payment was: what was spent of it becomes debt.",
            Permission.CREDITS_MANAGE,
            claw_back,
            {201: ("It was taken back", PostedView)},
            body=ClawBack,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Credits",
        ),
    ]
