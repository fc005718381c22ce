"""Cursors of events: exact, and nobody else's."""

from datetime import UTC, datetime
from uuid import UUID

import hypothesis
from hypothesis import strategies as st

from app.analytics import cursors
from app.analytics.cursors import Position

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


class TestDecode:
    @hypothesis.given(MOMENTS, st.uuids())
    def test_gives_back_what_was_encoded_to_the_microsecond(self, at: datetime, row: UUID) -> None:
        position = Position(at, row)
        assert cursors.decode(cursors.encode(position)) == position

    @hypothesis.given(st.text())
    def test_knows_no_other_text(self, text: str) -> None:
        found = cursors.decode(text)
        assert found is None or cursors.encode(found) == text
