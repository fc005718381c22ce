"""What a person is told about their account: whoever changed how it is entered may have been another."""

from datetime import datetime
from enum import StrEnum

from app.accounts.links.tasks import QUEUE
from app.core.ids import UserId
from app.core.tasks import Task


class Change(StrEnum):
    TOTP_ENABLED = "totp_enabled"
    TOTP_DISABLED = "totp_disabled"
    IDENTITY_LINKED = "identity_linked"


def send_account_notice(user_id: UserId, change: Change, *, at: datetime) -> Task:
    """Tell this person what was changed."""
    kwargs = {"user_id": str(user_id), "change": change.value, "at": at.isoformat()}
    return Task("send_account_notice", QUEUE, kwargs)
