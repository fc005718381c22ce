"""Actors that rate usage again."""

import asyncio
from uuid import UUID

from app.core.clock import utcnow
from app.core.ids import OrgId
from app.infra import telemetry
from app.pricing import tasks
from app.rerating import service
from workers import runtime
from workers.actor import actor

log = telemetry.logger(__name__)

# As old as a snapshot of prices may be, and time to spare.
KNOWN_EVERYWHERE_SECONDS = 1.5


@actor(queue=tasks.QUEUE)
async def rate_unrated(*, org_id: str, **_: object) -> None:
    """Rates what had no price and has one now; again when every process that takes usage in knows the price."""
    org, book = OrgId(UUID(org_id)), runtime.current().prices
    rated = await service.rate_unrated(org, book=book, now=utcnow())
    await asyncio.sleep(KNOWN_EVERYWHERE_SECONDS)
    rated += await service.rate_unrated(org, book=book, now=utcnow())
    log.info("usage.rated", org_id=org_id, events=rated)


@actor(queue=tasks.QUEUE)
async def rerate(*, rerating_id: str, **_: object) -> None:
    """Goes on with a re-rating; its row says how far it is."""
    await service.carry_out(UUID(rerating_id), book=runtime.current().prices, now=utcnow())
