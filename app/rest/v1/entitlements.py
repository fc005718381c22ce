"""`/v1/entitlements/check` and `/reserve`: may this customer go on?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.inference import Usage
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.credits.types import DEFAULT_LEASE
from app.entitlements import reservation
from app.entitlements.reservation import Reserve
from app.entitlements.types import (
    MAX_TOKENS,
    Bound,
    Decision,
    Intent,
    LimitUnit,
    Mend,
    Question,
    Reason,
    Reservation,
)
from app.rest import bodies, idempotent
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Header, Operation
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES

_TEXT = "Decimal as text"
Tokens = Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": MAX_TOKENS})]
Amount = Annotated[Decimal | None, Field(description=_TEXT)]


class ActionBody(BaseModel):
    """What is about to be done: a model call, images, or so much of a unit of your own."""

    model_config = ConfigDict(extra="forbid")

    provider: str = ""
    model: str = ""
    input_tokens: Tokens = 0
    output_tokens: Tokens = 0
    cached_input_tokens: Annotated[Tokens, Field(description="Part of the input")] = 0
    cache_write_tokens: Annotated[Tokens, Field(description="Part of the input")] = 0
    unit_type: Annotated[str | None, Field(description="`images`, or a unit of your own")] = None
    quantity: Amount = None
    image_size: str | None = None
    image_quality: str | None = None
    credits: Annotated[
        Decimal | None, Field(description="What it takes, instead of what your prices say; decimal as text")
    ] = None

    def intent(self) -> Intent:
        return Intent(
            self.provider,
            self.model,
            Usage(
                input_tokens=self.input_tokens,
                output_tokens=self.output_tokens,
                cached_input_tokens=self.cached_input_tokens,
                cache_write_tokens=self.cache_write_tokens,
            ),
            self.unit_type,
            self.quantity,
            self.image_size,
            self.image_quality,
            self.credits,
        )


class CheckBody(BaseModel):
    """What is left out does not decide."""

    model_config = ConfigDict(extra="forbid")

    customer_id: Annotated[str | None, Field(description="Your own id for the customer, or cus_…")] = None
    feature_id: Annotated[str | None, Field(description="The key of a feature")] = None
    user_id: Annotated[str | None, Field(description="Your own user, whose budget counts")] = None
    action: ActionBody | None = None

    def question(self) -> Question:
        intent = Intent() if self.action is None else self.action.intent()
        return Question(self.customer_id, self.feature_id, intent, self.user_id)


class ReserveBody(CheckBody):
    lease_seconds: Annotated[
        int | None, Field(description=f"1 to 86400; default {int(DEFAULT_LEASE.total_seconds())}")
    ] = None


@dataclass(frozen=True, slots=True)
class ScopeView:
    kind: Annotated[str, Field(description="plan, entitlement, wallet, api_key, user, team or customer")]
    id: Annotated[str, Field(description="Empty where there is no wallet")]


@dataclass(frozen=True, slots=True)
class BoundView:
    """Something that can be used up."""

    scope: ScopeView
    unit: LimitUnit
    limit: Annotated[str | None, Field(description=f"{_TEXT}; null where only what is left is known")]
    remaining: Annotated[str, Field(description=_TEXT)]
    is_hard: Annotated[bool, Field(description="Whether it refuses; others are only told about")]
    reset_time: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The bound that `limiting_scope` names refuses or, where nothing does, will be the first to."""

    allowed: bool
    reason: Reason
    limiting_scope: ScopeView | None
    remaining: Annotated[str | None, Field(description=f"{_TEXT}, in `unit`")]
    unit: LimitUnit | None
    reset_time: datetime | None
    estimated_credits: Annotated[str | None, Field(description=f"{_TEXT}; null where no rule says it")]
    estimated_cost_usd: Annotated[str | None, Field(description=f"{_TEXT}; null where no price is known")]
    actions: Annotated[list[Mend], Field(description="What helps against a refusal")]
    limits: list[BoundView]


@dataclass(frozen=True, slots=True)
class ReservationView:
    """A hold of credit: settle or release it at `/v1/credits/holds/{id}`."""

    id: str
    amount: Annotated[str, Field(description=_TEXT)]
    expires_at: datetime
    estimated_credits: Annotated[str, Field(description=_TEXT)]
    estimated_cost_usd: Annotated[str | None, Field(description=f"{_TEXT}; null where no price is known")]


def view(decision: Decision) -> DecisionView:
    tightest = decision.tightest
    return DecisionView(
        allowed=decision.is_allowed,
        reason=decision.reason,
        limiting_scope=None if tightest is None else _scope(tightest),
        remaining=None if tightest is None else _remaining(tightest),
        unit=None if tightest is None else tightest.unit,
        reset_time=None if tightest is None else tightest.resets_at,
        estimated_credits=_text(decision.estimate.credits),
        estimated_cost_usd=_text(decision.estimate.cost_usd),
        actions=list(decision.mends),
        limits=[
            BoundView(
                _scope(bound),
                bound.unit,
                _text(bound.limit),
                _remaining(bound),
                bound.is_hard,
                bound.resets_at,
            )
            for bound in decision.bounds
        ],
    )


async def check(request: web.Request, principal: Principal) -> web.Response:
    question = (await bodies.read(request, CheckBody)).question()
    desk = request.app[SERVICES].entitlements
    return json_response(
        view(await desk.check(principal, sole_org(principal), question=question, now=utcnow()))
    )


async def reserve(request: web.Request, principal: Principal) -> web.Response:
    wanted = await bodies.read(request, ReserveBody)
    seconds = wanted.lease_seconds
    lease = DEFAULT_LEASE if seconds is None else timedelta(seconds=max(-1, min(seconds, 10**9)))
    made = await reservation.reserve(
        principal,
        sole_org(principal),
        desk=request.app[SERVICES].entitlements,
        command=Reserve(wanted.question(), lease, idempotent.key_of(request)),
        now=utcnow(),
    )
    shown = _reservation(made)
    headers = {"Location": f"/v1/credits/holds/{shown.id}"} | idempotent.headers(made.is_replay)
    return json_response(shown, status=201, headers=headers)


def _reservation(made: Reservation) -> ReservationView:
    return ReservationView(
        ids.encode("hold", made.id),
        to_text(made.amount),
        made.expires_at,
        to_text(made.estimate.credits or Decimal(0)),
        _text(made.estimate.cost_usd),
    )


def _scope(bound: Bound) -> ScopeView:
    prefix = {"wallet": "wal", "api_key": "key"}.get(bound.kind)
    shown = ids.encode(prefix, UUID(bound.id)) if prefix and bound.id else bound.id
    return ScopeView(bound.kind, shown)


def _remaining(bound: Bound) -> str:
    return to_text(max(Decimal(0), bound.remaining))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else to_text(amount)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/entitlements/check",
            "check_entitlement",
            "Whether a customer may do something now, and what it would take. Nothing is set aside, and "
            "what decides may be a second and a half old.",
            Permission.CREDITS_READ,
            check,
            {200: ("The answer, also where it is no", DecisionView)},
            body=CheckBody,
            tag="Entitlements",
        ),
        Operation(
            "POST",
            "/v1/entitlements/reserve",
            "reserve_entitlement",
            "Checks and sets credit aside in one step: what is given here, nobody else is given.",
            Permission.CREDITS_USE,
            reserve,
            {201: ("The hold", ReservationView)},
            body=ReserveBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (Header("Location", "Where the hold is."), REPLAY)},
            tag="Entitlements",
        ),
    ]
