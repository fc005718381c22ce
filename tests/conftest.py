"""Real servers for the whole run: one PostgreSQL and one Valkey, a migrated database, emptied after each test."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import hypothesis
import pytest
import redis as redis_py

from app.core.config import Settings
from app.infra import embedded, migrations, orm
from app.plans import current as plans

# As many examples as by default, however busy the machine is.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

SECRET_KEY = "test-secret-key-0123456789-abcdefghijklmnop"


@pytest.fixture(scope="session")
def servers() -> Iterator[embedded.Servers]:
    """Started in the main thread: they live as long as it does."""
    with tempfile.TemporaryDirectory(prefix="launchkit-tests-") as directory:
        running = embedded.Servers(Path(directory) / "data")
        running.start()
        try:
            asyncio.run(migrations.migrate(running.database_url))
            yield running
        finally:
            running.stop()


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
    await orm.init(base_settings, application_name="tests")
    await plans.read()
    yield base_settings
    await orm.close()


@pytest.fixture
async def settings(_database: Settings) -> AsyncIterator[Settings]:
    """Settings of a migrated, empty database and an empty Redis. Ask for it, and both are cleared afterwards."""
    yield replace(_database)
    await clear(_database)


async def clear(settings: Settings) -> None:
    """DELETE beats TRUNCATE on small tables; triggers and foreign keys are off for this session."""
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        await connection.execute("SET session_replication_role = replica")
        tables = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition "
            "AND relnamespace = 'public'::regnamespace AND relname NOT IN ('aerich', 'plan')"
        )
        await connection.execute(";".join(f'DELETE FROM "{row["relname"]}"' for row in tables))
    finally:
        await connection.close()
    client = redis_py.Redis.from_url(settings.require_redis_url())
    client.flushall()
    client.close()
