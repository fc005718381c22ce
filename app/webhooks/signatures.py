"""How a delivery proves whom it is from: two schemes, so that receivers may use what they know.

`X-LK-Signature: t=<seconds>,v1=<hex>…` is Stripe's: HMAC-SHA256 of `<seconds>.<body>` under the secret's text. The trio
`webhook-id`, `webhook-timestamp`, `webhook-signature: v1,<base64> …` is of Standard Webhooks
(github.com/standard-webhooks/standard-webhooks, spec 1.0): HMAC-SHA256 of `<id>.<seconds>.<body>` under the secret's
bytes. While a secret is rotated, each scheme carries a signature of either.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from app.webhooks.secrets import PREFIX


def headers(message_id: str, body: bytes, *, secrets: Sequence[str], at: datetime) -> dict[str, str]:
    """`at` is when the attempt begins: receivers refuse what is minutes old. `secrets`: the newest first."""
    seconds = str(int(at.timestamp()))
    stamped = f"{seconds}.".encode() + body
    named = f"{message_id}.".encode() + stamped
    hexes = ",".join(f"v1={_digest(secret.encode(), stamped).hex()}" for secret in secrets)
    texts = " ".join(f"v1,{_text(_digest(_raw(secret), named))}" for secret in secrets)
    return {
        "X-LK-Signature": f"t={seconds},{hexes}",
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": texts,
    }


def _digest(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, hashlib.sha256)


def _raw(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))


def _text(digest: bytes) -> str:
    return base64.b64encode(digest).decode()
