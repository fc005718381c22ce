"""What an org lets its customers do, as values: features, entitlements, and the question whether one may go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core import money
from app.core.errors import FieldError, InvalidInput
from app.core.ids import HoldId, OrgId
from app.core.inference import Usage
from app.credits.types import Period, check_amount
from app.idempotency.types import validate_key
from app.metering.types import EventType, Metered

MAX_KEY_LENGTH = 255
MAX_NAME_LENGTH = 200
MAX_TIER_LENGTH = 64
MAX_TOKENS = 10**12


class AudienceKind(StrEnum):
    """Whom an entitlement is for; the first of these that there is decides."""

    CUSTOMER = "customer"
    TIER = "tier"
    ALL = "all"


class LimitUnit(StrEnum):
    CREDITS = "credits"
    TOKENS = "tokens"
    REQUESTS = "requests"


class Reason(StrEnum):
    """Why a question was answered as it was: stable."""

    ALLOWED = "allowed"
    NOT_ENTITLED = "not_entitled"
    FEATURE_DISABLED = "feature_disabled"
    QUOTA_EXCEEDED = "quota_exceeded"
    BUDGET_EXCEEDED = "budget_exceeded"
    INSUFFICIENT_CREDITS = "insufficient_credits"


class Mend(StrEnum):
    """What helps against a refusal."""

    UPGRADE = "upgrade"
    TOP_UP = "top_up"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Audience:
    """`ref` is the customer's external id or the tier's name; everybody has none."""

    kind: AudienceKind
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """So much of `unit` in a calendar period (UTC). One that is not hard is only told about."""

    unit: LimitUnit
    amount: Decimal
    period: Period
    is_hard: bool = True


@dataclass(frozen=True, slots=True)
class Feature:
    """Something an org sells. `key` is the `feature_id` of usage events."""

    id: UUID
    key: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What an audience may do with a feature; without a limit, as much as it pays for."""

    id: UUID
    audience: Audience
    feature_key: str
    is_enabled: bool
    limit: Limit | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CreateFeature:
    key: str
    name: str
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [
            *_check_text("key", self.key, MAX_KEY_LENGTH),
            *_check_text("name", self.name, MAX_NAME_LENGTH),
            *validate_key(self.idempotency_key),
        ]
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class SetEntitlement:
    """Takes the place of what was said before of this audience and feature."""

    feature_key: str
    audience: Audience
    is_enabled: bool = True
    limit: Limit | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [
            *_check_text("feature", self.feature_key, MAX_KEY_LENGTH),
            *validate_key(self.idempotency_key),
        ]
        errors += check_audience(self.audience)
        if self.limit is not None:
            errors += check_amount(self.limit.amount, name="limit.amount", allows_zero=True)
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Intent:
    """What is about to be done. Priced by the org's prices, unless `credits` says what it takes."""

    provider: str = ""
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    unit_type: str | None = None
    quantity: Decimal | None = None
    image_size: str | None = None
    image_quality: str | None = None
    credits: Decimal | None = None

    @property
    def is_priced_by_use(self) -> bool:
        return bool(self.model) or self.unit_type is not None

    @property
    def metered(self) -> Metered:
        kind = EventType.TOKEN_USAGE
        if self.quantity is not None:
            kind = EventType.IMAGE_GENERATION if self.unit_type in (None, "images") else EventType.CUSTOM
        return Metered(
            kind,
            self.provider.lower(),
            self.model,
            self.usage,
            self.unit_type,
            self.quantity,
            self.image_size,
            self.image_quality,
        )

    def faults(self) -> list[FieldError]:
        errors = [
            FieldError(f"action.{name}", "out_of_range", f"Use 0 to {MAX_TOKENS:,}.")
            for name in ("input_tokens", "output_tokens", "cached_input_tokens", "cache_write_tokens")
            if not 0 <= getattr(self.usage, name) <= MAX_TOKENS
        ]
        if self.usage.cached_input_tokens + self.usage.cache_write_tokens > self.usage.input_tokens:
            mend = "Cached input and cache writes are parts of the input tokens."
            errors.append(FieldError("action.cached_input_tokens", "out_of_range", mend))
        if self.quantity is not None:
            errors += check_amount(self.quantity, name="action.quantity", allows_zero=True)
        if self.credits is not None:
            errors += check_amount(self.credits, name="action.credits", allows_zero=True)
        for name, limit in (("provider", 64), ("model", 128)):
            if len(text := getattr(self, name)) > limit or not text.isprintable():
                mend = f"Use at most {limit} printable characters."
                errors.append(FieldError(f"action.{name}", "length", mend))
        if self.unit_type is not None:
            errors += _check_text("action.unit_type", self.unit_type, 64)
        return errors


