"""The messages of the mirror: ids alone. What there is to do stands in our tables when the actor looks."""

from uuid import UUID

from app.core.ids import ApiKeyId
from app.core.tasks import Task

QUEUE = "mirror"


def mirror_key(key_id: ApiKeyId) -> Task:
    return Task("mirror_key", QUEUE, {"key_id": str(key_id)})


def mirror_page(after: UUID | None) -> Task:
    """Of the walk through all keys; None begins it."""
    return Task("mirror_page", QUEUE, {"after": None if after is None else str(after)})
