"""One public write is one transaction, and mostly one statement."""

# ruff: noqa: PT012 - a unit of work is a block, and its errors come out of the end of it

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest
from tortoise.transactions import in_transaction

from app.core import ids
from app.core.config import Settings
from app.core.errors import Kind, LaunchKitError
from app.identity import models
from app.infra import db
from app.infra.db import DatabaseUnavailable, LockTimeout, StaleWrite, UnitOfWork
from tests.factories.databases import behind_the_loops_back, orm_on, pool, statements
from tests.waiting import until

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)

INSERT = "INSERT INTO org (id, name, slug, plan, created_at) VALUES ($1, $2, $2, 'FREE', $3) RETURNING *"
RENAME = "UPDATE org SET name = $2 WHERE slug = $1 RETURNING id, name, slug"


class SlugTaken(LaunchKitError):
    kind = Kind.CONFLICT
    code = "slug_taken"
    title = "Taken."


def add(uow: UnitOfWork, slug: str) -> None:
    uow.add(INSERT, ids.uuid7(), slug, NOW)


async def create_by_orm(slug: str) -> None:
    await models.Org.create(id=ids.uuid7(), name=slug, slug=slug, created_at=NOW)


async def slugs() -> list[str]:
    return [row["slug"] for row in await db.fetch("SELECT slug FROM org ORDER BY slug")]


@pytest.fixture
async def org(settings: Settings) -> str:
    async with db.unit_of_work() as uow:
        add(uow, "acme")
    return "acme"


class TestCommit:
    async def test_sends_all_writes_as_one_statement_without_a_transaction_around_it(self, org: str) -> None:
        with statements() as sent:
            async with db.unit_of_work() as uow:
                add(uow, "one")
                add(uow, "two")
                uow.add(RENAME, org, "Acme Inc.", expect=1)

        assert len(sent) == 1
        assert sent[0].startswith("WITH w0 AS (INSERT")
        assert await slugs() == ["acme", "one", "two"]

    async def test_sends_nothing_for_nothing(self, org: str) -> None:
        with statements() as sent:
            async with db.unit_of_work():
                pass

        assert sent == []

    async def test_wraps_a_transaction_around_what_also_reads(self, org: str) -> None:
        with statements() as sent:
            async with db.unit_of_work() as uow:
                await uow.fetch("SELECT name FROM org WHERE slug = $1 FOR UPDATE", org)
                add(uow, "one")

        assert [text.split()[0].rstrip(";") for text in sent] == ["BEGIN", "SELECT", "WITH", "COMMIT"]
        assert await slugs() == ["acme", "one"]

    async def test_shows_nothing_to_others_before_the_end(self, settings: Settings, org: str) -> None:
        other = await asyncpg.connect(settings.require_database_url())
        async with db.unit_of_work() as uow:
            await uow.begin()
            await create_by_orm("one")
            add(uow, "two")
            seen_inside = await slugs()
            seen_outside = await other.fetchval("SELECT array_agg(slug) FROM org")
        await other.close()

        assert (seen_inside, seen_outside) == (["acme", "one"], ["acme"])
        assert await slugs() == ["acme", "one", "two"]

    async def test_gives_back_the_rows_of_the_statement_that_was_asked_for_them(self, org: str) -> None:
        async with db.unit_of_work() as uow:
            add(uow, "one")
            returned = uow.add(RENAME, org, "Acme Inc.", name="changed", expect=1, returning=True)
            assert returned.rows == []

        assert (returned.row["name"], returned.row["slug"]) == ("Acme Inc.", "acme")

    async def test_lets_later_statements_use_what_earlier_ones_returned(self, org: str) -> None:
        async with db.unit_of_work() as uow:
            uow.add(RENAME, org, "Acme Inc.", name="changed")
            uow.add(
                "INSERT INTO workspace (id, org_id, name, kind, created_at) "
                "SELECT $1, id, name, 'live', $2 FROM changed",
                ids.uuid7(),
                NOW,
            )

        assert await db.fetchval("SELECT name FROM workspace") == "Acme Inc."


