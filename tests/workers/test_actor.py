"""From a message to the row: the registry of actors and what happens around each message."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import dramatiq
import pytest
from dramatiq import Worker
from dramatiq import asyncio as dramatiq_asyncio
from dramatiq.asyncio import EventLoopThread
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Retries
from structlog.testing import capture_logs

from app.core.ids import JobId, OrgId
from app.infra import telemetry
from app.infra.db import DatabaseUnavailable, LockTimeout
from app.outbox import courier
from workers import actor, jobs, runtime
from workers.middleware.acknowledge import Acknowledge
from workers.middleware.tracing import Tracing
from workers.runner import WorkerEnding

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@dataclass
class Plant:
    """Dramatiq as a worker process runs it, with a broker in memory."""

    broker: StubBroker
    acknowledged: list[UUID] = field(default_factory=list)

    def process(self, name: str, *, trace: str | None = None, **arguments: Any) -> UUID:
        """One message, until nothing is left of it; returns its row's id in the outbox."""
        outbox_id = uuid4()
        self.broker.enqueue(
            dramatiq.Message(
                queue_name="probes",
                actor_name=name,
                args=(),
                kwargs=arguments,
                options={"outbox_id": str(outbox_id), "traceparent": trace},
            )
        )
        self.broker.join("probes", timeout=60_000, fail_fast=False)
        return outbox_id


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Any]:
    """The house's decorator; what a test declares is forgotten after it."""
    monkeypatch.setattr(actor, "_declared", [])
    return actor.actor(queue="probes")


@pytest.fixture
def plant(declare: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Plant]]:
    """Call it once the actors are declared."""
    running: list[Worker] = []
    loop = EventLoopThread(telemetry.logger("tests"))
    loop.daemon = True
    loop.start(timeout=5)
    monkeypatch.setattr(dramatiq_asyncio, "_event_loop_thread", loop)

    def start() -> Plant:
        broker = StubBroker(middleware=[Tracing(), Acknowledge(), Retries(max_retries=20)])
        actor.register(broker)
        made = Plant(broker)
        monkeypatch.setattr(courier, "acknowledge", made.acknowledged.append)
        worker = Worker(broker, worker_timeout=10, worker_threads=2)
        worker.start()
        running.append(worker)
        return made

    yield start
    for worker in running:
        worker.stop()
        worker.broker.close()
    loop.stop()  # type: ignore[no-untyped-call]


class TestRegister:
    def test_makes_the_actors_of_the_house_known(self) -> None:
        broker = StubBroker(middleware=[Retries()])
        actor.register(broker)
        assert broker.get_actor("run_job").queue_name == "jobs"

    def test_leaves_the_function_callable_as_it_is(self, declare: Callable[[Any], Any]) -> None:
        async def probe(**_: object) -> None:
            return

        assert declare(probe) is probe

    def test_tries_again_only_while_the_database_is_away_or_busy_or_this_worker_is_about_to_end(
        self, declare: Callable[[Any], Any], plant: Callable[[], Plant], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls: list[str] = []

        @declare
        async def away(*, error: str, **_: object) -> None:
            calls.append(error)
            passing: dict[str, Exception] = {
                "away": DatabaseUnavailable(),
                "busy": LockTimeout(),
                "ending": WorkerEnding(),
            }
            if calls.count(error) < 3:
                raise passing.get(error, ValueError(error))

        running = plant()
        running.broker.get_actor("away").options.update(min_backoff=1, max_backoff=2)
        with capture_logs():
            kept = [running.process("away", error=error) for error in ("away", "busy", "ending")]
            running.process("away", error="bug")

        assert calls == ["away"] * 3 + ["busy"] * 3 + ["ending"] * 3 + ["bug"]
        assert running.acknowledged == kept


class TestAcknowledge:
    def test_tells_the_outbox_only_of_success(
        self, declare: Callable[[Any], Any], plant: Callable[[], Plant]
    ) -> None:
        @declare
        async def work(**_: object) -> None:
            return

        @declare
        async def crash(**_: object) -> None:
            raise ValueError("no")

        running = plant()
        done = running.process("work")
        with capture_logs():
            running.process("crash")
        assert running.acknowledged == [done]


class TestTracing:
    def test_continues_the_trace_of_the_request(
        self, declare: Callable[[Any], Any], plant: Callable[[], Plant]
    ) -> None:
        seen: list[str | None] = []

        @declare
        async def look(**_: object) -> None:
            seen.append(telemetry.current_traceparent())

        running = plant()
        running.process("look", trace=TRACE)
        running.process("look", trace=None)

        [traced, untraced] = seen
        assert traced is not None
        assert traced.split("-")[1] == TRACE.split("-")[1]
        assert untraced is None or untraced.split("-")[1] != TRACE.split("-")[1], "one does not leak on"

    def test_names_the_actor_in_its_log_lines(
        self, declare: Callable[[Any], Any], plant: Callable[[], Plant]
    ) -> None:
        @declare
        async def look(**_: object) -> None:
            telemetry.logger("tests").info("probe.looked")

        running = plant()
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            running.process("look")
        assert [line["actor"] for line in logs if line["event"] == "probe.looked"] == ["look"]

    def test_leaves_nothing_behind(self, declare: Callable[[Any], Any], plant: Callable[[], Plant]) -> None:
        @declare
        async def crash(**_: object) -> None:
            raise ValueError("no")

        running = plant()
        with capture_logs():
            running.process("crash", trace=TRACE)
        [tracing] = [m for m in running.broker.middleware if isinstance(m, Tracing)]
        assert tracing._open == {}


class TestRunJob:
    async def test_hands_the_ids_to_the_runner_and_ignores_what_it_does_not_know(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A newer web process may send more than this worker understands."""
        ran: list[tuple[OrgId, JobId]] = []

        class Runner:
            async def run(self, org_id: OrgId, job_id: JobId) -> None:
                ran.append((org_id, job_id))

        class Runtime:
            runner = Runner()

        monkeypatch.setattr(runtime, "_current", Runtime())
        org_id, job_id = uuid4(), uuid4()
        await jobs.run_job(org_id=str(org_id), job_id=str(job_id), priority="high")
        assert ran == [(org_id, job_id)]
        assert threading.active_count() >= 1
