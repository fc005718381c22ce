"""The text of a refresh token: 256 random bits, of which only a keyed digest is stored."""

import secrets

from app.infra import hashing

_PREFIX = "lkr_"
_MAX_LENGTH = 100


def new(key: bytes) -> tuple[str, bytes]:
    """A token and its digest under `key`."""
    token = _PREFIX + secrets.token_urlsafe(32)
    return token, digest(key, token)


def looks_like_token(text: str) -> bool:
    return text.startswith(_PREFIX) and len(text) <= _MAX_LENGTH and text.isascii()


def digest(key: bytes, token: str) -> bytes:
    return hashing.keyed_digest(key, token)
