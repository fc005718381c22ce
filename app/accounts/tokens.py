"""Access tokens: short-lived signed JWTs (RFC 7519, HS256)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

import jwt

from app.accounts.errors import TokenExpired, TokenInvalid
from app.accounts.types import AccessToken
from app.core import ids
from app.core.ids import SessionId, UserId

LIFETIME = timedelta(minutes=15)

_AUDIENCE = "launchkit"
_REMEMBERED = 4_096
_REQUIRED = ["exp", "iat", "sub", "sid", "aud", "jti"]


@dataclass(frozen=True, slots=True)
class Claims:
    user_id: UserId
    session_id: SessionId
    expires_at: datetime


class TokenSigner:
    """Signs and verifies with one key; wired by the composition root."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # What a signature says of a token never changes. Whether it has expired and whether its session lives
        # on is asked each time. Only tokens that were right are kept.
        self._claims = lru_cache(maxsize=_REMEMBERED)(self._decode)

    def issue(self, user_id: UserId, session_id: SessionId, *, now: datetime) -> AccessToken:
        expires_at = (now + LIFETIME).replace(microsecond=0)
        claims = {
            "sub": str(user_id),
            "sid": str(session_id),
            "aud": _AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": str(ids.uuid7()),
        }
        return AccessToken(jwt.encode(claims, self._key, algorithm="HS256"), expires_at)

    def verify(self, token: str, *, now: datetime) -> Claims:
        """Raises `TokenExpired` or `TokenInvalid`. Judges time by `now`, not by the library's own clock."""
        claims = self.read(token)
        if claims.expires_at <= now:
            raise TokenExpired
        return claims

    def read(self, token: str) -> Claims:
        """What was signed, however long ago: names a session, admits nobody. Raises `TokenInvalid`."""
        return self._claims(token)

    def _decode(self, token: str) -> Claims:
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False},
            )
            return Claims(
                user_id=UserId(UUID(claims["sub"])),
                session_id=SessionId(UUID(str(claims["sid"]))),
                expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            )
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError):
            raise TokenInvalid from None
