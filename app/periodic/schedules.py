"""When periodic work is due. Pure: every process that asks gets the same times, in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cronsim import CronSim, CronSimError

_EPOCH = datetime(2000, 1, 3, tzinfo=UTC)  # a Monday: weeks begin as people count them
_SHORTEST = timedelta(seconds=1)
_LONGEST_TEXT = 100


class Schedule(Protocol):
    @property
    def text(self) -> str:
        """What is kept beside the next time, so that a changed schedule is noticed."""
        ...

    def following(self, now: datetime) -> datetime:
        """The first due time after `now`."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """At multiples of `interval` since Monday, 3 January 2000, 00:00 UTC: an hour is a full hour."""

    interval: timedelta

    def __post_init__(self) -> None:
        if self.interval < _SHORTEST:
            raise ValueError(f"A schedule of every {self.interval} is too tight: use a second or more.")

    @property
    def text(self) -> str:
        return f"every {self.interval.total_seconds():g} s"

    def following(self, now: datetime) -> datetime:
        return _EPOCH + ((now - _EPOCH) // self.interval + 1) * self.interval


@dataclass(frozen=True, slots=True)
class Cron:
    """Five fields as in cron(5), or six with the seconds first; in UTC."""

    expression: str

    def __post_init__(self) -> None:
        if len(self.expression) > _LONGEST_TEXT:
            raise ValueError(f"A cron expression has at most {_LONGEST_TEXT} characters.")
        try:
            next(CronSim(self.expression, _EPOCH))
        except (CronSimError, StopIteration) as error:
            reason = str(error) or "it is never due"
            raise ValueError(
                f"{self.expression!r} is no cron expression ({reason}): use five fields, such as 0 3 * * *."
            ) from None

    @property
    def text(self) -> str:
        return self.expression

    def following(self, now: datetime) -> datetime:
        return next(CronSim(self.expression, now.astimezone(UTC)))
