"""Features, entitlements, decisions and flags as the schema shows them."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

import strawberry

from app.core import ids
from app.core.inference import Usage
from app.core.money import ZERO
from app.credits.types import Period
from app.entitlements import types as domain
from app.entitlements.types import AudienceKind, FlagReason, LimitUnit, Mend, Reason
from schema.core.enums import describe
from schema.core.scalars import BigInt

describe(
    AudienceKind,
    name="AudienceKind",
    description="Whom an entitlement is for; the most special decides.",
    values={
        AudienceKind.CUSTOMER: "One customer.",
        AudienceKind.TIER: "The customers of a tier.",
        AudienceKind.ALL: "Every customer.",
    },
)
describe(
    LimitUnit,
    name="LimitUnit",
    description="What a limit counts.",
    values={
        LimitUnit.CREDITS: "Credits that were burned.",
        LimitUnit.TOKENS: "Tokens, in and out.",
        LimitUnit.REQUESTS: "Requests.",
    },
)
describe(
    Reason,
    name="DecisionReason",
    description="Why a customer may or may not go on.",
    values={
        Reason.ALLOWED: "Nothing stands against it.",
        Reason.NOT_ENTITLED: "No entitlement gives the customer this feature.",
        Reason.FEATURE_DISABLED: "The feature is switched off for the customer.",
        Reason.QUOTA_EXCEEDED: "A plan's tokens or an entitlement's limit are used up.",
        Reason.BUDGET_EXCEEDED: "A budget does not allow it.",
        Reason.INSUFFICIENT_CREDITS: "There is not enough credit.",
    },
)
describe(
    Mend,
    name="DecisionAction",
    description="What helps against a refusal.",
    values={
        Mend.UPGRADE: "A larger plan or entitlement.",
        Mend.TOP_UP: "More credit.",
        Mend.WAIT: "Waiting for the period to begin anew.",
    },
)
describe(
    FlagReason,
    name="FeatureFlagReason",
    description="What decides whether a feature flag is on.",
    values={
        FlagReason.PLAN: "The org's plan does not include it: a larger one would.",
        FlagReason.ROLLOUT: "The share of orgs that have it.",
        FlagReason.OVERRIDE: "The org has switched it itself.",
    },
)


@strawberry.enum(description="How often a limit begins anew, in UTC; a week begins on Monday.")
class LimitPeriod(Enum):
    DAY = strawberry.enum_value("day", description="Every day.")
    WEEK = strawberry.enum_value("week", description="Every Monday.")
    MONTH = strawberry.enum_value("month", description="On the first of a month.")
    TOTAL = strawberry.enum_value("total", description="Never.")


@strawberry.type(description="Something that an org sells.")
class Feature:
    id: strawberry.ID = strawberry.field(description="Its id.")
    key: str = strawberry.field(description="The `feature_id` of usage events.")
    name: str = strawberry.field(description="For people.")
    created_at: datetime = strawberry.field(description="When it was registered.")

    @classmethod
    def of(cls, feature: domain.Feature) -> "Feature":
        return cls(
            id=strawberry.ID(ids.encode("feat", feature.id)),
            key=feature.key,
            name=feature.name,
            created_at=feature.created_at,
        )


@strawberry.type(description="So much in a period.")
class EntitlementLimit:
    unit: LimitUnit = strawberry.field(description="What is counted.")
    amount: Decimal = strawberry.field(description="How much of it.")
    period: LimitPeriod = strawberry.field(description="In what time.")
    is_hard: bool = strawberry.field(description="Whether it refuses, or is only told about.")

    @classmethod
    def of(cls, limit: domain.Limit) -> "EntitlementLimit":
        return cls(
            unit=limit.unit,
            amount=limit.amount,
            period=LimitPeriod(limit.period.value),
            is_hard=limit.is_hard,
        )


@strawberry.type(description="What an audience may do with a feature.")
class Entitlement:
    id: strawberry.ID = strawberry.field(description="Its id.")
    feature: str = strawberry.field(description="The feature's key.")
    audience: AudienceKind = strawberry.field(description="Whom it is for.")
    audience_ref: str = strawberry.field(
        description="The customer's id of yours, or the tier; empty for all."
    )
    is_enabled: bool = strawberry.field(description="Whether they have the feature.")
    limit: EntitlementLimit | None = strawberry.field(description="Null: as much as is paid for.")
    updated_at: datetime = strawberry.field(description="When it was last said.")

    @classmethod
    def of(cls, found: domain.Entitlement) -> "Entitlement":
        return cls(
            id=strawberry.ID(ids.encode("ent", found.id)),
            feature=found.feature_key,
            audience=found.audience.kind,
            audience_ref=found.audience.ref,
            is_enabled=found.is_enabled,
            limit=None if found.limit is None else EntitlementLimit.of(found.limit),
            updated_at=found.updated_at,
        )


@strawberry.input(
    description="What is about to be done: a model call, images, or so much of a unit of your own."
)
class IntendedAction:
    provider: str = strawberry.field(default="", description="For example `openai`.")
    model: str = strawberry.field(default="", description="The model's name.")
    input_tokens: BigInt = strawberry.field(default=BigInt(0), description="Tokens in.")
    output_tokens: BigInt = strawberry.field(default=BigInt(0), description="Tokens out.")
    cached_input_tokens: BigInt = strawberry.field(default=BigInt(0), description="Part of the input.")
    cache_write_tokens: BigInt = strawberry.field(default=BigInt(0), description="Part of the input.")
    unit_type: str | None = strawberry.field(
        default=None, description="`images`, or a unit of your own that prices name."
    )
    quantity: Decimal | None = strawberry.field(default=None, description="How much of the unit.")
    image_size: str | None = strawberry.field(default=None, description="For example `1024x1024`.")
    image_quality: str | None = strawberry.field(default=None, description="For example `hd`.")
    credits: Decimal | None = strawberry.field(
        default=None, description="What it takes, instead of what your prices say."
    )

    def intent(self) -> domain.Intent:
        return domain.Intent(
            self.provider,
            self.model,
            Usage(
                input_tokens=int(self.input_tokens),
                output_tokens=int(self.output_tokens),
                cached_input_tokens=int(self.cached_input_tokens),
                cache_write_tokens=int(self.cache_write_tokens),
            ),
            self.unit_type,
            self.quantity,
            self.image_size,
            self.image_quality,
            self.credits,
        )


@strawberry.type(description="Something that can be used up.")
class DecisionBound:
    scope: str = strawberry.field(
        description="What it is: plan, entitlement, wallet, or whose budget: api_key, user, team or customer."
    )
    scope_id: str = strawberry.field(description="Which; empty where there is no wallet.")
    unit: LimitUnit = strawberry.field(description="What it counts.")
    limit: Decimal | None = strawberry.field(description="Null where only what is left is known.")
    remaining: Decimal = strawberry.field(description="What is left.")
    is_hard: bool = strawberry.field(description="Whether it refuses, or is only told about.")
    reset_time: datetime | None = strawberry.field(description="When it begins anew; null is never.")

    @classmethod
    def of(cls, bound: domain.Bound) -> "DecisionBound":
        prefix = {"wallet": "wal", "api_key": "key"}.get(bound.kind)
        return cls(
            scope=bound.kind,
            scope_id=ids.encode(prefix, UUID(bound.id)) if prefix and bound.id else bound.id,
            unit=bound.unit,
            limit=bound.limit,
            remaining=max(ZERO, bound.remaining),
            is_hard=bound.is_hard,
            reset_time=bound.resets_at,
        )


@strawberry.type(description="Whether a customer may go on, as of about a second ago.")
class EntitlementDecision:
    allowed: bool = strawberry.field(description="Whether nothing stands against it.")
    reason: Reason = strawberry.field(description="Why, or why not.")
    limiting: DecisionBound | None = strawberry.field(
        description="What refuses or, where nothing does, will be the first to."
    )
    estimated_credits: Decimal | None = strawberry.field(
        description="What the action takes; null where no rule says it."
    )
    estimated_cost_usd: Decimal | None = strawberry.field(
        description="What the model costs; null where no price is known."
    )
    actions: list[Mend] = strawberry.field(description="What helps against a refusal.")
    limits: list[DecisionBound] = strawberry.field(description="Everything that counts.")

    @classmethod
    def of(cls, decision: domain.Decision) -> "EntitlementDecision":
        tightest = decision.tightest
        return cls(
            allowed=decision.is_allowed,
            reason=decision.reason,
            limiting=None if tightest is None else DecisionBound.of(tightest),
            estimated_credits=decision.estimate.credits,
            estimated_cost_usd=decision.estimate.cost_usd,
            actions=list(decision.mends),
            limits=[DecisionBound.of(bound) for bound in decision.bounds],
        )


@strawberry.type(description="A feature flag of the installation, as it is for an org.")
class FeatureFlag:
    key: str = strawberry.field(description="Its name.")
    description: str = strawberry.field(description="What it switches.")
    is_enabled: bool = strawberry.field(description="Whether it is on for the org.")
    reason: FlagReason = strawberry.field(description="What decides that.")
    is_permitted: bool = strawberry.field(
        description="Whether the org's plan includes it, so that the org may switch it."
    )
    plans: list[str] | None = strawberry.field(description="The plans that include it; null: all.")

    @classmethod
    def of(cls, state: domain.FlagState) -> "FeatureFlag":
        return cls(
            key=state.flag.key,
            description=state.flag.description,
            is_enabled=state.is_enabled,
            reason=state.reason,
            is_permitted=state.is_permitted,
            plans=None if state.flag.plans is None else list(state.flag.plans),
        )


def period_of(period: LimitPeriod) -> Period:
    return Period(str(period.value))
