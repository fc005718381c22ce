"""Rows that a tenant has after some weeks, written past the services, which would hash and send mail for them."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from app.accounts.models import UserSession
from app.apikeys import format as key_format
from app.core import ids
from app.core.config import Settings
from app.core.principal import Permission
from app.identity.types import Workspace
from app.infra import db, hashing
from tests.factories.orgs import NOW, Tenant

_ENDS = datetime.fromisoformat("2036-11-20T10:00:00Z")


async def of_accounts(tenant: Tenant) -> Mapping[str, UUID]:
    """What signing in leaves behind: another session of the owner's, tokens, a second factor, an identity elsewhere."""
    user = tenant.owner.id
    session = await another_session(user)
    secrets = [hashlib.sha256(f"{use}{user}".encode()).digest() for use in ("refresh", "code", "totp")]
    await db.execute("INSERT INTO refresh_token VALUES ($1, $2, now(), $3)", secrets[0], session, _ENDS)
    await db.execute(
        "INSERT INTO one_time_token (id, user_id, purpose, email, created_at, expires_at) "
        "VALUES ($1, $2, 'verify_email', $3, now(), $4)",
        *(ids.uuid7(), user, tenant.email, _ENDS),
    )
    await db.execute("INSERT INTO recovery_code (digest, user_id) VALUES ($1, $2)", secrets[1], user)
    await db.execute(
        "INSERT INTO totp (user_id, secret, created_at) VALUES ($1, $2, now())", user, secrets[2]
    )
    return {
        "session": session,
        "identity": await identity(user, tenant.email),
        "invitation": await invitation(tenant),
    }


async def identity(user: UUID, email: str) -> UUID:
    """An account elsewhere."""
    row = ids.uuid7()
    await db.execute(
        "INSERT INTO external_identity (id, user_id, issuer, subject, email, created_at) "
        "VALUES ($1, $2, 'https://issuer.example', $1::uuid, $3, now())",
        *(row, user, email),
    )
    return row


async def another_session(user: UUID) -> UUID:
    session = ids.uuid7()
    await UserSession.create(
        id=session,
        user_id=user,
        method="password",
        created_at=_ENDS.replace(year=2026),
        last_seen_at=_ENDS.replace(year=2026),
        expires_at=_ENDS,
        ip="192.0.2.1",
        user_agent="curl",
    )
    return session


async def api_key(
    settings: Settings, tenant: Tenant, workspace: Workspace, name: str, scopes: Collection[Permission]
) -> tuple[UUID, str]:
    """Its id and its token: more of them than a plan would allow."""
    token, parsed = key_format.generate(workspace.kind)
    digest = hashing.keyed_digest(hashing.derive_key(settings.secret_key, "api-keys"), parsed.digested)
    row = ids.uuid7()
    await db.execute(
        "INSERT INTO api_key (id, org_id, workspace_id, name, public_id, secret_digest, scopes, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(row, tenant.org_id, workspace.id, name, parsed.public_id, digest, sorted(scopes), NOW),
    )
    return row, token


async def invitation(tenant: Tenant) -> UUID:
    """One that is open."""
    row = ids.uuid7()
    await db.execute(
        "INSERT INTO invitation (id, org_id, email, role, invited_by_kind, invited_by_id, created_at, expires_at) "
        "VALUES ($1, $2, $1::uuid || '@x.example', 'MEMBER', 'user', $3, now() - interval '1 day', "
        "now() + interval '6 days')",
        *(row, tenant.org_id, tenant.owner.id),
    )
    return row


async def upstream(tenant: Tenant) -> UUID:
    """With a call that went there."""
    row = ids.uuid7()
    await db.execute(
        "INSERT INTO gateway_upstream (id, org_id, name, protocol, base_url, provider, created_at, updated_at) "
        "VALUES ($1, $2, 'vllm', 'openai', 'https://vllm.example/v1', 'vllm', now(), now())",
        *(row, tenant.org_id),
    )
    await db.execute(
        "INSERT INTO gateway_call (id, org_id, workspace_id, api_key_id, environment, request_id, operation, upstream, "
        "provider, model, input_tokens, output_tokens, created_at, deadline_at, ended_at, outcome) "
        "VALUES ($1, $2, $3, $4, 'live', 'req-1', 'chat', 'vllm', 'vllm', 'llama', 1, 1, now(), now(), now(), 'ok')",
        *(ids.uuid7(), tenant.org_id, tenant.live.id, tenant.key.id),
    )
    return row
