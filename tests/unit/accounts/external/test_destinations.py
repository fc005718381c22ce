"""Where a browser may be sent."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.external import destinations
from app.core.errors import InvalidInput

HERE = "https://app.example/auth/acme/callback"
# What browsers take for something else than it seems.
TRICKS = st.text(st.sampled_from("/\\.:@?#%\t\n\r evilcom\u2044\uff0f"), max_size=30)


class TestCheck:
    @pytest.mark.parametrize(
        "path", ["/", "/a", "/a/b?c=//d#//e", "/a?next=https://x.example", "/%5C%2F", "/a:b@c"]
    )
    def test_takes_a_path_of_ours(self, path: str) -> None:
        assert destinations.check(path, field="return_to") == path

    @pytest.mark.parametrize("path", [None, ""])
    def test_leads_to_the_start_where_none_is_given(self, path: str | None) -> None:
        assert destinations.check(path, field="return_to") == "/"

    @pytest.mark.parametrize(
        "path",
        [
            "//evil.example",
            "///evil.example",
            "/a//evil.example",
            "/.//evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "evil.example",
            "?a",
            "#a",
            "/\\evil.example",
            "\\/evil.example",
            "/a\\b",
            "/\t/evil.example",
            "/\n/evil.example",
            "/a\r\nSet-Cookie: a=b",
            " /a",
            "/a b",
            "/\x00",
            "/\u2044evil.example",
            "/\u00e9",
            "/" + "a" * destinations.MAX_LENGTH,
        ],
    )
    def test_refuses_what_leads_elsewhere(self, path: str) -> None:
        with pytest.raises(InvalidInput) as raised:
            destinations.check(path, field="returnTo")
        assert [error.field for error in raised.value.errors] == ["returnTo"]

    @given(TRICKS | st.text(max_size=30))
    def test_never_lets_a_browser_leave(self, path: str) -> None:
        try:
            accepted = destinations.check(path, field="return_to")
        except InvalidInput:
            return
        # As browsers do before they read an address.
        read = accepted.replace("\\", "/").translate({9: None, 10: None, 13: None}).strip()
        assert urlsplit(urljoin(HERE, read)).netloc == "app.example"


class TestWithError:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("/", "/?auth_error=no"),
            ("/a?b=c", "/a?b=c&auth_error=no"),
            ("/a#b?c", "/a?auth_error=no#b?c"),
            ("/a?b#c", "/a?b&auth_error=no#c"),
        ],
    )
    def test_adds_the_code_to_the_query(self, path: str, expected: str) -> None:
        assert destinations.with_error(path, "no") == expected
