"""What the audit log tells of keys: before and after, never a secret."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.apikeys.types import ApiKey
from app.audit import naming
from app.audit.types import Action, Entry
from app.core.ids import ApiKeyId
from app.core.principal import Access

_KINDS = {"workspace_id": "workspace", "replaced_by_id": "api_key"}


def made(access: Access, key: ApiKey, *, replaces: ApiKeyId | None = None) -> Entry:
    fields = ("name", "workspace_id", "scopes", "expires_at", "allowed_models", "tokens_per_minute")
    changes = {name: _shown(key, name) for name in fields}
    if replaces is not None:
        changes["replaces"] = naming.encode("api_key", replaces)
    return _entry(access, Action.API_KEY_CREATED, key, key.created_at, changes)


def changed(
    access: Access, action: Action, key: ApiKey, changes: Mapping[str, Any], *, now: datetime
) -> Entry:
    """`key` is as it was before `changes`, which are fields of it."""
    after = replace(key, **changes)
    shown = {name: {"before": _shown(key, name), "after": _shown(after, name)} for name in changes}
    return _entry(access, action, key, now, shown)


def _entry(access: Access, action: Action, key: ApiKey, at: datetime, changes: Mapping[str, Any]) -> Entry:
    return Entry(access.org_id, action, access.principal, "api_key", key.id, at, changes)


def _shown(key: ApiKey, name: str) -> object:
    value = getattr(key, name)
    if isinstance(value, UUID):
        return naming.encode(_KINDS[name], value)
    return sorted(value) if isinstance(value, frozenset) else value
