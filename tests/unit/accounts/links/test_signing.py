"""Tokens that nobody can make up."""

import pytest

from app.accounts.links import signing
from app.accounts.links.errors import LinkInvalid
from app.accounts.links.purposes import Purpose
from app.core import ids
from app.core.ids import LinkId

KEY = b"k" * 32
LINK_ID = LinkId(ids.uuid7())


class TestToken:
    def test_is_the_same_whenever_it_is_made(self) -> None:
        assert signing.token(KEY, Purpose.VERIFY_EMAIL, LINK_ID) == signing.token(
            KEY, Purpose.VERIFY_EMAIL, LINK_ID
        )

    def test_can_stand_in_a_link_as_it_is(self) -> None:
        token = signing.token(KEY, Purpose.RESET_PASSWORD, LINK_ID)

        head, _, signature = token.partition(".")
        assert ids.decode("otl", head) == LINK_ID
        assert len(signature) == 43, "256 bits in base64"
        assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


class TestVerify:
    @pytest.mark.parametrize("purpose", Purpose)
    def test_finds_the_id_in_a_token(self, purpose: Purpose) -> None:
        assert signing.verify(KEY, purpose, signing.token(KEY, purpose, LINK_ID)) == LINK_ID

    def test_refuses_a_token_of_another_purpose(self) -> None:
        token = signing.token(KEY, Purpose.VERIFY_EMAIL, LINK_ID)

        with pytest.raises(LinkInvalid):
            signing.verify(KEY, Purpose.RESET_PASSWORD, token)

    def test_refuses_a_token_of_another_key(self) -> None:
        token = signing.token(b"x" * 32, Purpose.VERIFY_EMAIL, LINK_ID)

        with pytest.raises(LinkInvalid):
            signing.verify(KEY, Purpose.VERIFY_EMAIL, token)

    def test_refuses_the_signature_of_another_link(self) -> None:
        mine = signing.token(KEY, Purpose.VERIFY_EMAIL, LINK_ID)
        other = ids.encode("otl", ids.uuid7())

        with pytest.raises(LinkInvalid):
            signing.verify(KEY, Purpose.VERIFY_EMAIL, f"{other}.{mine.partition('.')[2]}")

    def test_refuses_every_change_of_a_character(self) -> None:
        token = signing.token(KEY, Purpose.VERIFY_EMAIL, LINK_ID)

        for place, char in enumerate(token):
            changed = token[:place] + ("A" if char != "A" else "B") + token[place + 1 :]
            with pytest.raises(LinkInvalid):
                signing.verify(KEY, Purpose.VERIFY_EMAIL, changed)

    @pytest.mark.parametrize("tail", ["", "=", " ", "\n", "A", ".", "\x00"])
    def test_refuses_a_token_that_is_only_nearly_one(self, tail: str) -> None:
        token = signing.token(KEY, Purpose.VERIFY_EMAIL, LINK_ID)

        with pytest.raises(LinkInvalid):
            signing.verify(KEY, Purpose.VERIFY_EMAIL, token[:-1] if not tail else token + tail)

    @pytest.mark.parametrize("token", ["", ".", "otl_", "ü.ü", "\ud800", "x" * 100_000, "user_0.x"])
    def test_refuses_nonsense(self, token: str) -> None:
        with pytest.raises(LinkInvalid):
            signing.verify(KEY, Purpose.VERIFY_EMAIL, token)
