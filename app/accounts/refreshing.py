"""The text of a refresh token: 256 random bits, of which only a keyed digest is stored."""

import secrets

from app.infra import hashing

_PREFIX = "lkr_"


def new(key: bytes) -> tuple[str, bytes]:
    """A token and its digest under `key`."""
    token = _PREFIX + secrets.token_urlsafe(32)
    return token, digest(key, token)


def digest(key: bytes, token: str) -> bytes:
    return hashing.keyed_digest(key, token)
