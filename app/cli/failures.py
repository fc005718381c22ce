"""Expected failures of a command as sentences, one per line, instead of a traceback."""

import errno
import socket
from collections.abc import Sequence
from typing import IO, Any

import click

from app.core.config import SettingsError
from app.core.errors import LaunchKitError
from app.infra.embedded.errors import EmbeddedError

_CHECK_DATABASE = "Check DATABASE_URL; `launchkit doctor` says more."
_CHECK_REDIS = "Check REDIS_URL; `launchkit doctor` says more."
# Classes of SQLSTATE that speak of the server or of our access to it; all others are faults of ours.
_ACCESS_STATES = ("08", "28", "3D", "53", "57", "42501")
_UNDEFINED_TABLE = "42P01"


class Expected(Exception):
    """A command cannot do its work for a reason that its message names, with the mend."""


class Refusal(click.ClickException):
    """Ends a command with exit status 1 and nothing but its sentences on standard error."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


def explain(error: BaseException) -> list[str] | None:
    """What to tell the user; None for a fault of ours, whose traceback is wanted."""
    if isinstance(error, Expected | SettingsError | EmbeddedError | LaunchKitError):
        return str(error).splitlines()
    sentence = _of_server(error) or _of_system(error)
    return [sentence] if sentence else None


def _of_server(error: BaseException) -> str | None:
    """The drivers are recognised by name: importing them would slow every command down."""
    said = _first_line(error)
    for kind in type(error).__mro__:
        match kind.__module__.partition(".")[0], kind.__name__:
            case "asyncpg", "PostgresError":
                return _of_sqlstate(getattr(error, "sqlstate", None) or "", said)
            case ("asyncpg", "InterfaceError") | ("tortoise", "DBConnectionError"):
                return f"PostgreSQL cannot be used: {said}. {_CHECK_DATABASE}"
            case "redis", "RedisError":
                return f"Redis cannot be used: {said}. {_CHECK_REDIS}"
    return None


def _of_sqlstate(state: str, said: str) -> str | None:
    if state == _UNDEFINED_TABLE:
        return f"The database lacks a table ({said}): run `launchkit migrate`."
    if state.startswith(_ACCESS_STATES):
        return f"PostgreSQL refuses: {said}. {_CHECK_DATABASE}"
    return None


def _of_system(error: BaseException) -> str | None:
    if not isinstance(error, OSError):
        return None
    unreachable = error.errno in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH)
    if unreachable or isinstance(error, ConnectionError | TimeoutError | socket.gaierror):
        return f"A server cannot be reached: {_first_line(error)}. `launchkit doctor` says which and why."
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or _first_line(error)}."


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
