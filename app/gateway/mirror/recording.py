"""What changes about a key becomes a message to the mirror, in the transaction of its cause."""

from datetime import datetime

from app.apikeys import changes
from app.core.config import Settings
from app.core.ids import ApiKeyId
from app.gateway.mirror import tasks
from app.infra.db import UnitOfWork
from app.outbox import service as outbox


def install(settings: Settings) -> None:
    """For composition roots. Where no proxy is set, nothing is written."""
    if settings.litellm is not None:
        changes.watch(record)


def record(uow: UnitOfWork, key_ids: tuple[ApiKeyId, ...], now: datetime) -> None:
    outbox.enqueue(uow, *(tasks.mirror_key(key_id) for key_id in key_ids), now=now)
