"""From an `Idempotency-Key` to the key of an operation on credit, which the ledger keeps for ever."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import orjson

from app.core.errors import InvalidInput
from app.core.principal import Principal
from app.idempotency import types as idempotency


def operation_key(
    principal: Principal, operation: str, key: str | None, body: Mapping[str, Any]
) -> tuple[str, bytes | None]:
    """The operation's key, and the fingerprint by which the same key for another body is told. Raises `InvalidInput`.

    Scope: principal and operation; the ledger adds the org. Without a key every request is an operation of its own.
    """
    if errors := idempotency.validate_key(key):
        raise InvalidInput(errors)
    if key is None:
        return f"{operation}:{uuid4().hex}", None
    scope = orjson.dumps([principal.id, operation, key])
    content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS, default=str)
    return f"{operation}:{_digest(scope).hex()}", _digest(content)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
