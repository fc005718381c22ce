"""`.limit(n).delete()` and `.limit(n).update(...)` change every matching row.

PostgreSQL has no LIMIT for DELETE and UPDATE, and Tortoise drops it without a word:
a sweep meant for two rows changed all twenty. The limit belongs into a subquery:

    await Hold.filter(id__in=Subquery(Hold.filter(...).limit(n).values("id"))).delete()

Sees a chain written as one expression. A queryset that is kept in a variable between
the limit and the delete passes, so do not do that either.
"""

import ast
from collections.abc import Iterator

from lint.source import Source


def applies(source: Source) -> bool:
    return source.is_python


def find(source: Source) -> Iterator[tuple[int, str]]:
    for call in source.calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in {"delete", "update"} and "limit" in _methods_before(call):
            yield (
                call.lineno,
                f".limit().{name}() ignores the limit; put it into a subquery: id__in=Subquery(...)",
            )


def _methods_before(call: ast.Call) -> set[str]:
    methods: set[str] = set()
    node: ast.expr = call
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            methods.add(node.func.attr)
    return methods
