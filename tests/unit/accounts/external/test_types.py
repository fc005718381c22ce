"""What an issuer's claims say of somebody."""

import pytest

from app.accounts.external.types import Profile


class TestOfClaims:
    @pytest.mark.parametrize(
        ("said", "is_verified"),
        [
            (True, True),
            ("true", True),
            (False, False),
            ("false", False),
            (1, False),
            ("yes", False),
            (["true"], False),
            (None, False),
        ],
    )
    def test_takes_an_address_for_verified_where_it_is_said_so(self, said: object, is_verified: bool) -> None:
        claims = {"sub": "ada-1", "email": "ada@x.example", "email_verified": said}
        assert Profile.of_claims("https://issuer.example", claims).email_verified is is_verified
