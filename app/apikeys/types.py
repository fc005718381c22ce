"""API keys as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.ids import ApiKeyId, OrgId, WorkspaceId
from app.core.principal import Permission


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: ApiKeyId
    org_id: OrgId
    workspace_id: WorkspaceId
    name: str
    public_id: str
    scopes: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """The only place where the key in full exists outside the client."""

    key: ApiKey
    token: str


def known_scopes(stored: Iterable[str]) -> frozenset[Permission]:
    """Those of this version. A newer one, running beside it or rolled back, may have stored others."""
    return frozenset(Permission(scope) for scope in stored if scope in _KNOWN)


_KNOWN = frozenset(permission.value for permission in Permission)
