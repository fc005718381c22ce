"""CSV that spreadsheets may open: quoted as RFC 4180 says, and no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet run a cell (OWASP, "CSV Injection").
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def lines(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows in UTF-8; None is an empty cell."""
    text = io.StringIO()
    csv.writer(text).writerows([[cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def cell(value: object) -> str:
    """The value as text, behind an apostrophe where it would begin a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_TRIGGERS) else text
