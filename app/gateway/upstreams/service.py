"""Saying where an org's calls may go beside the installation's own providers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId, UpstreamId
from app.core.principal import Access, Permission, Principal
from app.gateway.errors import UpstreamNotFound
from app.gateway.types import Dialect
from app.gateway.upstreams import queries, sealing
from app.gateway.upstreams.queries import Registered
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra.db import UnitOfWork
from app.infra.outbound import Outbound

MAX_URL_LENGTH: Final = 512
MAX_SECRET_LENGTH: Final = 1_024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_PROVIDER = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

_SET = f"""
INSERT INTO gateway_upstream AS u (id, org_id, name, protocol, base_url, secret, provider, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
ON CONFLICT (org_id, name) DO UPDATE SET protocol = excluded.protocol, base_url = excluded.base_url,
    secret = excluded.secret, provider = excluded.provider, updated_at = excluded.updated_at
RETURNING {queries.COLUMNS}
"""
_ID = "SELECT id FROM gateway_upstream WHERE org_id = $1 AND name = $2 FOR UPDATE"
_REMOVE = f"DELETE FROM gateway_upstream WHERE org_id = $1 AND id = $2 RETURNING {queries.COLUMNS}"


@dataclass(frozen=True, slots=True)
class SetUpstream:
    """Takes the place of the org's upstream of that name, its key included. `provider` is whose prices count."""

    name: str
    dialect: Dialect
    base_url: str
    secret: str | None = field(default=None, repr=False)
    provider: str | None = None
    idempotency_key: str | None = None

    def validate(self, of_url: Sequence[FieldError]) -> None:
        """`of_url` is what is wrong with the address, of which a name server had to be asked."""
        errors = [*idempotency.validate_key(self.idempotency_key), *of_url]
        if len(self.base_url) > MAX_URL_LENGTH or "?" in self.base_url or "#" in self.base_url:
            mend = f"Use at most {MAX_URL_LENGTH} characters, without a query or a fragment."
            errors.append(FieldError("base_url", "invalid_url", mend))
        if not _NAME.fullmatch(self.name):
            mend = "Use 1 to 32 of a-z, 0-9 and -, a letter or digit first."
            errors.append(FieldError("name", "pattern", mend))
        if self.provider is not None and not _PROVIDER.fullmatch(self.provider):
            errors.append(
                FieldError("provider", "pattern", "Use its name in the price list, such as mistral.")
            )
        if self.secret is not None and not (
            1 <= len(self.secret) <= MAX_SECRET_LENGTH and self.secret.isascii() and self.secret.isprintable()
        ):
            mend = f"Use 1 to {MAX_SECRET_LENGTH} printable ASCII characters."
            errors.append(FieldError("api_key", "characters", mend))
        if errors:
            raise InvalidInput(errors)


async def set_upstream(
    principal: Principal,
    org_id: OrgId,
    *,
    command: SetUpstream,
    key: bytes,
    outbound: Outbound,
    now: datetime,
) -> Done[Registered]:
    """Raises `InvalidInput`, `KeyReused`, `RequestInProgress`. The key is kept sealed and never shown."""
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    command.validate(await outbound.faults(command.base_url, field="base_url"))

    async def act(uow: UnitOfWork) -> Registered:
        known = await uow.fetch(_ID, access.org_id, command.name)
        upstream_id: UUID = known[0]["id"] if known else ids.uuid7()
        secret = None if command.secret is None else sealing.seal(key, upstream_id, command.secret)
        [row] = await uow.fetch(
            _SET,
            upstream_id,
            access.org_id,
            command.name,
            command.dialect.value,
            command.base_url.rstrip("/"),
            secret,
            command.provider or command.name,
            now,
        )
        found = queries.registered(row)
        _record(uow, access, Action.UPSTREAM_SET, found, now)
        return found

    body = {
        "name": command.name,
        "protocol": command.dialect.value,
        "base_url": command.base_url,
        "secret": command.secret,
        "provider": command.provider,
    }
    return await idempotency.perform(
        _claim(access, "upstreams.set", command.idempotency_key, body), act, answer=Registered, now=now
    )


async def remove_upstream(
    principal: Principal,
    org_id: OrgId,
    *,
    upstream_id: UpstreamId,
    idempotency_key: str | None,
    now: datetime,
) -> Done[Registered]:
    """Raises `UpstreamNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`."""
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    if errors := idempotency.validate_key(idempotency_key):
        raise InvalidInput(errors)

    async def act(uow: UnitOfWork) -> Registered:
        rows = await uow.fetch(_REMOVE, access.org_id, upstream_id)
        if not rows:
            raise UpstreamNotFound
        found = queries.registered(rows[0])
        _record(uow, access, Action.UPSTREAM_REMOVED, found, now)
        return found

    claim = _claim(access, "upstreams.remove", idempotency_key, {"id": str(upstream_id)})
    return await idempotency.perform(claim, act, answer=Registered, now=now)


def _record(uow: UnitOfWork, access: Access, action: Action, found: Registered, now: datetime) -> None:
    changes = {
        "name": found.name,
        "protocol": found.dialect.value,
        "base_url": found.base_url,
        "provider": found.provider,
        "has_key": found.has_secret,
    }
    audit.record(uow, Entry(access.org_id, action, access.principal, "upstream", found.id, now, changes))


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, Any]) -> Claim | None:
    return None if key is None else Claim(access, operation, key, body)