class TestRollback:
    async def test_leaves_nothing_of_what_was_only_deferred(self, org: str) -> None:
        with statements() as sent, pytest.raises(KeyError):
            async with db.unit_of_work() as uow:
                add(uow, "one")
                raise KeyError("a fault of ours")

        assert sent == []
        assert await slugs() == ["acme"]

    async def test_leaves_nothing_of_what_was_done_at_once(self, org: str) -> None:
        with pytest.raises(KeyError):
            async with db.unit_of_work() as uow:
                await uow.fetch("UPDATE org SET name = 'changed'")
                await create_by_orm("one")
                add(uow, "two")
                raise KeyError("a fault of ours")

        assert await slugs() == ["acme"]
        assert await db.fetchval("SELECT name FROM org") == "acme"

    async def test_leaves_nothing_when_a_deferred_statement_fails(self, org: str) -> None:
        with pytest.raises(asyncpg.UniqueViolationError):
            async with db.unit_of_work() as uow:
                add(uow, "one")
                add(uow, org)

        assert await slugs() == ["acme"]

    async def test_leaves_nothing_when_the_task_is_cancelled(self, org: str) -> None:
        inside = asyncio.Event()

        async def write() -> None:
            async with db.unit_of_work() as uow:
                await uow.begin()
                await create_by_orm("one")
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(write())
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert await slugs() == ["acme"]

    async def test_gives_every_connection_back(self, settings: Settings, org: str) -> None:
        async def fail(number: int) -> None:
            with pytest.raises(KeyError):
                async with db.unit_of_work() as uow:
                    if number % 2:
                        await uow.begin()
                    add(uow, "one")
                    raise KeyError

        await asyncio.gather(*(fail(number) for number in range(settings.database_pool_size * 3)))

        assert pool().get_idle_size() == pool().get_size()


class TestExpect:
    @pytest.mark.parametrize("returning", [False, True])
    @pytest.mark.parametrize("reads_first", [False, True])
    async def test_undoes_everything_when_the_row_is_not_there(
        self, org: str, returning: bool, reads_first: bool
    ) -> None:
        ran = []
        with pytest.raises(StaleWrite):
            async with db.unit_of_work() as uow:
                if reads_first:
                    await uow.begin()
                    await create_by_orm("zero")
                add(uow, "one")
                uow.add(RENAME, "gone", "x", name="changed", expect=1, returning=returning)
                uow.add("UPDATE org SET plan = 'PRO'")
                uow.after_commit(lambda: ran.append(1))

        assert await slugs() == ["acme"]
        assert await db.fetchval("SELECT plan FROM org") == "FREE"
        assert ran == []

    async def test_undoes_everything_when_there_are_too_many_rows(self, org: str) -> None:
        with pytest.raises(StaleWrite):
            async with db.unit_of_work() as uow:
                add(uow, "one")
                uow.add("UPDATE org SET plan = 'PRO' WHERE slug <> $1 RETURNING id", "x", expect=0)

        assert await slugs() == ["acme"]

    async def test_guards_each_statement_that_asks_for_it(self, org: str) -> None:
        for first, second in (("acme", "gone"), ("gone", "acme")):
            with pytest.raises(StaleWrite):
                async with db.unit_of_work() as uow:
                    uow.add("UPDATE org SET plan = 'PRO' WHERE slug = $1 RETURNING id", first, expect=1)
                    uow.add("DELETE FROM org WHERE slug = $1 AND plan = 'x' RETURNING id", second, expect=0)
                    uow.add("UPDATE org SET plan = 'X' WHERE slug = $1 RETURNING id", second, expect=1)

        assert await db.fetchval("SELECT plan FROM org") == "FREE"

    async def test_lets_one_of_many_win(self, org: str) -> None:
        async def take(number: int) -> bool:
            try:
                async with db.unit_of_work() as uow:
                    sql = "UPDATE org SET plan = $1 WHERE slug = 'acme' AND plan = 'FREE' RETURNING id"
                    uow.add(sql, str(number), expect=1)
                    add(uow, f"winner-{number}")
            except StaleWrite:
                return False
            return True

        won = await asyncio.gather(*(take(number) for number in range(20)))

        assert won.count(True) == 1
        assert await slugs() == ["acme", f"winner-{won.index(True)}"]


