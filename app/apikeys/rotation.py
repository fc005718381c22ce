"""What a rotated key's successor is."""

from datetime import datetime

from app.apikeys import reach
from app.apikeys.errors import KeyExpired, KeyReplaced, KeyRevoked
from app.apikeys.types import ApiKey
from app.core import ids
from app.core.ids import ApiKeyId
from app.core.principal import Principal


def require_rotatable(key: ApiKey, *, now: datetime) -> None:
    """Raises `KeyRevoked`, `KeyReplaced` or `KeyExpired`."""
    if key.revoked_at is not None:
        raise KeyRevoked
    if key.replaced_by_id is not None:
        raise KeyReplaced
    if key.is_expired(now):
        raise KeyExpired


def successor(old: ApiKey, *, public_id: str, maker: Principal, now: datetime) -> ApiKey:
    """Everything that matters to the servers that use it stays; it lives as long as the old one was made to."""
    return ApiKey(
        id=ApiKeyId(ids.uuid7()),
        org_id=old.org_id,
        workspace_id=old.workspace_id,
        name=old.name,
        public_id=public_id,
        scopes=old.scopes,
        created_at=now,
        expires_at=_end(old, maker, now),
        allowed_models=old.allowed_models,
        tokens_per_minute=old.tokens_per_minute,
        created_by_kind=maker.kind,
        created_by_id=maker.id,
    )


def _end(old: ApiKey, maker: Principal, now: datetime) -> datetime | None:
    """A key that rotates, itself or another, gives no more time than it has."""
    ends = [reach.end_of(maker), old.expires_at and now + (old.expires_at - old.created_at)]
    return min((end for end in ends if end is not None), default=None)
