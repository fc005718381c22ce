"""Making API keys and telling who holds one."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime

from app.apikeys import format as key_format
from app.apikeys import models
from app.apikeys.errors import KeyInvalid
from app.apikeys.format import ParsedKey
from app.apikeys.types import ApiKey, NewApiKey, known_scopes
from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.ids import ApiKeyId, OrgId
from app.core.principal import Permission, Principal
from app.identity.types import Workspace
from app.infra import db, hashing

_FIND = """
SELECT k.id, k.org_id, k.workspace_id, k.secret_digest, k.scopes, k.expires_at, k.revoked_at, o.plan,
    o.requests_per_minute
FROM api_key k JOIN org o ON o.id = k.org_id AND o.deletion_due_at IS NULL WHERE k.public_id = $1
"""
# A revoked key is refused everywhere within a second, whatever happens to Redis: no entry lives longer.
_CACHE_SECONDS = 0.9
_CACHE_ENTRIES = 10_000


class KeyVerifier:
    """Finds the principal behind a key. One per process: it holds the installation's key and a short cache."""

    def __init__(self, digest_key: bytes) -> None:
        self._digest_key = digest_key
        self._cache: OrderedDict[str, tuple[float, datetime | None, Principal]] = OrderedDict()

    def digest(self, key: ParsedKey) -> bytes:
        return hashing.keyed_digest(self._digest_key, key.digested)

    async def verify(self, token: str, *, now: datetime) -> Principal:
        """Raises `KeyInvalid` for a malformed, unknown, expired or revoked key."""
        cached = self._cache.get(token)
        if cached is not None and cached[0] > time.monotonic():
            return self._unless_expired(cached[1], cached[2], now)
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
        agreed = row["requests_per_minute"]
        principal = Principal(
            "api_key",
            row["id"],
            orgs,
            row["workspace_id"],
            plans={org_id: row["plan"]},
            quotas={org_id: agreed} if agreed else {},
            environment=parsed.environment,
            expires_at=row["expires_at"],
        )
        self._cache[token] = (fresh_until, row["expires_at"], principal)
        self._cache.move_to_end(token)
        while len(self._cache) > _CACHE_ENTRIES:
            self._cache.popitem(last=False)
        return self._unless_expired(row["expires_at"], principal, now)

    @staticmethod
    def _unless_expired(expires_at: datetime | None, principal: Principal, now: datetime) -> Principal:
        if expires_at is not None and expires_at <= now:
            raise KeyInvalid
        return principal


async def create(
    principal: Principal,
    workspace: Workspace,
    *,
    verifier: KeyVerifier,
    name: str,
    scopes: Iterable[Permission],
    now: datetime,
) -> NewApiKey:
    """A key for `workspace` with at most the permissions of its maker. The token is shown here and never again."""
    access = principal.authorise(workspace.org_id, Permission.KEYS_MANAGE)
    granted = frozenset(scopes) & principal.orgs[access.org_id]
    token, parsed = key_format.generate(workspace.kind)
    key = ApiKey(
        id=ApiKeyId(ids.uuid7()),
        org_id=access.org_id,
        workspace_id=workspace.id,
        name=name,
        public_id=parsed.public_id,
        scopes=granted,
        created_at=now,
        expires_at=None,
        revoked_at=None,
    )
    async with db.unit_of_work() as uow:
        await uow.begin()
        await models.ApiKey.create(
            id=key.id,
            org_id=key.org_id,
            workspace_id=key.workspace_id,
            name=name,
            public_id=key.public_id,
            secret_digest=verifier.digest(parsed),
            scopes=sorted(granted),
            created_at=now,
        )
        changes = {"name": name, "scopes": sorted(granted)}
        entry = Entry(access.org_id, Action.API_KEY_CREATED, principal, "api_key", key.id, now, changes)
        audit.record(uow, entry)
    return NewApiKey(key, token)
