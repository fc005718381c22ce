"""Duties: when each is done, and what the failure of one means for the others."""

from datetime import datetime, timedelta

import pytest

from app.infra import db
from app.infra.db import DatabaseUnavailable
from tests.factories.orgs import NOW
from workers.duties import Duties, Duty

SECOND = timedelta(seconds=1)


class Noted:
    """Notes when it was done; answers what it was told to, and fails with what it was told to."""

    def __init__(self, *answers: object) -> None:
        self.at: list[datetime] = []
        self._answers = list(answers)

    async def __call__(self, now: datetime) -> object:
        self.at.append(now)
        answer = self._answers.pop(0) if self._answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer


class TestTick:
    async def test_does_each_when_it_is_due(self) -> None:
        often, seldom = Noted(), Noted()
        duties = Duties([Duty("often", often), Duty("seldom", seldom, every=2 * SECOND)])
        times = [NOW + number * SECOND for number in range(4)]
        for now in times:
            assert not await duties.tick(now=now)
        assert often.at == times
        assert seldom.at == times[::2]

    async def test_comes_back_to_what_left_work_behind(self) -> None:
        purge = Noted(True, 3, None)
        duties = Duties([Duty("purge", purge, every=timedelta(hours=1))])
        for number in range(3):
            assert not await duties.tick(now=NOW + number * SECOND)
        assert purge.at == [NOW, NOW + SECOND]

    async def test_tells_that_work_which_hastens_is_left(self) -> None:
        duties = Duties([Duty("seal", Noted(True, False), hastens=True)])
        assert await duties.tick(now=NOW)
        assert not await duties.tick(now=NOW)

    async def test_does_not_hasten_back_to_what_fails(self) -> None:
        broken = Noted(ValueError("broken"), True)
        duties = Duties([Duty("seal", broken, hastens=True)])
        assert not await duties.tick(now=NOW)
        assert await duties.tick(now=NOW + SECOND)

    async def test_goes_on_after_a_failure_and_tries_it_again(self) -> None:
        broken, next_one = Noted(ValueError("broken"), ValueError("still"), None), Noted()
        duties = Duties([Duty("broken", broken, every=timedelta(hours=1)), Duty("next", next_one)])
        for number in range(4):
            await duties.tick(now=NOW + number * SECOND)
        assert len(next_one.at) == 4
        assert broken.at == [NOW, NOW + SECOND, NOW + 2 * SECOND]

    @pytest.mark.usefixtures("settings")
    async def test_goes_on_after_a_statement_that_takes_too_long(self) -> None:
        """Else one purge of a table that has grown keeps leases, credit and top-ups waiting for good."""

        async def purge(_now: datetime) -> None:
            async with db.unit_of_work() as uow:
                await uow.fetch("SET LOCAL statement_timeout = '20ms'")
                await uow.fetch("SELECT pg_sleep(5)")

        next_one = Noted()
        await Duties([Duty("purge", purge), Duty("next", next_one)]).tick(now=NOW)
        assert next_one.at == [NOW]

    @pytest.mark.parametrize("away", [DatabaseUnavailable(), ConnectionError(), TimeoutError()])
    async def test_stops_where_nothing_can_be_done(self, away: Exception) -> None:
        later = Noted()
        duties = Duties([Duty("first", Noted(away)), Duty("later", later)])
        with pytest.raises(type(away)):
            await duties.tick(now=NOW)
        assert not later.at
        await duties.tick(now=NOW)
        assert later.at == [NOW]
