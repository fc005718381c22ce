"""Wake-ups that have no row behind them."""

import asyncio
import contextlib

from app.core.config import Settings
from app.infra import db
from app.outbox import courier, service
from app.outbox.courier import Courier
from tests.factories.orgs import NOW
from tests.factories.senders import Recorder
from tests.waiting import eventually


class TestWake:
    async def test_names_each_topic_once_however_often_it_was_called(self, settings: Settings) -> None:
        recorder = Recorder()
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            for _ in range(100):
                courier.wake("wallets:1")
            courier.wake("wallets:2")
            await eventually(lambda: sorted(recorder.woken) == ["wallets:1", "wallets:2"])

    async def test_that_fails_is_forgotten_and_holds_up_nothing(self, settings: Settings) -> None:
        recorder = Recorder()
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            recorder.is_away = True
            courier.wake("wallets:1")
            await asyncio.sleep(0.05)
            recorder.is_away = False
            courier.wake("wallets:2")
            await eventually(lambda: recorder.woken == ["wallets:2"])

    async def test_of_a_unit_of_work_waits_for_its_commit(self, settings: Settings) -> None:
        recorder = Recorder()
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            with contextlib.suppress(KeyError):
                async with db.unit_of_work() as uow:
                    service.wake(uow, "wallets:1")
                    raise KeyError
            async with db.unit_of_work() as uow:
                service.wake(uow, "wallets:2")
                uow.add("SELECT 1")
            await eventually(lambda: recorder.woken)
        assert recorder.woken == ["wallets:2"]
