"""Attempts as their browsers keep them: sealed, so that they can be neither read nor made, and for ten minutes."""

import base64
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

import orjson
from cryptography.fernet import Fernet, InvalidToken

from app.accounts.external.errors import AttemptInvalid
from app.accounts.external.types import Attempt
from app.core.ids import SessionId, UserId

LIFETIME = timedelta(minutes=10)


def new(
    provider: str,
    *,
    return_to: str,
    user_id: UserId | None = None,
    session_id: SessionId | None = None,
) -> Attempt:
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(provider, return_to, state, nonce, verifier, user_id, session_id)


class AttemptSeal:
    """Encrypts and signs with one key of 32 bytes (Fernet)."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, attempt: Attempt, *, now: datetime) -> str:
        return self._fernet.encrypt_at_time(orjson.dumps(asdict(attempt)), int(now.timestamp())).decode()

    def open(self, sealed: str, *, now: datetime) -> Attempt:
        """Raises `AttemptInvalid`."""
        try:
            text = self._fernet.decrypt_at_time(sealed, int(LIFETIME.total_seconds()), int(now.timestamp()))
        except (InvalidToken, ValueError):
            raise AttemptInvalid from None
        fields = orjson.loads(text)
        for name in ("user_id", "session_id"):
            fields[name] = fields[name] and UUID(fields[name])
        return Attempt(**fields)
