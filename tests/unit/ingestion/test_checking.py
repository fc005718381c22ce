"""Which events can be counted."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from app.ingestion import checking
from app.ingestion.types import Event, Rules

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TOKENS = {"event_type": "TOKEN_USAGE", "provider": "openai", "model": "gpt-4o"}
CUSTOM = {"event_type": "CUSTOM", "unit_type": "pages", "quantity": 1}


def wrong(**given: Any) -> list[tuple[str, str]]:
    event = msgspec.convert({"event_id": "e", **given}, Event)
    return [
        (error.field, error.code)
        for error in checking.errors_of(event, now=NOW, rules=Rules(), is_backfill=False)
    ]


class TestErrorsOf:
    @pytest.mark.parametrize(
        "good",
        [
            TOKENS,
            {**TOKENS, "event_type": "token_usage"},
            {**TOKENS, "event_type": "IMAGE_GENERATION", "image_count": 1},
            CUSTOM,
            {**CUSTOM, "quantity": 0},
            {"event_type": "ANYTHING"},
            {"voids": "x"},
            {**TOKENS, "supersedes": "x"},
        ],
    )
    def test_finds_none_in_what_can_be_counted(self, good: dict[str, Any]) -> None:
        assert wrong(**good) == []

    def test_finds_everything_that_is_missing(self) -> None:
        assert wrong() == [("event_type", "required")]
        assert wrong(event_type="TOKEN_USAGE") == [("provider", "required"), ("model", "required")]
        assert wrong(event_type="IMAGE_GENERATION", provider="o", model="m") == [("image_count", "required")]
        assert wrong(event_type="CUSTOM") == [("unit_type", "required"), ("quantity", "required")]

    def test_wants_no_images_where_nobody_would_charge_for_them(self) -> None:
        images = {**TOKENS, "event_type": "IMAGE_GENERATION", "image_count": 2}
        assert wrong(**TOKENS, image_count=2) == [("image_count", "unexpected")]
        assert wrong(**CUSTOM, image_count=2) == [("image_count", "unexpected")]
        assert wrong(event_type="page_view", image_count=2) == [("image_count", "unexpected")]
        assert wrong(**images, quantity=7) == [("quantity", "unexpected")]
        assert wrong(**images, quantity=2) == []

    @pytest.mark.parametrize("quantity", ["-1", "NaN", "Infinity", "1000000001"])
    def test_wants_quantities_that_can_be_added(self, quantity: str) -> None:
        assert wrong(**{**CUSTOM, "quantity": quantity}) == [("quantity", "out_of_range")]

    def test_wants_parts_within_the_whole(self) -> None:
        assert wrong(**TOKENS, input_tokens=9, cached_input_tokens=5, cache_write_tokens=5) == [
            ("input_tokens", "less_than_parts")
        ]
        assert wrong(**TOKENS, output_tokens=9, reasoning_tokens=10) == [("output_tokens", "less_than_parts")]

    @pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    def test_survives_the_ends_of_the_calendar(self, at: str) -> None:
        assert [field for field, _ in wrong(**TOKENS, timestamp=at)] == ["timestamp"]

    def test_bounds_properties(self) -> None:
        deep: dict[str, Any] = {}
        for _ in range(5):
            deep = {"a": deep}
        assert wrong(**TOKENS, properties=deep) == [("properties", "too_deep")]
        assert wrong(**TOKENS, properties=deep["a"]) == []
        assert wrong(**TOKENS, properties={"a": "x" * 8_200}) == [("properties", "too_large")]

    def test_wants_one_correction_of_another_event(self) -> None:
        assert wrong(voids="x", supersedes="y") == [("voids", "invalid")]
        assert wrong(voids="e") == [("voids", "invalid")]
        assert wrong(**TOKENS, supersedes="e") == [("supersedes", "invalid")]
