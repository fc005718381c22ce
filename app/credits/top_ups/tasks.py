"""The message that top-ups enqueue."""

from app.core.ids import TopUpId
from app.core.tasks import Task

QUEUE = "payments"


def attempt(top_up_id: TopUpId) -> Task:
    """Charge, and give the credit once that is confirmed."""
    return Task("attempt_top_up", QUEUE, {"top_up_id": str(top_up_id)})
