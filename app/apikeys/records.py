"""Rows of the table of API keys turned into values."""

from app.apikeys.types import ApiKey, known_scopes
from app.core.ids import ApiKeyId, OrgId, WorkspaceId
from app.infra.db import Row

# Every column of `ApiKey`: the secret's digest is not among them.
COLUMNS = (
    "id, org_id, workspace_id, name, public_id, scopes, created_at, expires_at, revoked_at, last_used_at, "
    "allowed_models, tokens_per_minute, created_by_kind, created_by_id, replaced_by_id"
)
# A key that takes one of the plan's places: a rotated one has left its place to its successor.
TAKES_A_PLACE = "revoked_at IS NULL AND replaced_by_id IS NULL AND (expires_at IS NULL OR expires_at > {now})"


def key(row: Row) -> ApiKey:
    models, successor = row["allowed_models"], row["replaced_by_id"]
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
        last_used_at=row["last_used_at"],
        allowed_models=None if models is None else tuple(models),
        tokens_per_minute=row["tokens_per_minute"],
        created_by_kind=row["created_by_kind"],
        created_by_id=row["created_by_id"],
        replaced_by_id=None if successor is None else ApiKeyId(successor),
    )
