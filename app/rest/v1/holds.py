"""`/v1/credits/holds`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.ids import HoldId, WalletId
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.credits import queries, requests, service
from app.credits.errors import HoldNotFound
from app.credits.types import DEFAULT_LEASE, Held, Hold, HoldState
from app.idempotency.types import validate_key
from app.rest import bodies, idempotent, paging
from app.rest.amounts import Amount, AmountOrNone
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, USER, Header, Operation, Parameter
from app.rest.v1.credit import CustomerId, Ref
from app.web.body import json_response, read
from app.web.organisation import sole_org
from app.web.services import SERVICES

_ID = Parameter("id", "path", str, "hold_…", required=True)
_TEXT = "Decimal as text"


@dataclass(frozen=True, slots=True)
class HeldView:
    """Credit that is set aside."""

    id: str
    amount: Annotated[str, Field(description=_TEXT)]
    expires_at: Annotated[
        datetime, Field(description="When it is ended if nobody has settled or released it")
    ]


@dataclass(frozen=True, slots=True)
class HoldView:
    id: str
    status: HoldState
    amount: Annotated[str, Field(description=_TEXT)]
    settled: Annotated[str | None, Field(description="What was really used; decimal as text")]
    wallet_id: str
    feature_id: str | None
    transaction_id: Annotated[str | None, Field(description="txn_…, in the ledger")]
    created_at: datetime
    expires_at: datetime
    started_at: Annotated[datetime | None, Field(description="Since when its work may have cost something")]
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class HoldList:
    data: list[HoldView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


@dataclass(frozen=True, slots=True)
class StartedView:
    """A hold whose work has begun."""

    id: str
    started_at: datetime
    expires_at: Annotated[
        datetime, Field(description="When it is settled at its amount if nobody has settled or released it")
    ]


@dataclass(frozen=True, slots=True)
class SettledView:
    """How a hold ended; of one that was settled before, how it ended then."""

    id: str
    amount: Annotated[str, Field(description="What was really used; decimal as text")]
    transaction_id: Annotated[str, Field(description="txn_…, in the ledger")]
    balance: Annotated[str, Field(description="The wallet's now; decimal as text")]
    debt: Annotated[str, Field(description=_TEXT)]


@dataclass(frozen=True, slots=True)
class ReleasedView:
    id: str
    amount: Annotated[str, Field(description="What was given back; decimal as text")]


LeaseSeconds = Annotated[
    Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": 86400})] | None,
    Field(description=f"Default {int(DEFAULT_LEASE.total_seconds())}"),
]


class NewHold(BaseModel):
    model_config = ConfigDict(extra="forbid")

    customer_id: CustomerId = None
    amount: Amount
    lease_seconds: LeaseSeconds = None
    feature_id: Annotated[Ref | None, Field(description="What it is used for")] = None
    user_id: Annotated[Ref | None, Field(description="Your own user; or X-LK-User-Id")] = None


class Begun(BaseModel):
    model_config = ConfigDict(extra="forbid")

    lease_seconds: LeaseSeconds = None


class Actual(BaseModel):
    model_config = ConfigDict(extra="forbid")

    amount: AmountOrNone


def held_view(held: Held) -> HeldView:
    return HeldView(ids.encode("hold", held.id), to_text(held.amount), held.lease_expires_at)


def view(hold: Hold) -> HoldView:
    return HoldView(
        id=ids.encode("hold", hold.id),
        status=hold.state,
        amount=to_text(hold.amount),
        settled=None if hold.settled is None else to_text(hold.settled),
        wallet_id=ids.encode("wal", hold.wallet_id),
        feature_id=hold.feature_id,
        transaction_id=None if hold.transaction_id is None else ids.encode("txn", hold.transaction_id),
        created_at=hold.created_at,
        expires_at=hold.lease_expires_at,
        started_at=hold.started_at,
        ended_at=hold.ended_at,
    )


async def create(request: web.Request, principal: Principal) -> web.Response:
    wanted = await bodies.read(request, NewHold)
    spend = requests.spend(
        principal,
        "hold",
        amount=wanted.amount,
        customer_id=wanted.customer_id,
        user_id=wanted.user_id or request.headers.get("X-LK-User-Id"),
        feature_id=wanted.feature_id,
        idempotency_key=idempotent.key_of(request),
        lease_seconds=wanted.lease_seconds,
    )
    held = await service.hold(
        principal,
        sole_org(principal),
        operations=request.app[SERVICES].credits,
        spend=spend,
        now=utcnow(),
        lease=_lease(wanted.lease_seconds),
    )
    headers = {"Location": f"/v1/credits/holds/{ids.encode('hold', held.id)}"}
    return json_response(held_view(held), status=201, headers=headers | idempotent.headers(held.is_replay))


async def page(request: web.Request, principal: Principal) -> web.Response:
    state = request.query.get("status")
    if state is not None and state not in set(HoldState):
        raise InvalidInput([FieldError("status", "unknown", f"Use {', '.join(HoldState)}.")])
    wallet = request.query.get("wallet_id")
    found = await queries.holds(
        principal,
        sole_org(principal),
        request=paging.read(request),
        wallet_id=None if wallet is None else WalletId(ids.decode("wal", wallet, field="wallet_id")),
        state=None if state is None else HoldState(state),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(HoldList([view(hold) for hold in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.hold(principal, sole_org(principal), _hold_id(request))))


async def start(request: web.Request, principal: Principal) -> web.Response:
    """The body may be left out."""
    _check_key(request)
    begun = await bodies.read(request, Begun) if await read(request) else Begun()
    done = await service.start(
        principal,
        sole_org(principal),
        hold_id=_hold_id(request),
        now=utcnow(),
        lease=_lease(begun.lease_seconds),
    )
    return json_response(StartedView(ids.encode("hold", done.id), done.started_at, done.lease_expires_at))


async def settle(request: web.Request, principal: Principal) -> web.Response:
    _check_key(request)
    actual = await bodies.read(request, Actual)
    hold_id = _hold_id(request)
    done = await service.settle(
        principal,
        sole_org(principal),
        operations=request.app[SERVICES].credits,
        hold_id=hold_id,
        actual=actual.amount,
        now=utcnow(),
    )
    assert done.transaction_id is not None
    shown = SettledView(
        ids.encode("hold", hold_id),
        to_text(done.amount),
        ids.encode("txn", done.transaction_id),
        to_text(done.balance),
        to_text(done.debt),
    )
    return json_response(shown, headers=idempotent.headers(done.is_replay))


async def release(request: web.Request, principal: Principal) -> web.Response:
    _check_key(request)
    done = await service.release(
        principal,
        sole_org(principal),
        operations=request.app[SERVICES].credits,
        hold_id=_hold_id(request),
        now=utcnow(),
    )
    shown = ReleasedView(ids.encode("hold", done.id), to_text(done.amount))
    return json_response(shown, headers=idempotent.headers(done.is_replay))


def _check_key(request: web.Request) -> None:
    """A hold ends once, with or without a key; one that is none is refused all the same. Raises `InvalidInput`."""
    if errors := validate_key(idempotent.key_of(request)):
        raise InvalidInput(errors)


def _lease(seconds: int | None) -> timedelta:
    if seconds is None:
        return DEFAULT_LEASE
    # What no timedelta holds is out of range as well, which the service says.
    return timedelta(seconds=max(-1, min(seconds, 10**9)))


def _hold_id(request: web.Request) -> HoldId:
    found = ids.find("hold", request.match_info["id"])
    if found is None:
        raise HoldNotFound
    return HoldId(found)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/credits/holds",
            "hold_credits",
            "Sets credit aside before work that costs some; 402 where there is not enough, or a budget has no room.",
            Permission.CREDITS_USE,
            create,
            {201: ("It is set aside", HeldView)},
            body=NewHold,
            parameters=[IDEMPOTENCY_KEY, USER],
            headers={201: (Header("Location", "Where the hold is."), REPLAY)},
            tag="Credits",
        ),
        Operation(
            "GET",
            "/v1/credits/holds",
            "list_holds",
            "Holds, newest first; a key sees those of its own side alone.",
            Permission.CREDITS_READ,
            page,
            {200: ("A page of holds", HoldList)},
            parameters=[
                Parameter("status", "query", HoldState, "Only those of which this became"),
                Parameter("wallet_id", "query", str, "Only those of the wallet wal_…"),
                *paging.PARAMETERS,
            ],
            tag="Credits",
        ),
        Operation(
            "GET",
            "/v1/credits/holds/{id}",
            "get_hold",
            "One hold.",
            Permission.CREDITS_READ,
            get,
            {200: ("The hold", HoldView)},
            parameters=[_ID],
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/holds/{id}/start",
            "start_hold",
            "Says that the work has begun, and keeps the hold for another lease. Left alone after that, it is settled "
            "at its amount instead of being released; 409 where it has ended.",
            Permission.CREDITS_USE,
            start,
            {200: ("It is kept", StartedView)},
            body=Begun,
            is_body_required=False,
            parameters=[_ID, IDEMPOTENCY_KEY],
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/holds/{id}/settle",
            "settle_hold",
            "Ends a hold with what was really used, once: more than was held is drawn from further credit, then owed.",
            Permission.CREDITS_USE,
            settle,
            {200: ("It is settled", SettledView)},
            body=Actual,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "POST",
            "/v1/credits/holds/{id}/release",
            "release_hold",
            "Gives back what was held; 409 where it was settled.",
            Permission.CREDITS_USE,
            release,
            {200: ("It is released", ReleasedView)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Credits",
        ),
    ]
