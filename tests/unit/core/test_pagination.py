"""Keyset pagination."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import pagination
from app.core.errors import InvalidInput
from app.core.pagination import DEFAULT_PAGE, MAX_PAGE, Page, PageRequest

CURSOR = pagination.encode_cursor(UUID("01890a5d-ac96-774b-bcce-b302099a8057"))


class TestParse:
    def test_takes_its_defaults(self) -> None:
        assert PageRequest.parse(None, None) == PageRequest(DEFAULT_PAGE, None)

    @given(st.uuids())
    def test_reads_its_own_cursors(self, position: UUID) -> None:
        assert PageRequest.parse(5, pagination.encode_cursor(position)) == PageRequest(5, position)

    @pytest.mark.parametrize("first", [1, 2, MAX_PAGE])
    def test_accepts_a_page_within_the_bounds(self, first: int) -> None:
        assert PageRequest.parse(first, None).first == first

    @pytest.mark.parametrize("first", [0, -1, MAX_PAGE + 1, 10**12])
    def test_refuses_a_page_beyond_the_bounds(self, first: int) -> None:
        with pytest.raises(InvalidInput) as raised:
            PageRequest.parse(first, None, field="limit")

        assert [error.field for error in raised.value.field_errors] == ["limit"]

    @pytest.mark.parametrize(
        "cursor",
        [
            "",
            "x",
            "!!!!",
            "é",
            "\x00",
            CURSOR[:-1],
            CURSOR + "A",
            CURSOR + "=",
            f" {CURSOR}",
            f"!{CURSOR}",
            CURSOR * 2,
        ],
    )
    def test_refuses_a_cursor_that_is_not_its_own(self, cursor: str) -> None:
        with pytest.raises(InvalidInput) as raised:
            PageRequest.parse(None, cursor)

        assert [error.code for error in raised.value.field_errors] == ["invalid_cursor"]

    @given(st.text(max_size=40))
    def test_answers_any_text_with_a_position_or_a_refusal(self, cursor: str) -> None:
        try:
            position = PageRequest.parse(None, cursor).after
        except InvalidInput:
            return
        assert position is not None
        assert pagination.encode_cursor(position) == cursor

    def test_names_everything_that_is_wrong_at_once(self) -> None:
        with pytest.raises(InvalidInput) as raised:
            PageRequest.parse(0, "?")

        assert [error.field for error in raised.value.field_errors] == ["first", "cursor"]


class TestPage:
    def test_keeps_the_extra_row_to_itself(self) -> None:
        page = Page.of([3, 2, 1], PageRequest(2))

        assert list(page.items) == [3, 2]
        assert page.has_next

    @pytest.mark.parametrize("rows", [[], [1], [2, 1]])
    def test_ends_where_no_extra_row_came(self, rows: list[int]) -> None:
        page = Page.of(rows, PageRequest(2))

        assert list(page.items) == rows
        assert not page.has_next

    def test_maps_its_items_and_keeps_whether_more_follow(self) -> None:
        page = Page([1, 2], True).map(str)

        assert list(page.items) == ["1", "2"]
        assert page.has_next
