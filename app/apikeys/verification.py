"""Telling who holds an API key."""

import time
from collections import OrderedDict
from datetime import datetime

from app.apikeys import format as key_format
from app.apikeys.errors import KeyInvalid
from app.apikeys.format import ParsedKey
from app.apikeys.last_used import LastUsed
from app.apikeys.types import known_scopes
from app.core.ids import OrgId
from app.core.principal import Principal
from app.infra import db, hashing

_FIND = """
SELECT k.id, k.org_id, k.workspace_id, k.secret_digest, k.scopes, k.expires_at, k.revoked_at,
    k.allowed_models, k.tokens_per_minute, o.plan || '@' || o.plan_version AS plan, o.requests_per_minute
FROM api_key k JOIN org o ON o.id = k.org_id AND o.deletion_due_at IS NULL WHERE k.public_id = $1
"""
# A revoked key is refused everywhere within a second, whatever happens to Redis: no entry lives longer.
_CACHE_SECONDS = 0.9
_CACHE_ENTRIES = 10_000


class KeyVerifier:
    """Finds the principal behind a key. One per process: it holds the installation's key and a short cache."""

    def __init__(self, digest_key: bytes) -> None:
        self._digest_key = digest_key
        self._cache: OrderedDict[str, tuple[float, Principal]] = OrderedDict()
        self.last_used = LastUsed()

    def digest(self, key: ParsedKey) -> bytes:
        return hashing.keyed_digest(self._digest_key, key.digested)

    async def verify(self, token: str, *, now: datetime) -> Principal:
        """Raises `KeyInvalid` for a malformed, unknown, expired or revoked key."""
        cached = self._cache.get(token)
        if cached is not None and cached[0] > time.monotonic():
            return self._used(cached[1], now)
        parsed = key_format.parse(token)
        if parsed is None:
            raise KeyInvalid
        return await self._look_up(token, parsed, now)

    async def _look_up(self, token: str, parsed: ParsedKey, now: datetime) -> Principal:
        fresh_until = time.monotonic() + _CACHE_SECONDS
        row = await db.fetchrow(_FIND, parsed.public_id)
        is_right = row is not None and hashing.equal(row["secret_digest"], self.digest(parsed))
        if row is None or not is_right or row["revoked_at"] is not None:
            self._cache.pop(token, None)
            raise KeyInvalid
        org_id = OrgId(row["org_id"])
        orgs = {org_id: known_scopes(row["scopes"])}
        agreed, models = row["requests_per_minute"], row["allowed_models"]
        principal = Principal(
            "api_key",
            row["id"],
            orgs,
            row["workspace_id"],
            plans={org_id: row["plan"]},
            quotas={org_id: agreed} if agreed else {},
            environment=parsed.environment,
            expires_at=row["expires_at"],
            models=None if models is None else tuple(models),
            tokens_per_minute=row["tokens_per_minute"],
        )
        self._cache[token] = (fresh_until, principal)
        self._cache.move_to_end(token)
        while len(self._cache) > _CACHE_ENTRIES:
            self._cache.popitem(last=False)
        return self._used(principal, now)

    def _used(self, principal: Principal, now: datetime) -> Principal:
        if principal.expires_at is not None and principal.expires_at <= now:
            raise KeyInvalid
        self.last_used.note(principal.id, now)
        return principal
