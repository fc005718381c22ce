"""Actors that rate usage again."""

from uuid import UUID

from app.core.clock import utcnow
from app.core.ids import OrgId
from app.infra import telemetry
from app.pricing import tasks
from app.rerating import service
from workers import runtime
from workers.actor import actor

log = telemetry.logger(__name__)


@actor(queue=tasks.QUEUE)
async def rate_unrated(*, org_id: str, **_: object) -> None:
    """Rates what had no price and has one now."""
    rated = await service.rate_unrated(OrgId(UUID(org_id)), book=runtime.current().prices, now=utcnow())
    log.info("usage.rated", org_id=org_id, events=rated)


@actor(queue=tasks.QUEUE)
async def rerate(*, rerating_id: str, **_: object) -> None:
    """Goes on with a re-rating; its row says how far it is."""
    await service.carry_out(UUID(rerating_id), book=runtime.current().prices, now=utcnow())
