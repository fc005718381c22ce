from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from app.core.config import Settings
from app.infra import db, literals

# PostgreSQL keeps no NUL in text, and nothing that is no character.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
HARD = ["", "NULL", "null", '"', "\\", "\\x00", "{a,b}", " a ", "\n\t\r\x01\x7f", "a,b", "é\u2028😀", "'"]


class TestArray:
    @pytest.mark.parametrize(
        ("kind", "column"),
        [
            ("text", HARD),
            ("text", [*HARD, None]),
            ("text", [None, "a"]),
            ("bigint", [1, None, -(2**62)]),
            ("uuid", [UUID(int=7), None]),
            (
                "timestamptz",
                [datetime(2026, 11, 20, 1, 2, 3, 4, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)],
            ),
            ("timestamptz", [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=1), None]),
        ],
    )
    async def test_is_read_as_it_was(self, settings: Settings, kind: str, column: Sequence[object]) -> None:
        del settings

        assert await db.fetchval(f"SELECT $1::text::{kind}[]", literals.array(column)) == column

    async def test_leaves_out_what_says_nothing(self) -> None:
        assert literals.array([None, None]) is None

    @profile(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(columns=st.lists(st.lists(st.none() | TEXT, min_size=1).filter(any), min_size=1, max_size=20))
    async def test_holds_whatever_clients_write(
        self, settings: Settings, columns: list[list[str | None]]
    ) -> None:
        del settings

        for column in columns:
            assert await db.fetchval("SELECT $1::text::text[]", literals.array(column)) == column
