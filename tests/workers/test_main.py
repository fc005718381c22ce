"""What a worker process does with Dramatiq's worker, with a real queue."""

import threading
import time

import dramatiq
import pytest
import redis as redis_py
from dramatiq import Worker

from app.core import ids
from app.core.config import Settings
from app.core.messages import Message
from app.infra import broker as broker_module
from app.infra.broker import RedisSender
from workers import main


class Process:
    """One worker process's broker and threads; `took` is told of each message."""

    def __init__(self, settings: Settings) -> None:
        self.took = threading.Event()
        self.broker = broker_module.connect(settings.effective_broker_url)

        def note() -> None:
            self.took.set()

        dramatiq.actor(broker=self.broker, queue_name="endings")(note)
        self.worker = Worker(self.broker, worker_threads=2, worker_timeout=20)
        self.worker.start()

    def close(self) -> None:
        self.worker.stop(timeout=5_000)
        self.broker.close()


async def send(settings: Settings) -> None:
    sender = RedisSender(settings.effective_broker_url)
    await sender.send([Message(ids.uuid7(), "task", "note", {"queue": "endings", "kwargs": {}})])
    await sender.close()


class TestTakeNoMore:
    async def test_leaves_what_is_sent_to_other_processes(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dramatiq.worker.CONSUMER_RESTART_DELAY_SECS", 0.05)
        ending = Process(settings)
        try:
            await send(settings)
            assert ending.took.wait(20), "it takes what is sent"
            ending.took.clear()

            main._take_no_more(ending.worker)
            # Each was perhaps just asking.
            assert all(consumer.paused_event.wait(20) for consumer in ending.worker.consumers.values())
            await send(settings)

            time.sleep(0.5)
            with redis_py.Redis.from_url(settings.effective_broker_url) as client:
                assert client.llen("dramatiq:endings") == 1
            other = Process(settings)
            try:
                assert other.took.wait(20)
            finally:
                other.close()
            assert not ending.took.is_set()
        finally:
            ending.close()
