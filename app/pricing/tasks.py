"""The messages that prices enqueue."""

from app.core.ids import OrgId
from app.core.tasks import Task

QUEUE = "pricing"


def rate_unrated(org_id: OrgId) -> Task:
    """A price was published: rate what had none."""
    return Task("rate_unrated", QUEUE, {"org_id": str(org_id)})
