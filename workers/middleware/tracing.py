"""Continues the trace of the request that caused a message, and names the message in every log line."""

from contextlib import ExitStack
from typing import Any

import dramatiq
from opentelemetry.trace import SpanKind

from app.infra import telemetry


class Tracing(dramatiq.Middleware):
    def __init__(self) -> None:
        # By the message object: one message may be delivered twice to one process.
        self._open: dict[int, ExitStack] = {}

    def before_process_message(self, broker: dramatiq.Broker, message: dramatiq.MessageProxy) -> None:
        stack = ExitStack()
        stack.enter_context(telemetry.facts(actor=message.actor_name))
        stack.enter_context(
            telemetry.span(
                f"process {message.actor_name}",
                kind=SpanKind.CONSUMER,
                parent=telemetry.parent_of(message.options.get("traceparent")),
                attributes={
                    "messaging.system": "dramatiq",
                    "messaging.destination.name": message.queue_name,
                    "messaging.message.id": message.message_id,
                },
            )
        )
        self._open[id(message)] = stack

    def after_process_message(
        self,
        broker: dramatiq.Broker,
        message: dramatiq.MessageProxy,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        stack = self._open.pop(id(message), None)
        if stack is not None:
            stack.__exit__(type(exception) if exception else None, exception, None)

    def after_skip_message(self, broker: dramatiq.Broker, message: dramatiq.MessageProxy) -> None:
        self.after_process_message(broker, message)
