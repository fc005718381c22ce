"""`save()` without `update_fields` writes every column, also those that somebody else changed meanwhile.

The object was read a moment ago; a full save puts back the old values of columns that
this code never meant to touch. Name what is changed, or let the database do it with
`filter(...).update(...)`. A new row is made with `create()`.

A call with positional arguments is taken for something other than an ORM object.
"""

import ast
from collections.abc import Iterator

from lint.source import Source


def applies(source: Source) -> bool:
    return source.is_python and source.is_in("app", "workers", "schema")


def find(source: Source) -> Iterator[tuple[int, str]]:
    for call in source.calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "save" and _saves_everything(call):
            yield call.lineno, ".save() writes every column; name them: save(update_fields=[...])"


def _saves_everything(call: ast.Call) -> bool:
    if call.args:
        return False
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if None in given:  # **options may hold them
        return False
    fields = given.get("update_fields")
    return fields is None or (isinstance(fields, ast.Constant) and fields.value is None)
