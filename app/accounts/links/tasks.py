"""The messages that links enqueue. They hold no token: the worker makes it again from the row."""

from datetime import datetime

from app.core.ids import LinkId, UserId
from app.core.tasks import Task

QUEUE = "mails"


def send_link(link_id: LinkId) -> Task:
    """Mail this link to where its row says, if there is a row and it may still be used."""
    return Task("send_link", QUEUE, {"link_id": str(link_id)})


def send_password_notice(user_id: UserId, *, at: datetime) -> Task:
    """Tell this person that their password was changed."""
    return Task("send_password_notice", QUEUE, {"user_id": str(user_id), "at": at.isoformat()})
