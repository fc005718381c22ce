"""What a worker process holds open, on the tests' own database and event loop."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import redis
from app.infra.providers.registry import Providers
from app.infra.pubsub import Publisher
from app.jobs import kinds
from app.jobs.types import Job
from app.pricing.book import PriceBook
from tests.factories import jobs
from tests.factories.orgs import Tenant, tenant
from tests.fakes import kinds as fake_kinds
from tests.fakes.kinds import Handler
from workers.leases import LeaseKeeper
from workers.runner import Runner


@pytest.fixture(autouse=True, scope="session")
def _kinds() -> None:
    kinds.load()


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def publisher(settings: Settings) -> AsyncIterator[Publisher]:
    client = redis.connect(settings.require_redis_url())
    yield Publisher(client)
    await client.aclose()


@pytest.fixture
def keeper(settings: Settings) -> Iterator[LeaseKeeper]:
    running = LeaseKeeper(settings.require_database_url())
    running.start()
    yield running
    running.stop()


@pytest.fixture
def runner(publisher: Publisher, keeper: LeaseKeeper) -> Runner:
    return Runner(Providers([]), publisher, keeper, PriceBook())


@dataclass
class Bench:
    """Runs handlers of a test's own as jobs."""

    acme: Tenant
    runner: Runner
    monkeypatch: pytest.MonkeyPatch

    async def job(self, handler: Handler, *, limit: float = 600, attempts: int = 3, **options: Any) -> Job:
        """A queued job that `handler` will run."""
        kind = fake_kinds.install(
            self.monkeypatch, handler, time_limit_seconds=limit, max_attempts=attempts, **options
        )
        return await jobs.queued(self.acme, kind=kind, data={"text": "hello"}, now=utcnow())

    async def run(self, job: Job) -> Job:
        """The job as one delivery of its message leaves it."""
        await self.runner.run(job.org_id, job.id)
        return await jobs.read(job.id)


@pytest.fixture
def bench(acme: Tenant, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(acme, runner, monkeypatch)
