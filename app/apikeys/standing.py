"""What holds for keys at a moment, with what their orgs say of them: for copies of them elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.apikeys import records
from app.apikeys.types import ApiKey
from app.core.ids import ApiKeyId
from app.core.principal import Environment
from app.infra import db

_COLUMNS = ", ".join(f"k.{name.strip()}" for name in records.COLUMNS.split(","))
_STANDING = f"""
SELECT {_COLUMNS}, w.kind AS environment, o.plan || '@' || o.plan_version AS plan, o.requests_per_minute
FROM api_key k JOIN org o ON o.id = k.org_id AND o.deletion_due_at IS NULL JOIN workspace w ON w.id = k.workspace_id
WHERE k.id = ANY($1::uuid[]) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)
"""
_WALK = """
SELECT id FROM api_key WHERE ($1::uuid IS NULL OR id > $1) AND (revoked_at IS NULL OR revoked_at > $2)
    AND (expires_at IS NULL OR expires_at > $2) ORDER BY id LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """`plan` is the version that the org is on; `agreed` are the requests a minute that stand instead of the plan's."""

    key: ApiKey
    environment: Environment
    plan: str
    agreed: int | None


async def of(key_ids: Sequence[ApiKeyId], *, now: datetime) -> Mapping[ApiKeyId, Standing]:
    """Of those that are good; one query. For callers inside LaunchKit."""
    rows = await db.fetch(_STANDING, list(key_ids), now)
    return {
        ApiKeyId(row["id"]): Standing(
            records.key(row), row["environment"], row["plan"], row["requests_per_minute"]
        )
        for row in rows
    }


async def walk(after: UUID | None, *, ended_since: datetime, limit: int) -> Sequence[ApiKeyId]:
    """The ids after `after`, the oldest first, without keys that ended before."""
    return [ApiKeyId(row["id"]) for row in await db.fetch(_WALK, after, ended_since, limit)]
