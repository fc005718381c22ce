"""Keys of orgs' upstreams at rest: AES-256-GCM, bound to their row. Stored: 12 bytes of nonce, then the sealed key."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.gateway.errors import SecretUnreadable

PURPOSE = "gateway-upstreams"
_NONCE_BYTES = 12


def seal(key: bytes, upstream_id: UUID, secret: str) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret.encode(), upstream_id.bytes)


def open_(key: bytes, upstream_id: UUID, stored: bytes) -> str:
    """Raises `SecretUnreadable` under another key, for another row, and where a bit was changed."""
    try:
        return AESGCM(key).decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], upstream_id.bytes).decode()
    except InvalidTag:
        raise SecretUnreadable from None
