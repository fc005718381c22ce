"""The token of an invitation."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import InvitationId
from app.invitations.tokens import TokenSigner

SIGNER = TokenSigner.derive("k" * 32)
ONE = InvitationId(UUID("019309f0-5c00-7000-8000-000000000001"))
OTHER = InvitationId(UUID("019309f0-5c00-7000-8000-000000000002"))


class TestFind:
    @given(st.uuids())
    def test_knows_what_was_signed(self, value: UUID) -> None:
        assert SIGNER.find(SIGNER.sign(InvitationId(value))) == value

    def test_refuses_what_another_installation_signed(self) -> None:
        assert SIGNER.find(TokenSigner.derive("x" * 32).sign(ONE)) is None

    def test_refuses_the_signature_of_another_invitation(self) -> None:
        name, _, _ = SIGNER.sign(ONE).partition(".")
        _, _, signature = SIGNER.sign(OTHER).partition(".")

        assert SIGNER.find(f"{name}.{signature}") is None

    @pytest.mark.parametrize(
        "change",
        [
            lambda token: token + "=",
            lambda token: token + " ",
            lambda token: token[:-1],
            lambda token: token.replace("inv_", "job_"),
            lambda token: token.upper(),
            lambda token: token.partition(".")[0],
            lambda token: token.partition(".")[0] + ".",
            lambda token: token.partition(".")[2],
            lambda token: "",
            lambda token: "\ud800" + token,
            lambda token: token + "\ud800",
        ],
    )
    def test_refuses_any_other_text(self, change: object) -> None:
        assert callable(change)
        assert SIGNER.find(change(SIGNER.sign(ONE))) is None

    @given(st.text(max_size=100))
    def test_survives_anything(self, text: str) -> None:
        assert SIGNER.find(text) is None

    def test_shows_no_key(self) -> None:
        assert repr(SIGNER.key) not in repr(SIGNER)
