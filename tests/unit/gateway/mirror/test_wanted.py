"""What LiteLLM is told of a key, and whether it knows it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from app.apikeys.standing import Standing
from app.apikeys.types import ApiKey
from app.core.ids import ApiKeyId, OrgId, WorkspaceId
from app.core.principal import Environment, Permission
from app.credits.types import KeyBudget, Period
from app.gateway.mirror import wanted
from app.gateway.mirror.wanted import Wanted

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY = ApiKey(
    ApiKeyId(UUID(int=1)),
    OrgId(UUID(int=2)),
    WorkspaceId(UUID(int=3)),
    "server",
    "public",
    frozenset({Permission.GATEWAY_USE}),
    NOW,
)
CENT = Decimal("0.01")


def of(*budgets: KeyBudget, price: Decimal | None = CENT, agreed: int | None = 120, **fields: Any) -> Wanted:
    return wanted.of(Standing(replace(KEY, **fields), "live", "FREE@1", agreed), budgets, price)


def budget(period: Period, amount: int, environment: Environment = "live") -> KeyBudget:
    return KeyBudget(environment, period, Decimal(amount))


def told(due: Wanted, **changes: Any) -> dict[str, Any]:
    """As LiteLLM tells what it was told."""
    end = due.expires_at
    return {
        **wanted.creation(due, "sk-lk-x", now=NOW),
        "expires": None if end is None else end.isoformat().replace("+00:00", "Z"),
        **changes,
    }


class TestOf:
    def test_says_limits_as_they_are_enforced_here(self) -> None:
        found = wanted.fields(
            of(tokens_per_minute=9_000, allowed_models=("litellm/gpt-4o*", "claude-*", "*"))
        )
        assert found == {
            "key_alias": wanted.alias(KEY.id),
            "models": ["gpt-4o*", "claude-*", "*"],
            "rpm_limit": 120,
            "tpm_limit": 9_000,
            "max_budget": None,
            "budget_duration": None,
            "budget_limits": [],
        }
        assert wanted.alias(KEY.id).startswith("key_")

    def test_has_the_plans_requests_where_no_others_are_agreed_on(self) -> None:
        assert of(agreed=None).rpm_limit == 60

    @pytest.mark.parametrize(
        ("period", "duration"),
        [(Period.DAY, "1d"), (Period.WEEK, "7d"), (Period.MONTH, "1mo"), (Period.TOTAL, None)],
    )
    def test_says_a_budget_in_dollars_at_the_price_of_a_credit(
        self, period: Period, duration: str | None
    ) -> None:
        found = wanted.fields(of(budget(period, 250)))
        assert (found["max_budget"], found["budget_duration"], found["budget_limits"]) == (2.5, duration, [])

    def test_says_several_the_longest_first(self) -> None:
        found = wanted.fields(of(budget(Period.DAY, 100), budget(Period.MONTH, 2_000)))
        assert (found["max_budget"], found["budget_duration"]) == (20.0, "1mo")
        assert found["budget_limits"] == [{"budget_duration": "1d", "max_budget": 1.0}]

    def test_says_none_where_a_credit_has_no_price_nor_of_the_other_environment(self) -> None:
        assert of(budget(Period.DAY, 100), price=None).budgets == ()
        assert of(budget(Period.DAY, 100, "test")).budgets == ()


class TestIsEqual:
    def test_where_it_was_told_so(self) -> None:
        due = of(
            budget(Period.DAY, 100),
            budget(Period.MONTH, 333),
            expires_at=NOW + timedelta(days=9),
            tokens_per_minute=5,
        )
        assert wanted.is_equal(due, told(due))
        as_kept = [{"budget_duration": "1d", "max_budget": 1.0, "reset_at": "2026-11-21T00:00:00Z"}]
        assert wanted.is_equal(due, told(due, budget_limits=as_kept))
        as_text = '[{"budget_duration": "1d", "max_budget": 1.0, "reset_at": "2026-11-21T00:00:00Z"}]'
        assert wanted.is_equal(due, told(due, budget_limits=as_text))
        late = (NOW + timedelta(days=9, seconds=40)).replace(tzinfo=None).isoformat()
        assert wanted.is_equal(due, told(due, expires=late))

    @pytest.mark.parametrize(
        "change",
        [
            {"models": ["gpt-4o"]},
            {"rpm_limit": None},
            {"tpm_limit": 6},
            {"max_budget": 3.33001},
            {"max_budget": None},
            {"budget_duration": "30d"},
            {"budget_limits": None},
            {"budget_limits": [{"time_period": "1d", "budget_limit": 1.0}]},
            {"budget_limits": "no JSON"},
            {"models": 7},
            {"expires": "some day"},
            {"budget_limits": [{"budget_duration": "1d", "max_budget": 2.0}]},
            {"metadata": {}},
            {"metadata": None},
            {"blocked": True},
            {"expires": None},
            {"expires": "2026-11-21T00:00:00Z"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_is_not_where_anything_differs(self, change: dict[str, Any]) -> None:
        due = of(
            budget(Period.DAY, 100),
            budget(Period.MONTH, 333),
            expires_at=NOW + timedelta(days=9),
            tokens_per_minute=5,
        )
        assert not wanted.is_equal(due, told(due, **change))

    def test_is_not_where_an_end_was_taken_away(self) -> None:
        due = of()
        assert not wanted.is_equal(due, told(due, expires="2026-11-21T00:00:00Z"))


class TestUpdate:
    def test_keeps_what_others_noted(self) -> None:
        due = of()
        info = told(due, metadata={"team": "core", "launchkit_key": "key_other"})
        assert wanted.update(due, info, "sk-lk-x", now=NOW)["metadata"] == {
            "team": "core",
            **wanted.creation(due, "sk-lk-x", now=NOW)["metadata"],
        }

    def test_moves_an_end_only_where_it_differs(self) -> None:
        due = of(expires_at=NOW + timedelta(seconds=100))
        assert "duration" not in wanted.update(due, told(due), "sk-lk-x", now=NOW)
        moved = wanted.update(due, told(due, expires=None), "sk-lk-x", now=NOW)
        assert moved["duration"] == "100s"
        endless = of()
        info = told(endless, expires="2026-11-21T00:00:00Z")
        assert wanted.update(endless, info, "sk-lk-x", now=NOW)["duration"] is None
