"""Times in the query string."""

import re
from datetime import UTC, datetime
from typing import TypeVar

from aiohttp import web

from app.core.errors import FieldError

# A plus sign that nobody wrote as %2B arrives as a space.
_LOST_PLUS = re.compile(r"(:[\d.]+) (\d\d:?\d\d)$")
D = TypeVar("D", datetime, None)


def read(
    request: web.Request, name: str, default: D, errors: list[FieldError], *, needs_zone: bool = False
) -> datetime | D:
    """The parameter as an aware time; `default` where it is left out, or malformed, which `errors` then says.

    `needs_zone`: something is to happen at that moment, and hours too early or too late is not what was meant.
    """
    text = request.query.get(name)
    if text is None:
        return default
    try:
        value = datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text))
        if needs_zone and value.tzinfo is None:
            errors.append(FieldError(name, "naive_time", "Add the time zone, for example a final Z."))
            return default
        # A date is the start of that day in UTC.
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        errors.append(FieldError(name, "invalid_time", "Use ISO 8601, for example 2026-11-20T10:00:00Z."))
        return default
