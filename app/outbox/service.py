"""Writing to the outbox: inside a unit of work, handed on right after its commit."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import orjson

from app.core import ids
from app.core.events import Event, org_topic
from app.core.messages import Message
from app.core.tasks import Task
from app.infra import telemetry
from app.infra.db import UnitOfWork
from app.outbox import courier

# The committing process has this long to hand a message on before the relay takes it for left behind.
HANDOVER_GRACE = timedelta(seconds=2)

_INSERT = """
INSERT INTO outbox_message (id, kind, name, payload, trace, created_at, available_at, attempts)
SELECT id, kind, name, payload, $5::text, $6::timestamptz, $7::timestamptz, 0
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) AS message (id, kind, name, payload)
"""


# Woken by every public event: whoever tells the world looks then.
PUBLIC = "public-events"

Recorder = Callable[[UnitOfWork, Sequence[Event], datetime], None]
_recorders: list[Recorder] = []


def on_publish(recorder: Recorder) -> None:
    """Has `recorder` called with every event, to add rows of its own to the same unit of work."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def enqueue(uow: UnitOfWork, *tasks: Task, now: datetime) -> None:
    """Promises that each task is run, at least once, if and only if `uow` commits."""
    trace = telemetry.current_traceparent()
    _add(uow, [_task(task, trace) for task in tasks], trace, now)


def enqueue_where(uow: UnitOfWork, task: Task, *, source: str, now: datetime) -> Callable[[], None]:
    """As `enqueue`, if the unit of work's statement that `source` names (`slot WHERE n IS NOT NULL`) gives a row.

    The caller, who learns that after the commit, calls what is returned: it hands the message over.
    """
    trace = telemetry.current_traceparent()
    message = _task(task, trace)
    uow.add(
        f"INSERT INTO outbox_message (id, kind, name, payload, trace, created_at, available_at, attempts) "
        f"SELECT $1::uuid, 'task', $2::text, $3::jsonb, $4::text, $5::timestamptz, $6::timestamptz, 0 FROM {source}",
        message.id,
        message.name,
        orjson.dumps(message.payload).decode(),
        trace,
        now,
        now + HANDOVER_GRACE,
    )
    return lambda: hand_over([message])


def enqueue_unless_waiting(uow: UnitOfWork, task: Task, *, now: datetime) -> None:
    """As `enqueue`, unless a message for the same actor waits already. The relay sends it, within seconds.

    Two who ask at the same moment may both be granted it.
    """
    source = "(SELECT 1) AS one WHERE NOT EXISTS (SELECT FROM outbox_message WHERE kind = 'task' AND name = $2::text)"
    enqueue_where(uow, task, source=source, now=now)


def hand_over(messages: Sequence[Message]) -> None:
    """To this process's courier: messages that a commit has just put in the outbox."""
    if messages:
        courier.hand_over(messages)


def publish(uow: UnitOfWork, *events: Event, now: datetime) -> None:
    """Promises that who listens to an event is woken, at least once, if and only if `uow` commits."""
    trace = telemetry.current_traceparent()
    _add(uow, [_event(event, trace) for event in events], trace, now)
    for recorder in _recorders:
        recorder(uow, events, now)


def wake(uow: UnitOfWork, topic: str) -> None:
    """Wakes who listens if `uow` commits, without a row: it may be lost, and who listens must do without."""
    uow.after_commit(lambda: courier.wake(topic))


def _task(task: Task, trace: str | None) -> Message:
    return Message(ids.uuid7(), "task", task.actor, {"queue": task.queue, "kwargs": task.kwargs}, trace)


def _event(event: Event, trace: str | None) -> Message:
    body = {"name": event.name, "version": event.version, "org_id": str(event.org_id), **event.payload}
    topics = [*event.topics, org_topic(event.name.partition(".")[0], event.org_id)]
    if event.is_public:
        topics.append(PUBLIC)
    return Message(ids.uuid7(), "event", event.name, {"topics": topics, "body": body}, trace)


def _add(uow: UnitOfWork, messages: Sequence[Message], trace: str | None, now: datetime) -> None:
    if not messages:
        return
    uow.add(
        _INSERT,
        [message.id for message in messages],
        [message.kind for message in messages],
        [message.name for message in messages],
        [orjson.dumps(message.payload).decode() for message in messages],
        trace,
        now,
        now + HANDOVER_GRACE,
    )
    uow.after_commit(lambda: courier.hand_over(messages))
