"""The actor that pays for top-ups."""

from uuid import UUID

from app.core.clock import utcnow
from app.core.ids import TopUpId
from app.credits.top_ups import attempts, tasks
from app.infra import telemetry
from workers import runtime
from workers.actor import actor

log = telemetry.logger(__name__)


@actor(queue=tasks.QUEUE)
async def attempt_top_up(*, top_up_id: str, **_: object) -> None:
    """Charges once, however often it runs; without a provider it stays open until there is one."""
    payments = runtime.current().payments
    if payments is None:
        log.warning("top_up.without_provider", top_up_id=top_up_id, mend="set STRIPE_SECRET_KEY")
        return
    await attempts.attempt(TopUpId(UUID(top_up_id)), payments=payments, now=utcnow())
