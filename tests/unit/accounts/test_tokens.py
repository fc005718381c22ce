"""Access tokens."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import tokens
from app.accounts.errors import TokenExpired, TokenInvalid
from app.accounts.tokens import TokenSigner
from app.core import ids
from app.core.ids import SessionId, UserId

KEY = b"k" * 32
# Long before today: nothing may look at the real clock.
NOW = datetime(2001, 2, 3, 4, 5, 6, 700_000, tzinfo=UTC)
USER = UserId(ids.uuid7())
SESSION = SessionId(ids.uuid7())
SIGNER = TokenSigner(KEY)


def claims(**changed: object) -> dict[str, Any]:
    """Valid ones, but for `changed`; None leaves one out."""
    stamp = int(NOW.timestamp())
    valid = {
        "sub": str(USER),
        "sid": str(SESSION),
        "aud": "launchkit",
        "iat": stamp,
        "exp": stamp + 900,
        "jti": "x",
    }
    return {name: value for name, value in {**valid, **changed}.items() if value is not None}


def signed(body: Mapping[str, Any], *, key: bytes = KEY, algorithm: str = "HS256") -> str:
    return jwt.encode(dict(body), key, algorithm=algorithm)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class TestIssue:
    def test_is_for_fifteen_minutes(self) -> None:
        access = SIGNER.issue(USER, SESSION, now=NOW)

        assert access.expires_at == datetime(2001, 2, 3, 4, 20, 6, tzinfo=UTC)

    def test_says_who_and_nothing_else(self) -> None:
        access = SIGNER.issue(USER, SESSION, now=NOW)
        body = jwt.decode(access.token, options={"verify_signature": False})

        assert body.keys() == {"sub", "sid", "aud", "iat", "exp", "jti"}
        assert jwt.get_unverified_header(access.token) == {"alg": "HS256", "typ": "JWT"}

    def test_never_gives_the_same_token_twice(self) -> None:
        assert SIGNER.issue(USER, SESSION, now=NOW).token != SIGNER.issue(USER, SESSION, now=NOW).token


class TestVerify:
    def test_tells_whose_it_is_and_until_when(self) -> None:
        access = SIGNER.issue(USER, SESSION, now=NOW)

        assert SIGNER.verify(access.token, now=NOW) == tokens.Claims(USER, SESSION, access.expires_at)

    def test_ends_at_the_very_moment_of_expiry(self) -> None:
        access = SIGNER.issue(USER, SESSION, now=NOW)
        last = access.expires_at - timedelta(microseconds=1)

        assert SIGNER.verify(access.token, now=last).user_id == USER
        with pytest.raises(TokenExpired):
            SIGNER.verify(access.token, now=access.expires_at)

    @given(st.data())
    def test_refuses_any_change_of_a_character(self, data: st.DataObject) -> None:
        token = SIGNER.issue(USER, SESSION, now=NOW).token
        # The last character carries two bits that the decoder ignores.
        position = data.draw(st.integers(min_value=0, max_value=len(token) - 2))
        alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
        other = data.draw(st.sampled_from(alphabet).filter(lambda char: char != token[position]))

        with pytest.raises(TokenInvalid):
            SIGNER.verify(token[:position] + other + token[position + 1 :], now=NOW)

    @pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS384", "HS512", "RS256"])
    def test_refuses_another_algorithm_in_the_header(self, algorithm: str) -> None:
        body = part(claims())
        signature = SIGNER.issue(USER, SESSION, now=NOW).token.split(".")[2]
        header = part({"alg": algorithm, "typ": "JWT"})

        for token in (f"{header}.{body}.", f"{header}.{body}.{signature}"):
            with pytest.raises(TokenInvalid):
                SIGNER.verify(token, now=NOW)

    def test_refuses_a_token_properly_signed_with_another_algorithm(self) -> None:
        key = b"k" * 64
        with pytest.raises(TokenInvalid):
            TokenSigner(key).verify(signed(claims(), key=key, algorithm="HS512"), now=NOW)

    def test_refuses_a_token_of_another_key(self) -> None:
        with pytest.raises(TokenInvalid):
            SIGNER.verify(signed(claims(), key=b"o" * 32), now=NOW)

    @pytest.mark.parametrize("name", ["sub", "sid", "aud", "iat", "exp", "jti"])
    def test_refuses_a_token_without_a_claim(self, name: str) -> None:
        with pytest.raises(TokenInvalid):
            SIGNER.verify(signed(claims(**{name: None})), now=NOW)

    @pytest.mark.parametrize(
        "changed",
        [
            {"aud": "another-product"},
            {"aud": ["another-product"]},
            {"sub": "ada"},
            {"sub": 7},
            {"sid": "ada"},
            {"sid": 7},
            {"exp": "tomorrow"},
            {"exp": [1]},
            {"exp": 1e300},
            {"jti": 7},
        ],
    )
    def test_refuses_a_claim_that_is_not_ours(self, changed: Mapping[str, object]) -> None:
        # PyJWT refuses to encode some of these: sign by hand.
        head = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims(**changed))}"
        signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(head.encode(), KEY)
        token = f"{head}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

        with pytest.raises(TokenInvalid):
            SIGNER.verify(token, now=NOW)

    def test_signs_by_hand_as_the_library_does(self) -> None:
        """Else the test above would prove nothing."""
        assert SIGNER.verify(signed(claims()), now=NOW).user_id == USER

    @given(st.text(max_size=60))
    def test_never_raises_anything_else(self, token: str) -> None:
        with pytest.raises(TokenInvalid):
            SIGNER.verify(token, now=NOW)


class TestVerifyAgain:
    def test_refuses_a_known_token_once_it_has_expired(self) -> None:
        access = SIGNER.issue(USER, SESSION, now=NOW)
        assert SIGNER.verify(access.token, now=NOW).session_id == SESSION

        with pytest.raises(TokenExpired):
            SIGNER.verify(access.token, now=access.expires_at)

    def test_refuses_a_wrong_token_each_time(self) -> None:
        wrong = signed(claims(), key=b"x" * 32)
        for _ in range(2):
            with pytest.raises(TokenInvalid):
                SIGNER.verify(wrong, now=NOW)
