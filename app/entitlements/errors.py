"""What can go wrong with features, entitlements and flags."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.core.errors import Forbidden, Kind, LaunchKitError, NotFound
from app.core.money import to_text
from app.entitlements.types import Bound, LimitUnit
from app.limits.errors import Exhausted


class FeatureNotFound(NotFound):
    code = "feature_not_found"
    title = "There is no such feature; make it first."


class EntitlementNotFound(NotFound):
    code = "entitlement_not_found"
    title = "There is no such entitlement."


class FlagNotFound(NotFound):
    code = "feature_flag_not_found"
    title = "There is no such feature flag."


class FeatureExists(LaunchKitError):
    kind = Kind.CONFLICT
    code = "feature_exists"
    title = "There is a feature with this key already."


class NotEntitled(Forbidden):
    code = "not_entitled"
    title = "This customer is not entitled to the feature."


class FeatureDisabled(Forbidden):
    code = "feature_disabled"
    title = "The feature is switched off for this customer."


class FlagNotPermitted(LaunchKitError):
    kind = Kind.CONFLICT
    code = "feature_flag_not_in_plan"
    title = "Your plan does not include this; take a larger plan to switch it."


class StreamingNotInPlan(Exhausted):
    """Not raised: what stands beside live updates whose text is left out."""

    code = "streaming_not_in_plan"
    title = "Your plan does not send a job's text while it is written; the result comes when it ends. Upgrade for both."


class QuotaExceeded(Exhausted):
    """A plan's tokens or the limit of an entitlement are used up until `resets_at`; None is for good."""

    code = "quota_exceeded"
    title = "A quota does not allow this."

    def __init__(
        self,
        *,
        scope: str,
        scope_id: str,
        unit: LimitUnit,
        limit: Decimal,
        available: Decimal,
        needed: Decimal,
        resets_at: datetime | None,
    ) -> None:
        self.scope, self.scope_id, self.unit = scope, scope_id, unit
        self.limit, self.available, self.needed = limit, available, needed
        self.resets_at = resets_at
        whose = f"the plan {scope_id}" if scope == "plan" else f"the feature {scope_id}"
        wait = "" if resets_at is None else f", wait until {resets_at:%Y-%m-%dT%H:%M:%SZ}"
        super().__init__(
            f"{to_text(needed)} {unit.value} would exceed the limit of {to_text(limit)} of {whose}; "
            f"{to_text(available)} are left: upgrade{wait}."
        )

    @classmethod
    def of(cls, bound: Bound) -> "QuotaExceeded":
        return cls(
            scope=bound.kind,
            scope_id=bound.id,
            unit=bound.unit,
            limit=bound.limit or Decimal(0),
            available=max(Decimal(0), bound.remaining),
            needed=bound.needed,
            resets_at=bound.resets_at,
        )

    @property
    def members(self) -> Mapping[str, Any]:
        return {
            "scope": {"kind": self.scope, "id": self.scope_id},
            "resets_at": self.resets_at,
            "available": to_text(self.available),
            "needed": to_text(self.needed),
            "unit": self.unit.value,
            "actions": ["upgrade"] if self.resets_at is None else ["upgrade", "wait"],
        }
