"""Statements that share a commit."""

import asyncio
from collections.abc import Sequence

import pytest

from app.infra.group_commit import GroupCommit


class Broken(Exception):
    """What the database says to a bad statement."""


class Lost(Exception):
    """The connection is gone, and with it the answer."""


class Database:
    """Commits what it is told when it is let; a batch with a bad statement commits nothing."""

    def __init__(self) -> None:
        self.alone: list[object] = []
        self.batches: list[list[object]] = []
        self.gate = asyncio.Event()

    @property
    def committed(self) -> list[object]:
        return [*self.alone, *(item for batch in self.batches for item in batch)]

    async def run(self, _sql: str, args: Sequence[object]) -> object:
        await self.gate.wait()
        if args[0] == "bad":
            raise Broken
        self.alone.append(args[0])
        return args[0]

    async def run_many(self, _sql: str, batch: Sequence[Sequence[object]]) -> Sequence[object]:
        await self.gate.wait()
        items = [args[0] for args in batch]
        if "bad" in items:
            raise Broken
        self.batches.append(items)
        if "lost" in items:
            raise Lost
        return items


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def group(database: Database) -> GroupCommit:
    return GroupCommit(database.run, database.run_many, unknown_outcome=Lost)


class TestExecute:
    async def test_runs_at_once_what_comes_alone(self, database: Database, group: GroupCommit) -> None:
        database.gate.set()

        for item in range(3):
            await group.execute("insert", [item])

        assert database.alone == [0, 1, 2]
        assert database.batches == []

    async def test_gathers_what_comes_while_others_are_under_way(
        self, database: Database, group: GroupCommit
    ) -> None:
        waiting = [asyncio.create_task(group.execute("insert", [item])) for item in range(300)]
        await asyncio.sleep(0)
        database.gate.set()
        await asyncio.gather(*waiting)

        assert sorted(database.committed, key=str) == sorted(range(300), key=str)
        assert len(database.alone) == 2, "one on the wire, one behind it"
        assert [len(batch) for batch in database.batches] == [128, 128, 42]

    async def test_returns_only_after_its_own_commit(self, database: Database, group: GroupCommit) -> None:
        waiting = [asyncio.create_task(group.execute("insert", [item])) for item in range(5)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)

        database.gate.set()
        for item, task in enumerate(waiting):
            await task
            assert item in database.committed

    async def test_gives_an_error_to_its_own_caller_alone(
        self, database: Database, group: GroupCommit
    ) -> None:
        items = ["first", "second", "good", "bad", "better"]
        waiting = [asyncio.create_task(group.execute("insert", [item])) for item in items]
        await asyncio.sleep(0)
        database.gate.set()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)

        assert [type(outcome) for outcome in outcomes] == [str] * 3 + [Broken, str]
        assert set(database.committed) == {"first", "second", "good", "better"}

    async def test_does_not_do_again_what_may_have_committed(
        self, database: Database, group: GroupCommit
    ) -> None:
        items = ["first", "second", "good", "lost"]
        waiting = [asyncio.create_task(group.execute("insert", [item])) for item in items]
        await asyncio.sleep(0)
        database.gate.set()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)

        assert [type(outcome) for outcome in outcomes] == [str, str, Lost, Lost]
        assert sorted(map(str, database.committed)) == sorted(items)

    async def test_never_mixes_different_statements(self, database: Database, group: GroupCommit) -> None:
        waiting = [asyncio.create_task(group.execute(f"insert {n % 2}", [n])) for n in range(20)]
        await asyncio.sleep(0)
        database.gate.set()
        await asyncio.gather(*waiting)

        assert all(
            len({item % 2 for item in batch if isinstance(item, int)}) == 1 for batch in database.batches
        )

    async def test_goes_on_when_a_caller_has_left(self, database: Database, group: GroupCommit) -> None:
        waiting = [asyncio.create_task(group.execute("insert", [item])) for item in range(6)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        waiting[3].cancel()
        await asyncio.sleep(0)
        database.gate.set()
        await asyncio.gather(*waiting, return_exceptions=True)

        assert {1, 2, 4, 5} <= set(database.committed)
        database.gate.set()
        await group.execute("insert", ["later"])
        assert "later" in database.committed
