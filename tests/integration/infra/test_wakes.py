"""Consumers that are told that there are messages, with a real queue and Dramatiq's own worker."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import dramatiq
import pytest
import redis as redis_py
from dramatiq import Worker

from app.core import ids
from app.core.config import Settings
from app.core.messages import Message
from app.infra import broker as module
from app.infra.broker import RedisSender

LONG_SECONDS = 30.0


class Seen:
    """What the actor was given, and when."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.changed = threading.Condition()

    def add(self, number: int) -> None:
        with self.changed:
            self.numbers.append(number)
            self.changed.notify_all()

    def wait_for(self, count: int, *, seconds: float) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: len(self.numbers) >= count, seconds)


@contextmanager
def working(settings: Settings, seen: Seen, *, threads: int = 2) -> Iterator[Worker]:
    broker = module.connect(settings.effective_broker_url)

    def note(*, number: int) -> None:
        seen.add(number)

    dramatiq.actor(broker=broker, queue_name="wakes")(note)
    worker = Worker(broker, worker_threads=threads, worker_timeout=20)
    worker.queue_prefetch = threads
    worker.start()
    try:
        yield worker
    finally:
        for consumer in worker.consumers.values():
            consumer.stop()
        with redis_py.Redis.from_url(settings.effective_broker_url) as client:
            client.publish(f"{module._WAKE}wakes", b"")
        worker.stop(timeout=5_000)
        broker.close()


def message(number: int) -> Message:
    return Message(ids.uuid7(), "task", "note", {"queue": "wakes", "kwargs": {"number": number}})


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consumers that hardly ever look by themselves."""
    monkeypatch.setattr(module, "_IDLE_SECONDS", LONG_SECONDS)


async def send(settings: Settings, *numbers: int) -> None:
    sender = RedisSender(settings.effective_broker_url)
    await sender.send([message(number) for number in numbers])
    await sender.close()


class TestAConsumer:
    @pytest.mark.usefixtures("_patient")
    async def test_that_is_idle_takes_a_message_as_soon_as_it_is_sent(self, settings: Settings) -> None:
        seen = Seen()
        with working(settings, seen):
            for number in range(3):
                # Idle again: it has looked, found nothing, and waits.
                time.sleep(0.2)
                started = time.monotonic()
                await send(settings, number)
                assert seen.wait_for(number + 1, seconds=LONG_SECONDS)
                assert time.monotonic() - started < LONG_SECONDS / 2
        assert seen.numbers == [0, 1, 2]

    @pytest.mark.usefixtures("_patient")
    async def test_works_off_what_is_more_than_it_may_take_at_once(self, settings: Settings) -> None:
        seen = Seen()
        await send(settings, *range(60))
        with working(settings, seen):
            started = time.monotonic()
            assert seen.wait_for(60, seconds=2 * LONG_SECONDS)
            # Not one look for each handful.
            assert time.monotonic() - started < LONG_SECONDS
        assert sorted(seen.numbers) == list(range(60))

    async def test_finds_a_message_whose_wake_up_was_lost(self, settings: Settings) -> None:
        seen = Seen()
        with working(settings, seen) as worker:
            time.sleep(0.1)
            # As Dramatiq itself sends one, which says nothing on the channel.
            worker.broker.enqueue(
                dramatiq.Message(
                    queue_name="wakes", actor_name="note", args=(), kwargs={"number": 7}, options={}
                )
            )
            assert seen.wait_for(1, seconds=14)
        assert seen.numbers == [7]

    async def test_hears_again_after_its_connection_was_lost(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dramatiq.worker.CONSUMER_RESTART_DELAY_SECS", 0.05)
        seen = Seen()
        with working(settings, seen), redis_py.Redis.from_url(settings.effective_broker_url) as client:
            time.sleep(0.1)
            client.client_kill_filter(_type="pubsub")
            await send(settings, 1)
            assert seen.wait_for(1, seconds=14)
