"""An org's name in addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity import slugs


class TestSuggest:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Acme", "acme"),
            ("Paragraph Legal, Inc.", "paragraph-legal-inc"),
            ("  Crème & Brûlée  ", "creme-brulee"),
            ("X", "org-x"),
            ("日本", "org"),
            ("a" * 200, "a" * 63),
        ],
    )
    def test_follows_the_name(self, name: str, slug: str) -> None:
        assert slugs.suggest(name) == slug

    @given(st.text(max_size=200))
    def test_is_valid_whatever_the_name(self, name: str) -> None:
        assert slugs.is_valid(slugs.suggest(name))
        assert slugs.is_valid(slugs.vary(slugs.suggest(name)))


class TestVary:
    def test_keeps_the_beginning_and_differs_each_time(self) -> None:
        varied = {slugs.vary("acme") for _ in range(100)}

        assert len(varied) == 100
        assert all(slug.startswith("acme-") for slug in varied)


class TestIsValid:
    @pytest.mark.parametrize("slug", ["abc", "a-b", "a1-b2-c3", "a" * 63])
    def test_of_letters_digits_and_single_hyphens(self, slug: str) -> None:
        assert slugs.is_valid(slug)

    @pytest.mark.parametrize(
        "slug", ["", "ab", "Abc", "a--b", "-ab", "ab-", "a b", "a_b", "äbc", "abc\n", "a" * 64]
    )
    def test_of_nothing_else(self, slug: str) -> None:
        assert not slugs.is_valid(slug)
