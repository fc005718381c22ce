"""The message that periodic work enqueues."""

from datetime import datetime

from app.core.tasks import Task

QUEUE = "periodic"


def run_periodic(name: str, due_at: datetime) -> Task:
    return Task("run_periodic", QUEUE, {"name": name, "due_at": due_at.isoformat()})
