"""Columns of many rows as the text of a PostgreSQL array, for `$1::text::bigint[]`."""

from collections.abc import Sequence

import msgspec

_encode = msgspec.json.Encoder(decimal_format="string").encode


def array(column: Sequence[object]) -> str | None:
    """None where nothing in it says anything: it need not travel.

    As JSON has it, in other brackets: `null`, numbers and quoted text mean the same there. But for escapes: there a
    backslash stands before what is meant literally, and nothing else.
    PostgreSQL documentation, 8.15.6. Array Input and Output Syntax.
    """
    if column.count(None) == len(column):
        return None
    encoded = _encode(column)
    if b"\\" in encoded:
        return "{" + ",".join(map(_element, column)) + "}"
    return "{" + encoded[1:-1].decode() + "}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
