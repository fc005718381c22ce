"""Real servers for the whole run: one PostgreSQL and one Valkey, a migrated database, emptied after each test."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

from app.core.config import Settings
from app.infra import db, embedded, migrations, orm
from app.infra.embedded import ports
from app.plans import current as plans
from tests import sharing_out
from tests.emptying import Emptying

# The same examples in every run, as many as by default, and however busy the machine is. New ones are looked for with
# `make unit args="--hypothesis-profile=exploring tests/unit"`.
_UNHURRIED: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "print_blob": True,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}
hypothesis.settings.register_profile("unhurried", derandomize=True, **_UNHURRIED)
hypothesis.settings.register_profile("exploring", derandomize=False, max_examples=2_000, **_UNHURRIED)
hypothesis.settings.load_profile("unhurried")
# Hypothesis mixes in constants of our modules: of those that happen to be loaded by then, which other tests decide.
providers._get_local_constants = lambda: providers._local_constants

_HAS_FAILED = pytest.StashKey[bool]()
_PATIENCE_SECONDS = 2.0

SECRET_KEY = "test-secret-key-0123456789-abcdefghijklmnop"


@pytest.fixture(scope="session")
def servers() -> Iterator[embedded.Servers]:
    """Started in the main thread: they live as long as it does."""
    with tempfile.TemporaryDirectory(prefix="launchkit-tests-") as directory:
        running = embedded.Servers(Path(directory) / "data")
        running.start()
        try:
            asyncio.run(_prepare(running.database_url))
            yield running
        finally:
            running.stop()


async def _prepare(database_url: str) -> None:
    """Nobody waits for the disk: what is about crashes has servers of its own."""
    await migrations.migrate(database_url)
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("ALTER DATABASE launchkit SET synchronous_commit = off")
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def base_settings(servers: embedded.Servers, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        database_url=servers.database_url,
        redis_url=servers.redis_url,
        secret_key=SECRET_KEY,
        data_dir=tmp_path_factory.mktemp("data"),
    )


@pytest.fixture(scope="session")
async def _database(base_settings: Settings) -> AsyncIterator[Settings]:
    # Of hundreds at once on a busy machine the last wait for longer than anybody would in production; for a lock for
    # less than a statement may take, as there.
    db._ACQUIRE_TIMEOUT_SECONDS = 60.0
    orm._LOCK_TIMEOUT_MS = 10_000
    await orm.init(base_settings, application_name="tests")
    await plans.read()
    yield base_settings
    await orm.close()


@pytest.fixture(scope="session")
async def emptying(_database: Settings) -> AsyncIterator[Emptying]:
    opened = await Emptying.connect(_database)
    yield opened
    await opened.close()


@pytest.fixture
async def settings(
    _database: Settings, emptying: Emptying, request: pytest.FixtureRequest
) -> AsyncIterator[Settings]:
    """Settings of a migrated, empty database and an empty Redis. Ask for it, and both are emptied afterwards."""
    before: set[Any] = asyncio.all_tasks()
    yield replace(_database)
    if request.node.stash.get(_HAS_FAILED, False):
        # What else it had begun goes on, and would write into the next test's database.
        before.add(asyncio.current_task())
        if left := asyncio.all_tasks() - before:
            await asyncio.wait(left, timeout=_PATIENCE_SECONDS)
    await emptying.empty()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_HAS_FAILED] = report.failed
    return report


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        own = sharing_out.ports_of(config.workerinput["workerid"], ports._LOWEST, ports._HIGHEST)
        ports._LOWEST, ports._HIGHEST = own


def pytest_xdist_auto_num_workers() -> int:
    return sharing_out.processes()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing_out.Shares:
    return sharing_out.Shares(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        sharing_out.longest_first(items)
