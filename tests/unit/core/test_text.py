"""Text that can be kept."""

import pytest

from app.core import text


class TestStorable:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("", ""),
            ("plain \N{GRINNING FACE} text", "plain \N{GRINNING FACE} text"),
            ("a\0b", "ab"),
            ("\ud83d\ude00", "\N{GRINNING FACE}"),
            ("\ud83d", "\N{REPLACEMENT CHARACTER}"),
            ("a\ude00\ud83db", "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"),
        ],
    )
    def test_leaves_what_a_database_can_keep(self, given: str, kept: str) -> None:
        assert text.storable(given) == kept