class TestNesting:
    async def test_joins_the_outer_one_which_alone_commits(self, org: str) -> None:
        ran: list[str] = []
        with statements() as sent:
            async with db.unit_of_work() as outer:
                add(outer, "outer")
                outer.after_commit(lambda: ran.append("outer"))
                async with db.unit_of_work() as inner:
                    assert inner is outer
                    add(inner, "inner")
                    inner.after_commit(lambda: ran.append("inner"))
                assert (sent, ran) == ([], [])

        assert len(sent) == 1
        assert ran == ["outer", "inner"]
        assert await slugs() == ["acme", "inner", "outer"]

    async def test_undoes_the_inner_one_when_the_outer_one_fails(self, org: str) -> None:
        with pytest.raises(KeyError):
            async with db.unit_of_work():
                async with db.unit_of_work() as inner:
                    await inner.begin()
                    await create_by_orm("inner")
                raise KeyError

        assert await slugs() == ["acme"]

    async def test_begins_afresh_after_the_outer_one(self, org: str) -> None:
        async with db.unit_of_work() as first:
            await first.begin()
        async with db.unit_of_work() as second:
            add(second, "two")

        assert second is not first
        assert await slugs() == ["acme", "two"]

    async def test_keeps_the_units_of_concurrent_tasks_apart(self, org: str) -> None:
        async def write(slug: str, fails: bool) -> None:
            async with db.unit_of_work() as uow:
                await uow.begin()
                await create_by_orm(slug)
                await asyncio.sleep(0)
                if fails:
                    raise KeyError

        await asyncio.gather(
            *(write(f"org-{number}", number % 2 == 1) for number in range(8)), return_exceptions=True
        )

        assert await slugs() == ["acme", "org-0", "org-2", "org-4", "org-6"]


class TestBegin:
    async def test_lets_orm_calls_and_plain_reads_join(self, org: str) -> None:
        async with db.unit_of_work() as uow:
            mine = await uow.fetch("SELECT pg_backend_pid() AS pid, txid_current() AS id")
            await create_by_orm("one")
            again = await db.fetchrow("SELECT pg_backend_pid() AS pid, txid_current() AS id")
            async with in_transaction() as nested:
                of_orm = (await nested.execute_query_dict("SELECT txid_current() AS id"))[0]
            touched = await db.execute("UPDATE org SET plan = 'PRO'")

        assert again is not None
        assert (again["pid"], again["id"]) == (mine[0]["pid"], mine[0]["id"])
        assert of_orm["id"] == mine[0]["id"]
        assert touched == 2

    async def test_is_done_once(self, org: str) -> None:
        with statements() as sent:
            async with db.unit_of_work() as uow:
                await uow.begin()
                await uow.begin()

        assert [text.rstrip(";") for text in sent] == ["BEGIN", "COMMIT"]


class TestOnViolation:
    async def test_names_the_case_of_a_deferred_statement(self, org: str) -> None:
        with pytest.raises(SlugTaken):
            async with db.unit_of_work() as uow:
                add(uow, org)
                uow.on_violation("org_slug_key", SlugTaken)

    async def test_names_the_case_of_an_orm_call(self, org: str) -> None:
        with pytest.raises(SlugTaken):
            async with db.unit_of_work() as uow:
                uow.on_violation("org_slug_key", SlugTaken)
                await uow.begin()
                await create_by_orm(org)

    async def test_leaves_other_constraints_alone(self, org: str) -> None:
        with pytest.raises(asyncpg.UniqueViolationError):
            async with db.unit_of_work() as uow:
                add(uow, org)
                uow.on_violation("org_pkey", SlugTaken)


class TestAfterCommit:
    async def test_runs_once_what_was_written_is_there_to_read(self, org: str) -> None:
        seen: list[list[str]] = []

        async def look() -> None:
            seen.append(await slugs())

        async with db.unit_of_work() as uow:
            uow.after_commit(look)
            await uow.begin()
            add(uow, "one")

        assert seen == [["acme", "one"]]

    async def test_does_not_run_when_the_commit_failed(self, org: str) -> None:
        ran: list[int] = []
        with pytest.raises(asyncpg.UniqueViolationError):
            async with db.unit_of_work() as uow:
                uow.after_commit(lambda: ran.append(1))
                add(uow, org)

        assert ran == []


