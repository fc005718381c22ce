"""Which errors become sentences."""

import asyncpg
import pytest
import redis.exceptions

from app.cli.failures import Expected, explain
from app.core.config import SettingsError
from app.core.errors import NotFound
from app.infra.embedded import EmbeddedError


def postgres_error(kind: type[asyncpg.PostgresError]) -> asyncpg.PostgresError:
    return kind("it said no")


class TestExplain:
    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (SettingsError("one\ntwo"), ["one", "two"]),
            (EmbeddedError("The disk is full: free some."), ["The disk is full: free some."]),
            (Expected("Not today."), ["Not today."]),
            (NotFound(), [NotFound.title]),
        ],
    )
    def test_repeats_what_was_written_for_people(self, error: Exception, expected: list[str]) -> None:
        assert explain(error) == expected

    @pytest.mark.parametrize(
        ("error", "mend"),
        [
            (ConnectionRefusedError(111, "Connect call failed"), "launchkit doctor"),
            (TimeoutError(), "launchkit doctor"),
            (postgres_error(asyncpg.InvalidPasswordError), "DATABASE_URL"),
            (postgres_error(asyncpg.InvalidCatalogNameError), "DATABASE_URL"),
            (postgres_error(asyncpg.TooManyConnectionsError), "DATABASE_URL"),
            (postgres_error(asyncpg.UndefinedTableError), "launchkit migrate"),
            (asyncpg.InterfaceError("invalid DSN"), "DATABASE_URL"),
            (redis.exceptions.AuthenticationError("WRONGPASS"), "REDIS_URL"),
            (redis.exceptions.ConnectionError("refused"), "REDIS_URL"),
        ],
    )
    def test_names_the_mend_for_a_server_in_one_line(self, error: Exception, mend: str) -> None:
        sentences = explain(error)
        assert sentences is not None
        assert len(sentences) == 1
        assert mend in sentences[0]

    def test_names_the_file_of_a_failed_access(self) -> None:
        assert explain(PermissionError(13, "Permission denied", "x.txt")) == ["x.txt: Permission denied."]

    @pytest.mark.parametrize(
        "error", [KeyError("x"), AssertionError(), postgres_error(asyncpg.PostgresSyntaxError)]
    )
    def test_leaves_our_own_faults_their_traceback(self, error: Exception) -> None:
        assert explain(error) is None
