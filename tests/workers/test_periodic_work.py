"""Running periodic work, and the scheduler's step that fires it."""

import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db
from app.periodic import registry, service
from app.periodic.registry import PeriodicTask
from app.periodic.schedules import Every
from tests.factories.orgs import NOW
from workers.periodic_work import Clockwork, StillTaken, run_periodic

HOUR = timedelta(hours=1)
DUE = Every(HOUR).following(NOW)
pytestmark = pytest.mark.usefixtures("settings")


class Unprintable(Exception):
    def __repr__(self) -> str:
        return "\0" + str(1 // 0)


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_tasks", {})


async def declared(task: PeriodicTask) -> PeriodicTask:
    registry.register(task)
    await service.declare([task], now=NOW)
    return task


async def deliver(due_at: datetime = DUE) -> None:
    await run_periodic(name="report", due_at=due_at.isoformat())


class TestRunPeriodic:
    async def test_is_given_its_due_time_and_runs_once_for_each(self, settings: Settings) -> None:
        seen: list[datetime] = []

        async def run(due_at: datetime) -> None:
            seen.append(due_at)

        await declared(PeriodicTask("report", Every(HOUR), run))
        for due_at in (DUE, DUE, DUE + HOUR):
            await deliver(due_at)
        assert seen == [DUE, DUE + HOUR]

    async def test_that_comes_twice_at_once_runs_once(self, settings: Settings) -> None:
        ran = 0

        async def run(_due_at: datetime) -> None:
            nonlocal ran
            ran += 1
            await asyncio.sleep(0.05)

        await declared(PeriodicTask("report", Every(HOUR), run))
        answers = await asyncio.gather(deliver(), deliver(), return_exceptions=True)
        assert ran == 1
        assert [type(answer) for answer in answers if answer] == [StillTaken]

    @pytest.mark.parametrize(
        ("error", "told"),
        [
            (SystemExit(3), "SystemExit(3)"),
            (asyncio.CancelledError(), "CancelledError()"),
            (Unprintable(), "Unprintable"),
            (KeyError("a\0\ud800"), "KeyError('a\\x00\\ud800')"),
        ],
        ids=["exit", "cancelled", "unprintable", "unstorable"],
    )
    async def test_is_over_however_it_ends(self, settings: Settings, error: BaseException, told: str) -> None:
        async def run(_due_at: datetime) -> None:
            raise error

        await declared(PeriodicTask("report", Every(HOUR), run))
        with capture_logs():
            await deliver()
        row = await db.fetchrow("SELECT done_for, running_until, error FROM periodic_task")
        assert row is not None
        assert tuple(row) == (DUE, None, told)

    async def test_that_fails_says_so_and_waits_for_its_next_time(self, settings: Settings) -> None:
        async def run(_due_at: datetime) -> None:
            raise KeyError("x")

        await declared(PeriodicTask("report", Every(HOUR), run))
        with capture_logs() as logs:
            await deliver()
            await deliver()
        assert [line["event"] for line in logs] == ["periodic.failed"]
        assert await db.fetchval("SELECT error FROM periodic_task") == "KeyError('x')"

    async def test_that_takes_too_long_is_stopped(self, settings: Settings) -> None:
        async def run(_due_at: datetime) -> None:
            await asyncio.sleep(60)

        await declared(PeriodicTask("report", Every(HOUR), run, time_limit_seconds=0.05))
        with capture_logs():
            await deliver()
        assert await db.fetchval("SELECT error FROM periodic_task") == "TimeoutError()"

    async def test_that_this_worker_does_not_know_is_left_to_others_for_a_day(
        self, settings: Settings
    ) -> None:
        with pytest.raises(StillTaken, match="LAUNCHKIT_JOB_KINDS"):
            await deliver(utcnow() - timedelta(hours=23))
        with capture_logs() as logs:
            await deliver(utcnow() - timedelta(hours=24))
        assert [line["event"] for line in logs] == ["periodic.unknown"]


class TestClockwork:
    async def test_asks_the_database_nothing_where_nothing_can_be_due(self, settings: Settings) -> None:
        async def run(_due_at: datetime) -> None:
            return

        clockwork = Clockwork([PeriodicTask("report", Every(HOUR), run)])
        assert await clockwork.tick(now=DUE - HOUR / 2) == 0
        await db.execute("UPDATE periodic_task SET next_run_at = $1", DUE - HOUR)
        assert await clockwork.tick(now=DUE - HOUR / 2 + timedelta(seconds=9)) == 0
        assert await clockwork.tick(now=DUE - HOUR / 2 + timedelta(seconds=10)) == 1
        assert await clockwork.tick(now=DUE) == 1