class TestLockTimeout:
    async def test_says_busy_when_another_holds_the_row(self, settings: Settings, org: str) -> None:
        holder = await asyncpg.connect(settings.require_database_url())
        try:
            async with holder.transaction():
                await holder.execute("UPDATE org SET plan = 'PRO'")
                with pytest.raises(LockTimeout) as raised:
                    async with db.unit_of_work() as uow:
                        await uow.fetch("SET LOCAL lock_timeout = '30ms'")
                        add(uow, "one")
                        uow.add(RENAME, org, "x")
        finally:
            await holder.close()

        assert raised.value.retry_after
        assert await slugs() == ["acme"]


class TestLostConnection:
    async def test_is_an_outage_for_whoever_had_it_and_nothing_to_the_next(
        self, settings: Settings, org: str
    ) -> None:
        killer = await asyncpg.connect(settings.require_database_url())
        try:
            for _ in range(settings.database_pool_size + 2):
                with pytest.raises(DatabaseUnavailable):
                    async with db.unit_of_work() as uow:
                        rows = await uow.fetch("SELECT pg_backend_pid() AS pid")
                        await create_by_orm("one")
                        await killer.fetchval("SELECT pg_terminate_backend($1, 5000)", rows[0]["pid"])
                        add(uow, "two")
        finally:
            await killer.close()

        async with db.unit_of_work() as uow:
            add(uow, "three")
        assert await slugs() == ["acme", "three"]

    async def test_does_not_hide_the_error_that_ends_the_unit(self, settings: Settings, org: str) -> None:
        """The roll-back fails too then; what the caller raised is what matters."""
        killer = await asyncpg.connect(settings.require_database_url())
        try:
            with pytest.raises(SlugTaken):
                async with db.unit_of_work() as uow:
                    rows = await uow.fetch("SELECT pg_backend_pid() AS pid")
                    await killer.fetchval("SELECT pg_terminate_backend($1, 5000)", rows[0]["pid"])
                    raise SlugTaken
        finally:
            await killer.close()

        assert await slugs() == ["acme"]

    async def test_is_replaced_where_it_lay_idle(self, settings: Settings, org: str) -> None:
        """Whoever takes it before the loop knows is refused; no place in the pool is lost."""

        async def works() -> bool:
            try:
                async with db.unit_of_work() as uow:
                    await uow.begin()
            except DatabaseUnavailable:
                return False
            return True

        async def both_work() -> bool:
            return all(await asyncio.gather(works(), works()))

        url = settings.require_database_url()
        async with orm_on(url, pool_size=2):
            await db.fetch("SELECT 1")
            refused = 0
            for _ in range(4):
                await until(both_work, "the pool to mend itself")
                behind_the_loops_back(terminate_pool, url)
                refused += not await both_work()
            await until(both_work, "the pool to mend itself")

            assert refused, "the loop always knew before: nothing was tested"
            async with pool().acquire(timeout=14), pool().acquire(timeout=14):
                pass  # both places are free

    async def test_leaves_the_task_that_was_refused_in_order(self, settings: Settings, org: str) -> None:
        """A scheduler's task lives on: its next turn must not meet the transaction that never began."""
        url = settings.require_database_url()
        async with orm_on(url, pool_size=1):
            await db.fetch("SELECT 1")
            refused = 0
            for _ in range(4):
                behind_the_loops_back(terminate_pool, url)
                try:
                    async with db.unit_of_work() as uow:
                        await uow.begin()
                except DatabaseUnavailable:
                    refused += 1

                assert await db.fetchval("SELECT 1") == 1
                async with db.unit_of_work() as uow:
                    await uow.begin()
                    await models.Org.all().count()

            assert refused, "the loop always knew before: nothing was tested"


async def terminate_pool(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE application_name = 'tests' AND datname = current_database()"
        )
    finally:
        await connection.close()
