"""The text of a link's token: `<id as TypeID>.<signature>`.

The signature is HMAC-SHA256 over purpose and id, in unpadded base64url. Whoever has the key can make the token again
from the row, so that it is stored nowhere and travels in no queue.
"""

import base64
from uuid import UUID

from app.accounts.links.errors import LinkInvalid
from app.accounts.links.purposes import Purpose
from app.core import ids
from app.core.ids import LinkId
from app.infra import hashing

PREFIX = "otl"
_MAX_LENGTH = 100


def token(key: bytes, purpose: Purpose, link_id: LinkId) -> str:
    return f"{ids.encode(PREFIX, link_id)}.{_signature(key, purpose, link_id)}"


def verify(key: bytes, purpose: Purpose, token: str) -> LinkId:
    """The id in a token that was made for `purpose` under `key`; raises `LinkInvalid`."""
    text, _, signature = token.partition(".")
    link_id = ids.find(PREFIX, text) if len(token) <= _MAX_LENGTH and token.isascii() else None
    if link_id is None:
        raise LinkInvalid
    if not hashing.equal(_signature(key, purpose, link_id).encode(), signature.encode()):
        raise LinkInvalid
    return LinkId(link_id)


def _signature(key: bytes, purpose: Purpose, link_id: UUID) -> str:
    digest = hashing.keyed_digest(key, f"{purpose}|{link_id}")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
