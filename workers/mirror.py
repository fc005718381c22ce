"""Actors that tell a LiteLLM proxy of keys. What fails stays in the outbox, and the relay sends it again."""

from uuid import UUID

from app.core.clock import utcnow
from app.core.ids import ApiKeyId
from app.gateway.mirror import tasks
from app.infra import telemetry
from workers import runtime
from workers.actor import actor

log = telemetry.logger(__name__)


@actor(queue=tasks.QUEUE)
async def mirror_key(*, key_id: str, **_: object) -> None:
    """Where no proxy is set any more there is nobody to tell."""
    mirror = runtime.current().mirror
    if mirror is None:
        log.info("mirror.off", api_key_id=key_id)
        return
    await mirror.settle([ApiKeyId(UUID(key_id))], now=utcnow())


@actor(queue=tasks.QUEUE)
async def mirror_page(*, after: str | None = None, **_: object) -> None:
    """A page of the walk through all keys."""
    mirror = runtime.current().mirror
    if mirror is not None:
        await mirror.walk(None if after is None else UUID(after), now=utcnow())
