"""The house's actor decorator: asynchronous, keyword arguments only, idempotent."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import dramatiq

from app.infra.db import DatabaseUnavailable, LockTimeout
from workers.runner import WorkerEnding

Function = Callable[..., Awaitable[None]]
F = TypeVar("F", bound=Function)

_declared: list[tuple[Function, str]] = []


def actor(*, queue: str) -> Callable[[F], F]:
    """Declares an actor of `queue`, named after the function. The function itself stays callable as it is."""

    def declare(function: F) -> F:
        _declared.append((function, queue))
        return function

    return declare


def register(broker: dramatiq.Broker) -> None:
    """Makes every declared actor known to `broker`.

    They are tried again only while the database is away or a row is held, and by another worker where this one is
    about to end. All else is a matter of the row an actor works on: a message whose actor failed stays in the
    outbox, and the relay sends it again.
    """
    for function, queue in _declared:
        decorate = dramatiq.actor(
            broker=broker, queue_name=queue, retry_when=_should_retry, min_backoff=500, max_backoff=10_000
        )
        decorate(function)


def _should_retry(retries: int, error: BaseException) -> bool:
    return isinstance(error, (DatabaseUnavailable, LockTimeout, WorkerEnding))
