"""Webhook endpoints of the demo org: one to be switched on, and one whose delivery was given up."""

from datetime import datetime, timedelta

from app.core import ids
from app.core.egress import Rules
from app.core.events import Event
from app.core.ids import OrgId, WebhookEndpointId
from app.core.principal import Principal
from app.infra import db, hashing
from app.infra.outbound import Outbound
from app.webhooks import delivering, recording, service
from app.webhooks.delivering import Result
from app.webhooks.retrying import LEASE, Next, Outcome, State
from app.webhooks.secrets import Vault
from app.webhooks.types import CreateEndpoint, UpdateEndpoint

# Of RFC 2606: nobody is behind them. Addresses of documents lead nowhere, so nothing is sent.
_OFF = CreateEndpoint("https://hooks.example.com/launchkit", "Switch it on for a receiver of yours", ("*",))
_OLD = CreateEndpoint("https://old.example.com/launchkit", "The old receiver", ("webhook.test",))
_FIND = "SELECT id FROM webhook_endpoint WHERE org_id = $1 AND url = $2"
_HAS_FAILED = "SELECT EXISTS (SELECT FROM webhook_delivery WHERE endpoint_id = $1)"
_ANSWERS = (502, 502, 504)
_PAUSE = timedelta(hours=1)
_AGO = timedelta(days=1)


async def ensure(owner: Principal, org_id: OrgId, *, secret_key: str, now: datetime) -> int:
    """How many endpoints were made; what was interrupted is completed."""
    vault = Vault(hashing.derive_key(secret_key, "webhook-secrets"))
    outbound = Outbound(Rules())
    try:
        _, is_off_new = await _endpoint(owner, org_id, _OFF, vault, outbound, now, is_enabled=False)
        old_id, is_old_new = await _endpoint(owner, org_id, _OLD, vault, outbound, now, is_enabled=True)
    finally:
        await outbound.close()
    if not await db.fetchval(_HAS_FAILED, old_id):
        await _fail(org_id, old_id, now - _AGO)
    return is_off_new + is_old_new


async def _endpoint(
    owner: Principal,
    org_id: OrgId,
    command: CreateEndpoint,
    vault: Vault,
    outbound: Outbound,
    now: datetime,
    *,
    is_enabled: bool,
) -> tuple[WebhookEndpointId, bool]:
    found = await db.fetchval(_FIND, org_id, command.url)
    if found is not None:
        return WebhookEndpointId(found), False
    new = await service.create(owner, org_id, command=command, vault=vault, outbound=outbound, now=now)
    if not is_enabled:
        await service.update(
            owner, new.endpoint.id, command=UpdateEndpoint(is_enabled=False), outbound=outbound, now=now
        )
    return new.endpoint.id, True


async def _fail(org_id: OrgId, endpoint_id: WebhookEndpointId, at: datetime) -> None:
    """A delivery with three attempts, the last of which was the end of it."""
    told = Event("job.failed", org_id, (), {"job_id": ids.encode("job", ids.uuid7()), "kind": "summarize"})
    async with db.unit_of_work() as uow:
        recording.record_for(uow, told, endpoint_id, now=at)
    for number, status in enumerate(_ANSWERS, start=1):
        begun = at + number * _PAUSE
        # Taken as a worker takes it, so that the rows are what they would be.
        taken = [
            one for one in await delivering.claim(limit=100, now=begun) if one.endpoint_id == endpoint_id
        ]
        is_last = number == len(_ANSWERS)
        following = Next(State.DEAD if is_last else State.PENDING, begun + (LEASE if is_last else _PAUSE))
        outcome = Outcome(status, body="upstream is away", latency_ms=40 * number)
        await delivering.book([Result(one, outcome, following, begun) for one in taken], now=begun)
