"""Creates a PostgreSQL data directory: all of it or nothing.

Everything happens in a directory with a temporary name that is renamed at the end, so a crash at any moment
leaves only rubbish, which the next creation removes.
"""

import secrets
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from app.infra.embedded import account as accounts
from app.infra.embedded import binaries, secret
from app.infra.embedded.account import Account
from app.infra.embedded.errors import EmbeddedError
from app.infra.embedded.process import Command, run

USER = DATABASE = "launchkit"
_STEP_SECONDS = 120.0
_BUILTIN_LOCALE_SINCE = 17
_SYNCFS_SINCE = 17


class Cluster:
    """The creation of one data directory."""

    def __init__(
        self, directory: Path, *, bin_dir: Path, account: Account | None, log: IO[bytes], poll_parent: bool
    ) -> None:
        self._directory = directory
        self._staging = directory.with_name(f"{directory.name}.initdb-{secrets.token_hex(4)}")
        self._bin_dir = bin_dir
        self._account = account
        self._log = log
        self._poll_parent = poll_parent

    def create(self, password: str) -> None:
        """Make the data directory with the role and database `launchkit`; durable when this returns."""
        if self._account is None:
            accounts.require_name()
        self._remove_leftovers()
        try:
            self._staging.mkdir(0o700)
            accounts.give(self._staging, self._account)
            self._initialise(password)
            self._create_database()
            self._synchronise()
            self._staging.rename(self._directory)
        finally:
            self._remove_leftovers()

    def _initialise(self, password: str) -> None:
        password_file = self._staging.with_name(f"{self._staging.name}.password")
        secret.write_private(password_file, password + "\n")
        accounts.give(password_file, self._account)
        self._run(
            "initdb",
            *("-D", str(self._staging), f"--username={USER}", f"--pwfile={password_file}"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-sync"),
            *_locale(binaries.postgres_major(self._bin_dir)),
        )

    def _create_database(self) -> None:
        """Before the first start and without a client: a directory in its place is complete, always."""
        before = self._log.tell()
        self._run(
            "postgres",
            *("--single", "-F", "-D", str(self._staging), "-c", "log_checkpoints=off", "postgres"),
            stdin=f"CREATE DATABASE {DATABASE};\n".encode(),
        )
        if "ERROR" in self._log_since(before):  # the exit status does not tell of it
            raise EmbeddedError(f"The database could not be created: see the end of {self._log.name}.")

    def _synchronise(self) -> None:
        """Once, for what the two steps before wrote without waiting for the disk."""
        major = binaries.postgres_major(self._bin_dir)
        at_once = sys.platform == "linux" and major >= _SYNCFS_SINCE
        method = ["--sync-method=syncfs"] if at_once else []
        self._run("initdb", "--sync-only", *method, "-D", str(self._staging))

    def _run(self, program: str, *arguments: str, stdin: bytes = b"") -> None:
        executable = self._bin_dir / program
        command = Command(
            words=[str(executable), *arguments],
            account=self._account,
            stop_signal=signal.SIGTERM,
            paths=[executable, self._staging],
            poll_parent=self._poll_parent,
        )
        before = self._log.tell()
        status = run(command, log=self._log, stdin=stdin, seconds=_STEP_SECONDS)
        if status != 0:
            lines = self._log_since(before).splitlines()[-12:]
            raise EmbeddedError(
                f"{program} failed with status {status}; the end of {self._log.name}:\n"
                + "\n".join(f"  {line}" for line in lines)
            )

    def _log_since(self, offset: int) -> str:
        with Path(self._log.name).open("rb") as file:
            file.seek(offset)
            return file.read().decode(errors="replace")

    def _remove_leftovers(self) -> None:
        for path in self._directory.parent.glob(f"{self._directory.name}.initdb-*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def require_usable(directory: Path, bin_dir: Path) -> bool:
    """Whether the data directory exists; EmbeddedError when these binaries cannot serve it."""
    try:
        written_by = binaries.leading_number((directory / "PG_VERSION").read_text())
    except FileNotFoundError:
        if directory.is_dir() and any(directory.iterdir()):
            raise EmbeddedError(
                f"{directory} is not a PostgreSQL data directory: "
                "move it away, or choose another LAUNCHKIT_DATA_DIR."
            ) from None
        return False
    installed = binaries.postgres_major(bin_dir)
    if written_by != installed:
        raise EmbeddedError(
            f"{directory} was written by PostgreSQL {written_by}, and PostgreSQL {installed} cannot read it: "
            f"set LAUNCHKIT_PG_BIN to the bin directory of a PostgreSQL {written_by}, "
            "or choose another LAUNCHKIT_DATA_DIR."
        )
    return True


def _locale(major: int) -> Sequence[str]:
    """The same on every machine: nothing of the operating system's locales, which change under an index."""
    if major < _BUILTIN_LOCALE_SINCE:
        return ("--locale=C",)
    return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
