"""Duties: what is done again and again as time goes by. One that fails does not keep the others from being done."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.infra import telemetry
from app.infra.db import DatabaseUnavailable, StatementTooSlow

log = telemetry.logger(__name__)

_OUTAGES = (DatabaseUnavailable, ConnectionError, TimeoutError)
_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """`run` is given the time, and tells whether it has left work behind: then it is due again with the next tick.

    `every` is the pause between two runs, zero for every tick. With `hastens`, work left behind does not wait for the
    next tick's time.
    """

    name: str
    run: Callable[[datetime], Awaitable[object]]
    every: timedelta = timedelta(0)
    hastens: bool = False


class Duties:
    """Of one process, done in their order."""

    def __init__(self, duties: Sequence[Duty]) -> None:
        self._due = dict.fromkeys(duties, _ALWAYS)
        self._failing: set[str] = set()

    async def tick(self, *, now: datetime) -> bool:
        """Does what is due; whether to come back at once.

        Raises `DatabaseUnavailable`, `ConnectionError` and `TimeoutError`: then nothing else can be done either. A
        statement that takes too long is its own duty's failure.
        """
        is_urgent = False
        for duty, due in self._due.items():
            if now < due:
                continue
            has_more = await self._do(duty, now)
            self._due[duty] = now if has_more else now + duty.every
            # One that fails would fail again at once, and again.
            is_urgent = is_urgent or (has_more and duty.hastens and duty.name not in self._failing)
        return is_urgent

    async def _do(self, duty: Duty, now: datetime) -> bool:
        try:
            has_more = await duty.run(now) is True
        except Exception as error:
            if isinstance(error, _OUTAGES) and not isinstance(error, StatementTooSlow):
                raise
            # Once, not every second for as long as it lasts.
            if duty.name not in self._failing:
                log.error("scheduler.duty_failed", duty=duty.name, exc_info=True)
            self._failing.add(duty.name)
            return True
        if duty.name in self._failing:
            self._failing.discard(duty.name)
            log.info("scheduler.duty_recovered", duty=duty.name)
        return has_more
