"""What is sent to PostgreSQL, by whichever layer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import asyncpg


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The SQL of every statement that this process sends during the block."""
    seen: list[str] = []
    connection: Any = asyncpg.Connection
    with_args, without_args = connection._execute, connection.execute

    async def one(self: Any, query: str, *args: Any, **options: Any) -> Any:
        seen.append(query)
        return await with_args(self, query, *args, **options)

    async def script(self: Any, query: str, *args: Any, **options: Any) -> Any:
        if not args:
            seen.append(query)
        return await without_args(self, query, *args, **options)

    with patch.object(connection, "_execute", one), patch.object(connection, "execute", script):
        yield seen
