"""Telling who keeps a copy of keys elsewhere that one has changed, in the transaction of the change."""

from collections.abc import Callable
from datetime import datetime

from app.core.ids import ApiKeyId
from app.infra.db import UnitOfWork

Watcher = Callable[[UnitOfWork, tuple[ApiKeyId, ...], datetime], None]
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Has `watcher` called with the keys of each change, to add rows of its own to the same unit of work."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def unwatch(watcher: Watcher) -> None:
    if watcher in _watchers:
        _watchers.remove(watcher)


def tell(uow: UnitOfWork, *key_ids: ApiKeyId, now: datetime) -> None:
    """That they were made, changed or ended, or that a budget of theirs was."""
    if not key_ids:
        return
    for watcher in _watchers:
        watcher(uow, key_ids, now)
