"""Putting many writes into one statement."""

import re

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import NotFound
from app.infra import db
from app.infra.db import DatabaseUnavailable, LockTimeout

# Per statement: the numbers of its parameters as they occur in its text, each from 1 to the highest at least once.
NUMBERS = (
    st.integers(min_value=0, max_value=12)
    .flatmap(lambda count: st.permutations([*range(1, count + 1), *range(1, count + 1)][: count + 3]))
    .filter(lambda numbers: set(numbers) == set(range(1, max(numbers, default=0) + 1)))
)


def statement(numbers: list[int], *, label: str = "SELECT") -> str:
    return f"{label} " + ", ".join(f"${number}::int" for number in numbers)


def substituted(sql: str, args: list[object]) -> str:
    return re.sub(r"\$(\d+)", lambda match: f"<{args[int(match.group(1)) - 1]}>", sql)


class TestRenumber:
    @given(NUMBERS, st.integers(min_value=0, max_value=200))
    def test_shifts_every_parameter_and_tells_how_many_there_are(
        self, numbers: list[int], offset: int
    ) -> None:
        sql, used = db._renumber(statement(numbers), offset)

        assert sql == statement([number + offset for number in numbers])
        assert used == max(numbers, default=0)

    def test_does_not_take_the_tenth_for_the_first(self) -> None:
        assert db._renumber("SELECT $1, $10, $11", 9) == ("SELECT $10, $19, $20", 11)


class TestCompose:
    @given(st.lists(NUMBERS, min_size=1, max_size=8))
    def test_gives_each_statement_its_own_arguments(self, statements: list[list[int]]) -> None:
        uow = db.UnitOfWork()
        expected = []
        for position, numbers in enumerate(statements):
            args: list[object] = [f"{position}.{number}" for number in range(1, max(numbers, default=0) + 1)]
            sql = statement(numbers, label=f"INSERT {position}")
            uow.add(sql, *args)
            expected.append(substituted(sql, args))

        composed = substituted(db._compose(tuple(uow._writes)), uow._args)

        for position, text in enumerate(expected):
            assert f"w{position} AS ({text})" in composed

    def test_names_a_statement_for_those_that_follow(self) -> None:
        uow = db.UnitOfWork()
        uow.add("UPDATE job SET x = $1", 1, name="changed", expect=1, returning=True)
        uow.add("INSERT INTO e SELECT * FROM changed WHERE y = $1", 2)

        assert db._compose(tuple(uow._writes)) == (
            "WITH changed AS (UPDATE job SET x = $1), w1 AS (INSERT INTO e SELECT * FROM changed WHERE y = $2) "
            "SELECT * FROM (SELECT 1 AS guard, require_rows((SELECT count(*) FROM changed), 1)) AS guards "
            "LEFT JOIN changed ON true"
        )

    def test_writes_the_same_text_for_the_same_writes(self) -> None:
        first, second = db.UnitOfWork(), db.UnitOfWork()
        for uow, value in ((first, 1), (second, 2)):
            uow.add("INSERT INTO t VALUES ($1)", value)

        assert db._compose(tuple(first._writes)) is db._compose(tuple(second._writes))

    def test_lets_one_statement_return_rows(self) -> None:
        uow = db.UnitOfWork()
        uow.add("INSERT 1", expect=1, returning=True)

        with pytest.raises(AssertionError):
            uow.add("INSERT 2", expect=1, returning=True)


def from_server(sqlstate: str) -> Exception:
    """What the driver raises for this SQLSTATE."""
    error: Exception = asyncpg.PostgresError.new({"C": sqlstate, "M": "as the server says"})
    assert isinstance(error, asyncpg.PostgresError)
    assert error.sqlstate == sqlstate
    return error


class TestTranslate:
    @pytest.mark.parametrize(
        "error",
        [
            asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
            asyncpg.ConnectionFailureError("gone"),
            asyncpg.CannotConnectNowError("the database system is starting up"),
            asyncpg.AdminShutdownError("terminating connection due to administrator command"),
            asyncpg.TooManyConnectionsError("sorry, too many clients already"),
            asyncpg.InterfaceError("cannot perform operation: connection is closed"),
            ConnectionRefusedError(111, "Connect call failed"),
        ],
    )
    def test_takes_a_lost_database_for_an_outage(self, error: Exception) -> None:
        expected = db.translate(error)

        assert isinstance(expected, DatabaseUnavailable)
        assert expected.retry_after

    @pytest.mark.parametrize(
        "sqlstate", ["08006", "25006", "25P03", "53100", "53200", "57014", "57P05", "58030"]
    )
    def test_takes_what_says_nothing_about_the_statement_for_an_outage(self, sqlstate: str) -> None:
        assert isinstance(db.translate(from_server(sqlstate)), DatabaseUnavailable)

    def test_takes_a_protocol_that_went_wrong_for_an_outage(self) -> None:
        error = asyncpg.InternalClientError("got result for unknown protocol state 3")

        assert isinstance(db.translate(error), DatabaseUnavailable)

    @pytest.mark.parametrize("sqlstate", ["40001", "40P01", "55P03"])
    def test_takes_what_may_pass_a_moment_later_for_a_lock(self, sqlstate: str) -> None:
        expected = db.translate(from_server(sqlstate))

        assert isinstance(expected, LockTimeout)
        assert expected.retry_after

    @pytest.mark.parametrize(
        "sqlstate", ["22012", "23502", "23505", "25001", "25P02", "42P01", "55000", "LK001"]
    )
    def test_leaves_every_other_sqlstate_alone(self, sqlstate: str) -> None:
        assert db.translate(from_server(sqlstate)) is None

    def test_looks_behind_what_wraps_the_cause(self) -> None:
        wrapper = RuntimeError("the ORM's own")
        wrapper.__cause__ = asyncpg.LockNotAvailableError("canceling statement due to lock timeout")

        assert isinstance(db.translate(wrapper), LockTimeout)

    def test_lets_expected_errors_be(self) -> None:
        error = NotFound()

        assert db.translate(error) is error

    @pytest.mark.parametrize(
        "error",
        [
            asyncpg.UndefinedTableError("relation does not exist"),
            asyncpg.UniqueViolationError("duplicate key"),
            asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
            KeyError("x"),
        ],
    )
    def test_leaves_faults_of_ours_alone(self, error: Exception) -> None:
        assert db.translate(error) is None


class TestColumns:
    def test_turns_rows_into_columns(self) -> None:
        assert db.columns([(1, "a"), (2, "b")]) == [[1, 2], ["a", "b"]]

    def test_refuses_rows_of_different_length(self) -> None:
        with pytest.raises(ValueError, match="argument 2 is shorter"):
            db.columns([(1, 2), (3,)])
