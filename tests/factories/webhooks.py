"""Endpoints, and facts that they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import utcnow
from app.core.events import Event
from app.core.ids import OrgId
from app.infra import db, hashing
from app.infra.outbound import Outbound
from app.outbox import service as outbox
from app.webhooks import recording, service
from app.webhooks.secrets import Vault
from app.webhooks.types import CreateEndpoint, Endpoint
from tests.conftest import SECRET_KEY
from tests.factories.orgs import Tenant
from tests.fakes.outside import LOOPBACK, Names

VAULT = Vault(hashing.derive_key(SECRET_KEY, "webhook-secrets"))
NOWHERE = Outbound(LOOPBACK, resolver=Names({}))


@dataclass(frozen=True)
class Made:
    endpoint: Endpoint
    secret: str


async def made(
    tenant: Tenant,
    url: str = "https://hooks.example/",
    *,
    event_types: Sequence[str] = ("*",),
    max_concurrency: int = 10,
    rate_per_second: int | None = None,
    now: datetime | None = None,
) -> Made:
    command = CreateEndpoint(
        url, event_types=event_types, max_concurrency=max_concurrency, rate_per_second=rate_per_second
    )
    new = await service.create(
        tenant.owner, tenant.org_id, command=command, vault=VAULT, outbound=NOWHERE, now=now or utcnow()
    )
    assert new.secret is not None
    return Made(new.endpoint, new.secret)


def fact(org_id: OrgId, number: int = 1, name: str = "job.succeeded") -> Event:
    return Event(name, org_id, (f"job:{number}",), {"number": number}, is_public=True)


async def tell(
    tenant: Tenant, *, count: int = 1, name: str = "job.succeeded", now: datetime | None = None
) -> None:
    """Publishes facts of the tenant's, in one transaction."""
    recording.install()
    async with db.unit_of_work() as uow:
        outbox.publish(uow, *(fact(tenant.org_id, n, name) for n in range(1, count + 1)), now=now or utcnow())
