"""Which moments can be kept: those whose offset from UTC is told, and that have a place in PostgreSQL and in Python.

`datetime.min` and `datetime.max` themselves have none: the driver stores them as -infinity and infinity, which come
back without a time zone, or in JSON as no time at all.
"""

from datetime import UTC, datetime

from app.core.errors import FieldError

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_AFTER_ALL = datetime.max.replace(tzinfo=UTC)


def faults(field: str, at: datetime | None) -> list[FieldError]:
    """What is wrong with a moment that a client named; None was not named."""
    if at is None:
        return []
    if at.tzinfo is None:
        return [FieldError(field, "naive_time", "Add the time zone, for example a final Z.")]
    if not _BEFORE_ALL < at < _AFTER_ALL:
        return [FieldError(field, "out_of_range", "Name a time within the years 1 to 9999 of UTC.")]
    return []
