"""Firing once per due time, and running once at a time."""

import asyncio
from datetime import datetime, timedelta

import orjson
import pytest

from app.core.config import Settings
from app.infra import db
from app.periodic import service
from app.periodic.registry import PeriodicTask
from app.periodic.schedules import Cron, Every, Schedule
from app.periodic.service import Begun
from tests.factories.orgs import NOW

HOUR = timedelta(hours=1)
DUE = Every(HOUR).following(NOW)
pytestmark = pytest.mark.usefixtures("settings")


async def nothing(_due_at: datetime) -> None:
    return


def task(name: str = "report", schedule: Schedule | None = None) -> PeriodicTask:
    return PeriodicTask(name, schedule or Every(HOUR), nothing, time_limit_seconds=60)


async def fired() -> list[tuple[str, str]]:
    """Name and due time of every promised run."""
    rows = await db.fetch("SELECT payload FROM outbox_message WHERE name = 'run_periodic' ORDER BY id")
    runs = [orjson.loads(row["payload"])["kwargs"] for row in rows]
    return [(run["name"], run["due_at"]) for run in runs]


async def next_run_at(name: str = "report") -> datetime:
    at: datetime = await db.fetchval("SELECT next_run_at FROM periodic_task WHERE name = $1", name)
    return at


class TestDeclare:
    async def test_leaves_the_next_time_of_a_known_schedule_alone(self) -> None:
        await service.declare([task()], now=NOW)
        await service.declare([task()], now=NOW + 5 * HOUR)
        assert await next_run_at() == DUE

    async def test_plans_anew_where_the_schedule_changed(self) -> None:
        await service.declare([task()], now=NOW)
        daily = Cron("0 3 * * *")
        await service.declare([task(schedule=daily)], now=NOW)
        assert await next_run_at() == daily.following(NOW)


class TestFireDue:
    async def test_waits_for_the_time(self) -> None:
        await service.declare([task()], now=NOW)
        assert await service.fire_due([task()], now=DUE - timedelta(seconds=1)) == 0
        assert await fired() == []
        assert await service.fire_due([task()], now=DUE) == 1
        assert await fired() == [("report", DUE.isoformat())]

    async def test_makes_up_for_missed_times_once(self) -> None:
        await service.declare([task()], now=NOW)
        assert await service.fire_due([task()], now=DUE + 9 * HOUR) == 1
        assert await service.fire_due([task()], now=DUE + 9 * HOUR) == 0
        assert await fired() == [("report", DUE.isoformat())]
        assert await next_run_at() == DUE + 10 * HOUR

    async def test_leaves_alone_what_this_installation_does_not_know(self) -> None:
        await service.declare([task(), task("other")], now=NOW)
        assert await service.fire_due([task()], now=DUE) == 1
        assert await next_run_at("other") == DUE

    async def test_fires_once_per_due_time_however_many_schedulers_race(self) -> None:
        """Two, over fifty due times, each at the same moment."""
        known = [task("a"), task("b", Every(2 * HOUR))]
        await service.declare(known, now=NOW)
        moments = [DUE + number * HOUR for number in range(50)]
        for now in moments:
            await asyncio.gather(*(service.fire_due(known, now=now) for _ in range(2)))
        runs = await fired()
        assert len(runs) == len(set(runs))
        assert len([run for run in runs if run[0] == "a"]) == 50
        assert len([run for run in runs if run[0] == "b"]) in (25, 26)


class TestNextDue:
    async def test_is_the_first_of_all(self) -> None:
        known = [task("slow", Every(24 * HOUR)), task("quick")]
        assert await service.next_due(known) is None
        await service.declare(known, now=NOW)
        assert await service.next_due(known) == DUE


class TestBegin:
    @pytest.fixture(autouse=True)
    async def _declared(self, settings: Settings) -> None:
        await service.declare([task()], now=NOW)

    async def begin(self, due_at: datetime, *, now: datetime = DUE) -> Begun:
        return await service.begin(task(), due_at, now=now)

    async def test_gives_a_run_to_one_worker(self) -> None:
        answers = await asyncio.gather(*(self.begin(DUE) for _ in range(5)))
        assert sorted(answer.name for answer in answers) == ["ELSEWHERE"] * 4 + ["YES"]

    async def test_does_nothing_for_a_run_that_is_done(self) -> None:
        await self.begin(DUE)
        await service.finish(task(), DUE)
        assert await self.begin(DUE) is Begun.NO

    async def test_leaves_a_firing_out_while_the_run_before_goes_on(self) -> None:
        await self.begin(DUE)
        assert await self.begin(DUE + HOUR) is Begun.NO

    async def test_takes_up_the_run_of_a_worker_that_died(self) -> None:
        await self.begin(DUE)
        later = DUE + timedelta(seconds=60) + service._SPARE
        assert await self.begin(DUE, now=later - timedelta(seconds=1)) is Begun.ELSEWHERE
        assert await self.begin(DUE, now=later) is Begun.YES

    async def test_forgets_an_old_run_once_a_later_one_is_done(self) -> None:
        await self.begin(DUE + HOUR)
        await service.finish(task(), DUE + HOUR)
        assert await self.begin(DUE) is Begun.NO

    async def test_keeps_how_the_last_run_failed(self) -> None:
        await self.begin(DUE)
        await service.finish(task(), DUE, error="KeyError('x')")
        assert await db.fetchval("SELECT error FROM periodic_task") == "KeyError('x')"
        await self.begin(DUE + HOUR)
        await service.finish(task(), DUE + HOUR)
        assert await db.fetchval("SELECT error FROM periodic_task") is None