@dataclass(frozen=True, slots=True)
class Question:
    """May this customer (the org's own id for it, or ours), with this feature, do that?

    What is left out does not decide.
    """

    customer: str | None = None
    feature: str | None = None
    intent: Intent = field(default_factory=Intent)
    user: str | None = None

    def validate(self) -> None:
        errors = self.intent.faults()
        for name, text in (
            ("customer_id", self.customer),
            ("feature_id", self.feature),
            ("user_id", self.user),
        ):
            if text is not None:
                errors += _check_text(name, text, MAX_KEY_LENGTH)
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the intended action takes, each half None where no price says it."""

    credits: Decimal | None = money.ZERO
    cost_usd: Decimal | None = money.ZERO
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that can be used up. `kind` says what: plan, entitlement, wallet, or whose budget.

    `remaining` is below 0 where more was used than allowed; `limit` None where only what remains is known.
    """

    kind: str
    id: str
    unit: LimitUnit
    limit: Decimal | None
    remaining: Decimal
    needed: Decimal
    reason: Reason
    mends: Sequence[Mend]
    is_hard: bool = True
    resets_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it stands in the way."""
        return self.is_hard and self.needed > 0 and self.needed > self.remaining


@dataclass(frozen=True, slots=True)
class Decision:
    """`tightest` is the bound that refuses or, where nothing does, that will be the first to."""

    is_allowed: bool
    reason: Reason
    estimate: Estimate
    tightest: Bound | None = None
    mends: Sequence[Mend] = ()
    bounds: Sequence[Bound] = ()


@dataclass(frozen=True, slots=True)
class Reservation:
    id: HoldId
    amount: Decimal
    expires_at: datetime
    estimate: Estimate
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """A share of a limit that usage has reached in a period. `scope` is whose: it names itself in `subject`, too."""

    org_id: OrgId
    scope: str
    kind: str
    subject: Mapping[str, Any]
    unit: LimitUnit
    limit: Decimal
    used: Decimal
    percent: int
    starts_at: datetime
    ends_at: datetime | None

    def as_json(self) -> dict[str, Any]:
        return {
            "scope": {"kind": self.kind, **self.subject},
            "unit": self.unit.value,
            "limit": money.to_text(self.limit),
            "used": money.to_text(self.used),
            "percent": self.percent,
            "period": {
                "from": self.starts_at.isoformat(),
                "to": None if self.ends_at is None else self.ends_at.isoformat(),
            },
        }


@dataclass(frozen=True, slots=True)
class Flag:
    """Of the installation: the orgs on `plans` (None: on any), and of these `percentage` in a hundred."""

    key: str
    description: str
    plans: tuple[str, ...] | None
    percentage: int
    updated_at: datetime


class FlagReason(StrEnum):
    PLAN = "plan"
    ROLLOUT = "rollout"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class FlagState:
    """A flag as it is for one org, and why. `is_permitted`: whether its plan lets the org switch it itself."""

    flag: Flag
    is_enabled: bool
    reason: FlagReason
    is_permitted: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What an org sells to everybody and to tiers, at one moment, and the version of the plan that it is on itself.

    `used_tokens` are those of this month; None where its plan does not limit them.
    """

    plan: str
    features: frozenset[str] = frozenset()
    entitlements: Mapping[tuple[str, Audience], Entitlement] = field(default_factory=dict)
    used_tokens: Decimal | None = None

    def entitlement(self, feature: str, *, tier: str | None) -> Entitlement | None:
        """The tier's, else everybody's; a customer's own comes before both."""
        of_tier = (
            None if tier is None else self.entitlements.get((feature, Audience(AudienceKind.TIER, tier)))
        )
        return of_tier or self.entitlements.get((feature, EVERYBODY))


EVERYBODY = Audience(AudienceKind.ALL)


def check_audience(audience: Audience) -> list[FieldError]:
    match audience.kind:
        case AudienceKind.ALL:
            mend = "Everybody has no reference: leave it out."
            return [FieldError("audience.ref", "not_empty", mend)] if audience.ref else []
        case AudienceKind.TIER:
            return _check_text("audience.ref", audience.ref, MAX_TIER_LENGTH)
        case AudienceKind.CUSTOMER:
            return _check_text("audience.ref", audience.ref, MAX_KEY_LENGTH)


def _check_text(name: str, text: str, longest: int) -> list[FieldError]:
    if 1 <= len(text) <= longest and text.isprintable() and text.strip():
        return []
    return [FieldError(name, "length", f"Use 1 to {longest} printable characters.")]
