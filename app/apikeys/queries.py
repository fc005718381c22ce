"""Reading API keys; secrets are not among what is read."""

from collections.abc import Sequence
from uuid import UUID

from app.apikeys import models
from app.apikeys.types import ApiKey, known_scopes
from app.core.ids import ApiKeyId, OrgId, WorkspaceId


async def keys_by_id(ids: Sequence[ApiKeyId]) -> list[ApiKey | None]:
    """For batched loading of rows already authorised; in the order of `ids`."""
    found: dict[UUID, ApiKey] = {row.id: _key(row) for row in await models.ApiKey.filter(id__in=list(ids))}
    return [found.get(id_) for id_ in ids]


def _key(row: models.ApiKey) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(row.id),
        org_id=OrgId(row.org_id),
        workspace_id=WorkspaceId(row.workspace_id),
        name=row.name,
        public_id=row.public_id,
        scopes=known_scopes(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
