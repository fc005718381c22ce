"""What is sent to PostgreSQL, by whichever layer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import asyncpg

from app.web import rate_limit

# What an application's process does every few seconds, whatever is asked of it: it may fall into any block.
_BY_THEMSELVES = frozenset({"plans", "api-keys-last-used", "gateway-leases", "courier-books", "kept-warm"})


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The SQL of every statement that this process sends during the block, but for what it does by the clock."""
    seen: list[str] = []
    connection: Any = asyncpg.Connection
    with_args, without_args = connection._execute, connection.execute

    async def one(self: Any, query: str, *args: Any, **options: Any) -> Any:
        if not _is_by_itself():
            seen.append(query)
        return await with_args(self, query, *args, **options)

    async def script(self: Any, query: str, *args: Any, **options: Any) -> Any:
        if not args and not _is_by_itself():
            seen.append(query)
        return await without_args(self, query, *args, **options)

    with (
        patch.object(connection, "_execute", one),
        patch.object(connection, "execute", script),
        # Who sends a body slowly is looked at twice, and a busy machine makes everybody slow.
        patch.object(rate_limit, "_FRESH_SECONDS", 60.0),
    ):
        yield seen


def _is_by_itself() -> bool:
    task = asyncio.current_task()
    return task is not None and task.get_name() in _BY_THEMSELVES
