"""Reserving what a customer is about to use: checked and held in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core import ids
from app.core.errors import FieldError, InvalidInput, LaunchKitError
from app.core.ids import HoldId, OrgId, WalletId
from app.core.principal import Permission, Principal
from app.credits import requests
from app.credits.errors import BudgetExceeded, InsufficientCredits
from app.credits.standing import CustomerKey
from app.credits.types import DEFAULT_LEASE, MAX_LEASE, Refusal, Scope, ScopeKind, check_amount
from app.entitlements import bounds
from app.entitlements import desk as desks
from app.entitlements.desk import Desk
from app.entitlements.errors import (
    FeatureDisabled,
    NotEntitled,
    QuotaExceeded,
)
from app.entitlements.types import (
    Estimate,
    LimitUnit,
    Question,
    Reservation,
)
from app.idempotency.errors import KeyReused
from app.infra import db
from app.infra.db import Row

_RESERVE = """
SELECT (r).* FROM (
    SELECT entitlement_reserve($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS r OFFSET 0
) AS one
"""


@dataclass(frozen=True, slots=True)
class Reserve:
    """`lease` is how long the credit is set aside if nobody settles or releases the hold."""

    question: Question
    lease: timedelta = DEFAULT_LEASE
    idempotency_key: str | None = None

    def validate(self) -> None:
        self.question.validate()
        if not timedelta(seconds=1) <= self.lease <= MAX_LEASE:
            mend = f"Use 1 to {int(MAX_LEASE.total_seconds())}."
            raise InvalidInput([FieldError("lease_seconds", "out_of_range", mend)])

    def body(self) -> Mapping[str, Any]:
        """What the same idempotency key must say again."""
        question = self.question
        return {
            "customer": question.customer,
            "feature": question.feature,
            "user": question.user,
            "intent": repr(question.intent),
            "lease": self.lease.total_seconds(),
        }


async def reserve(
    principal: Principal, org_id: OrgId, *, desk: Desk, command: Reserve, now: datetime
) -> Reservation:
    """Checks against the database and holds, in one statement: what it gives, nobody else is given.

    Raises `NotEntitled`, `FeatureDisabled`, `QuotaExceeded`, `BudgetExceeded`, `InsufficientCredits`, `InvalidInput`
    where nothing says what the action takes, `CustomerNotFound` for an id of ours that is none, and `KeyReused`.
    """
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    command.validate()
    question = await desk.named(org_id, command.question)
    key, fingerprint = requests.operation_key(principal, "reserve", command.idempotency_key, command.body())
    tier = await desk.tier(org_id, principal.environment, question.customer)
    estimate = await desk.estimate(org_id, question, tier=tier, now=now)
    _require_amount(estimate)
    # The customer and its team are added where the terms are read.
    scopes = [s for s in desks.scopes(access, question, None) if s.kind != ScopeKind.CUSTOMER]
    row = await db.fetchrow(
        _RESERVE,
        ids.uuid7(),
        access.org_id,
        principal.environment,
        question.customer,
        question.feature,
        key,
        estimate.credits,
        estimate.tokens,
        [scope.kind for scope in scopes],
        [scope.id for scope in scopes],
        now + command.lease,
        now,
        fingerprint,
    )
    assert row is not None
    desk.forget_customer(CustomerKey(access.org_id, principal.environment, question.customer))
    if row["outcome"] not in ("held", "replayed"):
        raise refusal(row, estimate)
    return Reservation(
        HoldId(row["hold_id"]),
        row["amount"],
        row["lease_expires_at"],
        estimate,
        is_replay=row["outcome"] == "replayed",
    )


def _require_amount(estimate: Estimate) -> None:
    if estimate.credits is None:
        mend = "No burn rule says what this takes: name `credits`, or publish a rule."
        raise InvalidInput([FieldError("action", "unrated", mend)])
    if errors := check_amount(estimate.credits, name="action"):
        if estimate.credits == 0:
            mend = "Say what is about to be done, for example provider, model and tokens, or name `credits`."
            errors = [FieldError("action", "nothing_to_hold", mend)]
        raise InvalidInput(errors)


def refusal(row: Row, estimate: Estimate) -> LaunchKitError:
    """What a row of `entitlement_result` says that is neither held nor replayed."""
    assert estimate.credits is not None
    match row["outcome"]:
        case "not_entitled":
            return NotEntitled()
        case "feature_disabled":
            return FeatureDisabled()
        case "insufficient":
            wallet_id = row["wallet_id"] and WalletId(row["wallet_id"])
            return InsufficientCredits(
                Refusal(estimate.credits, available=row["available"], wallet_id=wallet_id)
            )
        case "budget_exceeded":
            return BudgetExceeded(
                Refusal(
                    estimate.credits,
                    available=row["available"],
                    scope=Scope(ScopeKind(row["scope_kind"]), row["scope_id"]),
                    limit=row["limit_amount"],
                    resets_at=row["resets_at"],
                )
            )
        case "quota_exceeded":
            unit = LimitUnit(row["unit"])
            return QuotaExceeded(
                scope="plan" if row["scope_kind"] == "plan" else "entitlement",
                scope_id=row["scope_id"],
                unit=unit,
                limit=row["limit_amount"],
                available=row["available"],
                needed=bounds.needed(unit, estimate),
                resets_at=row["resets_at"],
            )
        case _:
            return KeyReused()
