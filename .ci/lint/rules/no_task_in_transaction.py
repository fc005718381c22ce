"""No task is started inside a transaction.

A task inherits the context variables of the place that made it, and the ORM keeps the
transaction's connection in one. Run after the commit, the task writes to a connection
that is back in the pool ("connection has been released"); run before it, it is part of
a transaction that may still roll back. Hand work over through the outbox, or start
the task after the block.
"""

import ast
from collections.abc import Iterator

from lint.source import Source, last_name

TRANSACTIONS = frozenset({"transaction", "in_transaction", "atomic", "unit_of_work"})
STARTS = frozenset({"create_task", "ensure_future"})


def applies(source: Source) -> bool:
    return source.is_python and source.is_in("app", "workers", "schema")


def find(source: Source) -> Iterator[tuple[int, str]]:
    blocks = (node for node in source.nodes if isinstance(node, ast.AsyncWith) and _is_transaction(node))
    # A nested transaction holds the same call as the one around it: report it once.
    calls = {call for block in blocks for statement in block.body for call in _starts(statement)}
    for call in calls:
        yield call.lineno, f"{last_name(call.func)}() inside a transaction; start the task after the block"


def _is_transaction(block: ast.AsyncWith) -> bool:
    return any(
        isinstance(item.context_expr, ast.Call) and last_name(item.context_expr.func) in TRANSACTIONS
        for item in block.items
    )


def _starts(statement: ast.stmt) -> Iterator[ast.Call]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and last_name(node.func) in STARTS:
            yield node
