"""Whether there is anything to seed: one query without the ORM, because every start of `dev` asks."""

import asyncpg

from app.apikeys import format as key_format
from app.core.config import Settings
from app.dev.seed.facts import PEOPLE, PRO
from app.infra import hashing

# The jobs of the PRO org are what is seeded last.
_IS_COMPLETE = """
SELECT k.secret_digest FROM api_key k JOIN org o ON o.id = k.org_id
WHERE k.public_id = $1 AND k.revoked_at IS NULL AND k.expires_at IS NULL AND o.slug = $2
    AND NOT EXISTS (SELECT FROM user_account WHERE lower(email) = ANY ($4::text[]) AND email_verified_at IS NULL)
    AND EXISTS (SELECT FROM burn_table WHERE org_id = o.id AND status = 'published')
    AND EXISTS (SELECT FROM wallet WHERE org_id = o.id AND owner_kind = 'org')
    AND (SELECT count(*) FROM (SELECT 1 FROM job WHERE org_id = o.id LIMIT $3) AS past) = $3
"""


async def is_complete(settings: Settings, token: str | None) -> bool:
    """True when all is there and `token` is the key of the demo org, as this installation's secret has it."""
    key = key_format.parse(token or "")
    if key is None:
        return False
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        emails = [person.email for person in PEOPLE]
        stored = await connection.fetchval(_IS_COMPLETE, key.public_id, PRO.slug, PRO.jobs, emails)
    finally:
        await connection.close()
    digest = hashing.keyed_digest(hashing.derive_key(settings.secret_key, "api-keys"), key.digested)
    return stored is not None and hashing.equal(stored, digest)
