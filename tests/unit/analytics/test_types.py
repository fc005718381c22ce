"""What makes no sense as a question, and what figures come to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from app.analytics.types import Dimension, Figures, Granularity, UsageQuestion
from app.core.errors import InvalidInput

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = UsageQuestion(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))


class TestQuestion:
    def fields(self, question: UsageQuestion) -> list[str]:
        with pytest.raises(InvalidInput) as raised:
            question.validate()
        return [f"{error.field}:{error.code}" for error in raised.value.field_errors]

    def test_names_everything_that_is_wrong_at_once(self) -> None:
        naive = datetime(2026, 11, 20)  # noqa: DTZ001 - what a careless client sends
        question = UsageQuestion(naive, naive, group_by=[Dimension.MODEL] * 2)

        assert self.fields(question) == ["from:naive_time", "to:naive_time", "group_by:invalid"]

    def test_refuses_an_empty_range(self) -> None:
        assert self.fields(UsageQuestion(NOW, NOW)) == ["to:empty_range"]
        assert self.fields(UsageQuestion(NOW, NOW - timedelta(days=1))) == ["to:empty_range"]

    def test_refuses_more_steps_than_anybody_can_look_at(self) -> None:
        question = UsageQuestion(NOW, NOW + timedelta(hours=5_001), Granularity.HOUR)

        assert self.fields(question) == ["granularity:too_fine"]
        replace(question, granularity=Granularity.DAY).validate()
        replace(question, end=NOW + timedelta(hours=5_000)).validate()

    def test_refuses_four_dimensions(self) -> None:
        assert self.fields(replace(DAY, group_by=list(Dimension)[:4])) == ["group_by:invalid"]
        replace(DAY, group_by=list(Dimension)[:3]).validate()

    @pytest.mark.parametrize("offset", [-14, 0, 14])
    def test_refuses_the_ends_of_the_calendar(self, offset: int) -> None:
        zone = timezone(timedelta(hours=offset))
        first = datetime(1, 1, 1, tzinfo=zone)
        last = datetime(9999, 12, 31, 23, 30, tzinfo=zone)

        assert self.fields(UsageQuestion(first, last)) == ["from:out_of_range", "to:out_of_range"]
        assert self.fields(UsageQuestion(last - timedelta(hours=1), last, Granularity.HOUR)) == [
            "from:out_of_range",
            "to:out_of_range",
        ]

    def test_refuses_a_top_of_nothing(self) -> None:
        by_model = replace(DAY, group_by=[Dimension.MODEL])

        assert self.fields(replace(DAY, top=3)) == ["top:ungrouped"]
        assert self.fields(replace(by_model, top=0)) == ["top:out_of_range"]
        assert self.fields(replace(by_model, top=101)) == ["top:out_of_range"]
        replace(by_model, top=100).validate()

    def test_refuses_a_filter_of_nothing_and_one_of_too_much(self) -> None:
        assert self.fields(replace(DAY, where={Dimension.MODEL: []})) == ["model:out_of_range"]
        assert self.fields(replace(DAY, where={Dimension.MODEL: ["m"] * 101})) == ["model:out_of_range"]
        assert self.fields(replace(DAY, where={Dimension.USER: ["a\0"]})) == ["user:nul_character"]


class TestFigures:
    def test_are_exact_however_large(self) -> None:
        """Sums have up to thirty digits; a margin in per cent of next to no revenue has more."""
        large, small = Decimal("999999999999999999"), Decimal("0.000000000001")
        total = Figures(cost_usd=large).plus(Figures(cost_usd=small, revenue_usd=small))

        assert total.cost_usd == Decimal("999999999999999999.000000000001")
        assert total.margin_usd == Decimal("-999999999999999999")
        assert total.margin_percent == Decimal("-99999999999999999900000000000000.00")
