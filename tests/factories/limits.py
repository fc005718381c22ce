"""Plans, and buckets in the state that a test needs."""

import time

import redis as redis_py

from app.core.config import Settings
from app.core.token_bucket import Quota
from app.infra import db
from tests.factories.orgs import Tenant

# Of the plan FREE, as the migration has it.
FREE = Quota(60)


async def put_on(tenant: Tenant, plan: str) -> None:
    """Written past the services; before the tenant's key is first used, which caches it."""
    await db.execute("UPDATE org SET plan = $2 WHERE id = $1", tenant.org_id, plan)


# Nothing flows into an empty bucket for so long: a busy machine may not come to ask within a second.
STILL_SECONDS = 30


def empty(
    settings: Settings, bucket: str, quota: Quota = FREE, *, but: int = 0, still: int = STILL_SECONDS
) -> None:
    """Leaves `but` whole tokens in the bucket (and, until the test asks, what flows in meanwhile; into none, later)."""
    full_at = int(time.time() * 1_000_000) + quota.span - but * quota.interval
    if not but:
        # No bucket lacks more than its span, whatever is written.
        full_at += still * 1_000_000
    with redis_py.Redis.from_url(settings.require_redis_url()) as client:
        client.set(f"launchkit:rate:{bucket}", full_at, ex=quota.seconds + still)


def kept(settings: Settings) -> dict[str, int]:
    """Every bucket that is not full."""
    with redis_py.Redis.from_url(settings.require_redis_url()) as client:
        names = [name.decode() for name in client.scan_iter("launchkit:rate:*")]
        return {name.removeprefix("launchkit:rate:"): int(client.get(name) or 0) for name in names}
