"""Setting routing policies in tests, as an org's owner does."""

from typing import Any
from uuid import UUID

from app.core import ids
from app.gateway.routing import service
from app.gateway.routing.policy import Choice, Policy, SetPolicy, Strategy
from app.gateway.service import Gateway
from app.infra import db
from tests.factories.orgs import NOW, Tenant


async def policy(
    gateway: Gateway,
    tenant: Tenant,
    model: str,
    *targets: str | Choice,
    strategy: Strategy = Strategy.FIXED,
    **more: Any,
) -> Policy:
    choices = [Choice(one) if isinstance(one, str) else one for one in targets]
    done = await service.set_policy(
        tenant.owner, tenant.org_id, command=SetPolicy(model, strategy, choices, **more), now=NOW
    )
    gateway.router.forget(tenant.org_id)
    return done.value


async def upstream(gateway: Gateway, tenant: Tenant, name: str, base_url: str) -> UUID:
    """Of the OpenAI kind, without a key; priced as OpenAI's."""
    row = ids.uuid7()
    await db.execute(
        "INSERT INTO gateway_upstream (id, org_id, name, protocol, base_url, provider, created_at, updated_at) "
        "VALUES ($1, $2, $3, 'openai', $4, 'openai', $5, $5)",
        *(row, tenant.org_id, name, base_url, NOW),
    )
    gateway.directory.forget(tenant.org_id)
    return row
