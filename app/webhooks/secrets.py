"""The secrets that deliveries are signed with: `whsec_` and 32 random bytes in base64, as of Standard Webhooks.

Signing needs the secret itself, so it cannot be hashed. At rest: AES-256-GCM, the 12 bytes of the nonce first; the id
of the endpoint is the associated data, so that a secret opens in no other row.
"""

import base64
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.errors import Unavailable
from app.core.ids import WebhookEndpointId

PREFIX = "whsec_"
_BYTES = 32
_NONCE_BYTES = 12


class SecretUnreadable(Unavailable):
    """Encrypted under another key: LAUNCHKIT_SECRET_KEY was changed."""

    code = "webhook_secret_unreadable"
    title = "The endpoint's secret was kept under another LAUNCHKIT_SECRET_KEY and cannot be read; rotate it."


def generate() -> str:
    return PREFIX + base64.b64encode(os.urandom(_BYTES)).decode()


@dataclass(frozen=True, slots=True)
class Vault:
    """`key` is 32 bytes, of the installation's secret and for this alone."""

    key: bytes = field(repr=False)

    def seal(self, endpoint_id: WebhookEndpointId, secret: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, secret.encode(), endpoint_id.bytes)

    def open(self, endpoint_id: WebhookEndpointId, stored: bytes) -> str:
        """Raises `SecretUnreadable` under another key, in another row, and where a bit was changed."""
        try:
            nonce, sealed = stored[:_NONCE_BYTES], stored[_NONCE_BYTES:]
            return AESGCM(self.key).decrypt(nonce, sealed, endpoint_id.bytes).decode()
        except InvalidTag:
            raise SecretUnreadable from None
