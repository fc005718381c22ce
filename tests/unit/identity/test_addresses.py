"""What an e-mail address looks like."""

import pytest

from app.identity import addresses


class TestIsValid:
    @pytest.mark.parametrize(
        "text",
        [
            "a@b",
            "ada@x.example",
            "Ada.Lovelace+bills@sub.x-y.example",
            "o'hara_{}~@x.example",
            f"{'a' * 64}@{'b' * 63}.example",
        ],
    )
    def test_accepts_what_browsers_accept(self, text: str) -> None:
        assert addresses.is_valid(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "@",
            "ada",
            "ada@",
            "@x.example",
            "ada@x..example",
            "ada@.example",
            "ada@x.example.",
            "ada@-x.example",
            "ada@x-.example",
            "a b@x.example",
            "ada@x.example ",
            "ada@x.example\n",
            "ada@x.example\r\nBcc: eve@x.example",
            "ada\0@x.example",
            "Ada <ada@x.example>",
            "ada@x.example,eve@x.example",
            "ada@[127.0.0.1]",
            "адa@x.example",
            f"{'a' * 65}@x.example",
            f"ada@{'b' * 64}.example",
            f"ada@{'.'.join(['b' * 60] * 5)}",
        ],
    )
    def test_refuses_what_could_be_something_else(self, text: str) -> None:
        assert not addresses.is_valid(text)
