"""Tells the outbox that a task has done its work."""

from typing import Any
from uuid import UUID

import dramatiq

from app.outbox import courier


class Acknowledge(dramatiq.Middleware):
    def after_process_message(
        self,
        broker: dramatiq.Broker,
        message: dramatiq.MessageProxy,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        outbox_id = message.options.get("outbox_id")
        if exception is None and outbox_id is not None:
            courier.acknowledge(UUID(outbox_id))
