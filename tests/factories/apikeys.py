"""API keys, made by the service itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.apikeys import service
from app.apikeys.types import ApiKey, CreateApiKey
from app.apikeys.verification import KeyVerifier
from app.core.config import Settings
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.identity.types import Workspace
from app.infra import db, hashing

_NAMES = "id, org_id, name, scopes, expires_at, revoked_at, allowed_models, replaced_by_id"


@dataclass(frozen=True)
class Made:
    key: ApiKey
    token: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def verifier(settings: Settings) -> KeyVerifier:
    """One that remembers nothing yet."""
    return KeyVerifier(hashing.derive_key(settings.secret_key, "api-keys"))


async def made(
    settings: Settings,
    by: Principal,
    org_id: OrgId,
    *,
    now: datetime,
    name: str = "server",
    scopes: Iterable[str] = Permission,
    workspace: Workspace | None = None,
    **wishes: Any,
) -> Made:
    """`wishes` are further fields of `CreateApiKey`."""
    place = None if workspace is None else workspace.id
    command = CreateApiKey(name, list(scopes), workspace_id=place, **wishes)
    new = await service.create(by, org_id, command=command, verifier=verifier(settings), now=now)
    assert new.token is not None
    return Made(new.key, new.token)


async def everything() -> list[str]:
    """All that a write about keys may touch: equal before and after a refusal."""
    counted = ("audit_entry", "idempotency_key", "outbox_message")
    rows = await db.fetch(f"SELECT {_NAMES} FROM api_key ORDER BY id")
    return [
        *(f"{row!r}" for row in rows),
        *[f"{table}: {await db.fetchval(f'SELECT count(*) FROM {table}')}" for table in counted],
    ]
