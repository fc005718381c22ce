"""Reading API keys; secrets are not among what is read."""

from collections.abc import Sequence

from app.apikeys.types import ApiKey, known_scopes
from app.core.ids import ApiKeyId, OrgId, WorkspaceId
from app.infra import db

_BY_ID = """
SELECT id, org_id, workspace_id, name, public_id, scopes, created_at, expires_at, revoked_at
FROM api_key WHERE id = ANY($1::uuid[])
"""


async def keys_by_id(ids: Sequence[ApiKeyId]) -> list[ApiKey | None]:
    """For batched loading of rows already authorised; in the order of `ids`."""
    found = {row["id"]: _key(row) for row in await db.fetch(_BY_ID, ids)}
    return [found.get(id_) for id_ in ids]


def _key(row: db.Row) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(row["id"]),
        org_id=OrgId(row["org_id"]),
        workspace_id=WorkspaceId(row["workspace_id"]),
        name=row["name"],
        public_id=row["public_id"],
        scopes=known_scopes(row["scopes"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
    )
