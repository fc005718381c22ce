"""What a browser keeps while it is away."""

from dataclasses import fields
from datetime import timedelta

import pytest

from app.accounts.external import attempts
from app.accounts.external.attempts import LIFETIME, AttemptSeal
from app.accounts.external.errors import AttemptInvalid
from app.core import ids
from app.core.ids import SessionId, UserId
from tests.factories.orgs import NOW

SEAL = AttemptSeal(b"k" * 32)


class TestAttemptSeal:
    def test_gives_back_what_was_closed(self) -> None:
        linking = attempts.new(
            "acme", return_to="/a", user_id=UserId(ids.uuid7()), session_id=SessionId(ids.uuid7())
        )
        for attempt in (attempts.new("acme", return_to="/"), linking):
            sealed = SEAL.close(attempt, now=NOW)
            assert SEAL.open(sealed, now=NOW + LIFETIME - timedelta(seconds=1)) == attempt

    def test_shows_nothing_of_it(self) -> None:
        attempt = attempts.new("acme", return_to="/")
        sealed = SEAL.close(attempt, now=NOW)
        assert not [f for f in fields(attempt) if (value := getattr(attempt, f.name)) and value in sealed]

    def test_refuses_what_is_too_old(self) -> None:
        sealed = SEAL.close(attempts.new("acme", return_to="/"), now=NOW)
        with pytest.raises(AttemptInvalid):
            SEAL.open(sealed, now=NOW + LIFETIME + timedelta(seconds=1))

    def test_refuses_what_another_key_closed(self) -> None:
        sealed = AttemptSeal(b"o" * 32).close(attempts.new("acme", return_to="/"), now=NOW)
        with pytest.raises(AttemptInvalid):
            SEAL.open(sealed, now=NOW)

    def test_refuses_what_was_changed(self) -> None:
        sealed = SEAL.close(attempts.new("acme", return_to="/"), now=NOW)
        for at in range(0, len(sealed), 7):
            changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
            with pytest.raises(AttemptInvalid):
                SEAL.open(changed, now=NOW)


class TestNew:
    def test_never_makes_the_same_twice(self) -> None:
        made = [attempts.new("acme", return_to="/") for _ in range(50)]
        secrets = {value for attempt in made for value in (attempt.state, attempt.nonce, attempt.verifier)}
        assert len(secrets) == 150

    def test_makes_verifiers_that_pkce_allows(self) -> None:
        """RFC 7636, 4.1: 43 to 128 unreserved characters."""
        verifier = attempts.new("acme", return_to="/").verifier
        assert 43 <= len(verifier) <= 128
        assert all(char.isalnum() or char in "-._~" for char in verifier)
