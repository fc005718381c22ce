"""The text of an API key."""

import string
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.apikeys import format as key_format

ENVIRONMENTS: st.SearchStrategy[Literal["live", "test"]] = st.sampled_from(["live", "test"])
TYPED = string.ascii_letters + string.digits + "_-. \nüé٣"


@st.composite
def keys(draw: st.DrawFn) -> str:
    """Any key, as far as its alphabet allows; `generate` draws from the system's randomness instead."""
    crockford = st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz")
    public_id = "".join(draw(st.lists(crockford, min_size=16, max_size=16)))
    secret = "".join(draw(st.lists(crockford, min_size=52, max_size=52)))
    body = f"lk_{draw(ENVIRONMENTS)}_pk_{public_id}_{secret}"
    return body + key_format._checksum(body)


class TestGenerate:
    @pytest.mark.parametrize("environment", ["live", "test"])
    def test_comes_back_from_parse(self, environment: Literal["live", "test"]) -> None:
        for _ in range(50):
            token, parsed = key_format.generate(environment)

            assert token.startswith(f"lk_{environment}_pk_")
            assert key_format.looks_like_key(token)
            assert key_format.parse(token) == parsed
            assert parsed.environment == environment

    def test_has_256_random_bits_in_the_secret(self) -> None:
        parsed = [key_format.generate("live")[1] for _ in range(200)]

        assert {len(key.secret) for key in parsed} == {52}  # 5 bits each
        assert len({key.secret for key in parsed}) == len({key.public_id for key in parsed}) == 200


class TestParse:
    @given(keys())
    def test_finds_the_parts(self, token: str) -> None:
        parsed = key_format.parse(token)

        assert parsed is not None
        body = f"lk_{parsed.environment}_pk_{parsed.public_id}_{parsed.secret}"
        assert token[:-7] == body

    @given(keys(), st.data())
    def test_refuses_any_single_wrong_character(self, token: str, data: st.DataObject) -> None:
        position = data.draw(st.integers(min_value=0, max_value=len(token) - 1))
        typed = data.draw(st.sampled_from(TYPED).filter(lambda char: char != token[position]))

        assert key_format.parse(token[:position] + typed + token[position + 1 :]) is None

    @given(keys(), st.data())
    def test_refuses_two_neighbours_swapped(self, token: str, data: st.DataObject) -> None:
        position = data.draw(st.integers(min_value=0, max_value=len(token) - 2))
        swapped = token[:position] + token[position + 1] + token[position] + token[position + 2 :]

        assert (key_format.parse(swapped) is None) == (swapped != token)

    @given(keys(), st.data())
    def test_refuses_a_character_too_few_or_too_many(self, token: str, data: st.DataObject) -> None:
        position = data.draw(st.integers(min_value=0, max_value=len(token) - 1))

        assert key_format.parse(token[:position] + token[position + 1 :]) is None
        assert key_format.parse(token[:position] + "0" + token[position:]) is None
        assert key_format.parse(token.upper()) is None

    def test_refuses_the_prefix_of_the_other_environment(self) -> None:
        token, _ = key_format.generate("live")

        assert key_format.parse(token.replace("lk_live_", "lk_test_")) is None

    @pytest.mark.parametrize("environment", ["prod", "LIVE", ""])
    def test_refuses_a_prefix_of_no_environment_even_with_a_right_checksum(self, environment: str) -> None:
        _, parsed = key_format.generate("live")
        body = f"lk_{environment}_pk_{parsed.public_id}_{parsed.secret}"

        assert key_format.parse(body + key_format._checksum(body)) is None

    @given(st.text(max_size=120))
    def test_never_raises(self, text: str) -> None:
        assert key_format.parse(text) is None
        assert key_format.parse("lk_live_pk_" + text) is None


class TestLooksLikeKey:
    @pytest.mark.parametrize("token", ["", "eyJhbGciOiJIUzI1NiJ9.e30.x", "sk_live_123", "Lk_live_x"])
    def test_leaves_other_tokens_to_others(self, token: str) -> None:
        assert not key_format.looks_like_key(token)
