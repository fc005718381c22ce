"""The message that signing up enqueues where there is an account already."""

from datetime import datetime

from app.accounts.links.tasks import QUEUE
from app.core.ids import UserId
from app.core.tasks import Task


def send_sign_up_notice(user_id: UserId, *, at: datetime) -> Task:
    """Tell the owner of an account that somebody tried to sign up with its address."""
    return Task("send_sign_up_notice", QUEUE, {"user_id": str(user_id), "at": at.isoformat()})
