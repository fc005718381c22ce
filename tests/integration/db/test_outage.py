"""A PostgreSQL that goes away and comes back, without anybody starting the process anew."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from app.core.errors import Kind
from app.infra import db, embedded
from app.infra.db import DatabaseUnavailable
from tests.factories.databases import orm_on
from tests.waiting import until

POOL_SIZE = 3


@pytest.fixture(scope="module")
def own_servers() -> Iterator[embedded.Servers]:
    parent = tempfile.TemporaryDirectory(prefix="launchkit-tests-")
    with parent, embedded.Servers(Path(parent.name) / "data", valkey=False) as servers:
        asyncio.run(create_table(servers.database_url))
        yield servers


@pytest.fixture
async def postgres(own_servers: embedded.Servers) -> AsyncIterator[embedded.Servers]:
    own_servers.start()
    yield own_servers
    own_servers.start()


async def create_table(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("CREATE TABLE thing (id bigserial)")
    await connection.close()


async def read() -> None:
    await db.fetch("SELECT 1")


async def write() -> None:
    async with db.unit_of_work() as uow:
        uow.add("INSERT INTO thing DEFAULT VALUES RETURNING id")


async def read_and_write() -> None:
    async with db.unit_of_work() as uow:
        await uow.fetch("SELECT 1")
        uow.add("INSERT INTO thing DEFAULT VALUES RETURNING id")


async def run() -> None:
    await db.execute("DELETE FROM thing WHERE false")


async def borrow() -> None:
    async with db.connection() as connection:
        await connection.fetch("SELECT 1")


ALL = [read, write, read_and_write, run, borrow]


async def works(action: Callable[[], Awaitable[None]]) -> bool:
    try:
        await action()
    except DatabaseUnavailable:
        return False
    return True


async def all_work() -> bool:
    return all(await asyncio.gather(*(works(action) for action in ALL * POOL_SIZE)))


class TestAway:
    @pytest.mark.parametrize("immediate", [False, True], ids=["stopped", "crashed"])
    async def test_is_an_outage_while_it_lasts_and_over_when_it_is_over(
        self, postgres: embedded.Servers, immediate: bool
    ) -> None:
        async with orm_on(postgres.database_url, pool_size=POOL_SIZE):
            assert await all_work()

            postgres.postgres.stop(immediate=immediate)
            for _ in range(POOL_SIZE + 1):
                for action in ALL:
                    with pytest.raises(DatabaseUnavailable) as raised:
                        await action()
                    assert raised.value.kind is Kind.UNAVAILABLE
                    assert raised.value.retry_after

            postgres.postgres.start()
            await until(all_work, "every kind of access to work again")

    async def test_at_the_start_does_not_matter_later(self, postgres: embedded.Servers) -> None:
        postgres.postgres.stop()
        async with orm_on(postgres.database_url, pool_size=POOL_SIZE):
            for action in ALL:
                assert not await works(action)

            postgres.postgres.start()
            await until(all_work, "every kind of access to work")

            # Many at once found no pool; they did not open one each.
            opened = await db.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tests'"
            )
            assert opened <= POOL_SIZE

    async def test_does_not_confirm_what_was_not_written(self, postgres: embedded.Servers) -> None:
        async with orm_on(postgres.database_url, pool_size=POOL_SIZE):
            before = await db.fetchval("SELECT count(*) FROM thing")
            stop = asyncio.Event()
            confirmed = 0

            async def load() -> None:
                nonlocal confirmed
                while not stop.is_set():
                    confirmed += await works(write)
                    await asyncio.sleep(0)

            async def goes_on() -> None:
                wanted = confirmed + 20
                await until(lambda: confirmed >= wanted, "the load to go on")

            writers = [asyncio.create_task(load()) for _ in range(POOL_SIZE)]
            for immediate in (False, True):
                await goes_on()
                await asyncio.to_thread(postgres.postgres.stop, immediate=immediate)
                postgres.postgres.start()
            await goes_on()
            stop.set()
            await asyncio.gather(*writers)

            written = await db.fetchval("SELECT count(*) FROM thing") - before
            # What was written without an answer is possible; an answer without what was written is not.
            assert written >= confirmed
