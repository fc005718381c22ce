"""The messages that re-rating enqueues."""

from uuid import UUID

from app.core.tasks import Task
from app.pricing.tasks import QUEUE


def rerate(rerating_id: UUID) -> Task:
    """Its row says how far it is."""
    return Task("rerate", QUEUE, {"rerating_id": str(rerating_id)})
