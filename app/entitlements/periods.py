"""Calendar periods in UTC, as `credit_period_start` and `credit_period_end` of the database have them."""

from datetime import UTC, datetime, timedelta

from app.credits.types import Period

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def start_of(period: Period, at: datetime) -> datetime:
    """A week begins on Monday, and what never begins anew began in 1970."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.TOTAL:
            return _EPOCH


def end_of(period: Period, start: datetime) -> datetime | None:
    """The first moment after the period that begins at `start`."""
    match period:
        case Period.DAY:
            return start + timedelta(days=1)
        case Period.WEEK:
            return start + timedelta(days=7)
        case Period.MONTH:
            return (start + timedelta(days=31)).replace(day=1)
        case Period.TOTAL:
            return None
