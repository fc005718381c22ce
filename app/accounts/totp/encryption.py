"""The secret of a second factor at rest: AES-256-GCM, bound to its user.

Unlike a password it has to be known to make codes, so it cannot be hashed. Stored: the 12 bytes of the nonce and then
the sealed secret. Another user's row does not open: the user's id is the associated data.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.accounts.totp.errors import SecretUnreadable

_NONCE_BYTES = 12


def seal(key: bytes, user_id: UUID, secret: str) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret.encode(), user_id.bytes)


def open_(key: bytes, user_id: UUID, stored: bytes) -> str:
    """Raises `SecretUnreadable` under another key, for another user, and where a bit was changed."""
    try:
        return AESGCM(key).decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], user_id.bytes).decode()
    except InvalidTag:
        raise SecretUnreadable from None
