"""Both servers of one data directory."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from app.infra.embedded.errors import EmbeddedError
from app.infra.embedded.lock import DirectoryLock
from app.infra.embedded.postgres import PostgresServer
from app.infra.embedded.server import Server
from app.infra.embedded.valkey import ValkeyServer


class Servers:
    """A private PostgreSQL and a private Valkey which live no longer than this process.

    Call `start` from a thread that lives as long as the servers, best the main thread: on Linux the kernel
    tells a server to stop when the thread that started it ends. After a crash, `start` of the server that
    crashed, or of this object, brings it back on the same port.

    `poll_parent` watches this process from a small parent of each server instead of asking the kernel; it is
    what macOS needs, and an argument only so that it can be tested on Linux.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        postgres: bool = True,
        valkey: bool = True,
        poll_parent: bool = sys.platform != "linux",
    ) -> None:
        _require_supported_platform()
        # A path without links: its directories are checked one by one, and it is compared with command lines.
        self.data_dir = data_dir.resolve()
        self.postgres = PostgresServer(self.data_dir, poll_parent=poll_parent)
        self.valkey = ValkeyServer(self.data_dir, poll_parent=poll_parent)
        # Valkey first: it starts while this thread is busy creating the database of a first start.
        self._wanted: list[Server] = [
            *([self.valkey] if valkey else []),
            *([self.postgres] if postgres else []),
        ]
        self._lock = DirectoryLock(self.data_dir)

    @property
    def database_url(self) -> str:
        return self.postgres.url

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    @property
    def wanted(self) -> tuple[Server, ...]:
        """The servers that `start` starts, for a supervisor that watches them."""
        return tuple(self._wanted)

    def start(self) -> None:
        """Start what does not run and return when all accept connections; on failure none is left."""
        self._lock_data_dir()
        try:
            for server in self._wanted:
                server.launch()
            for server in reversed(self._wanted):
                server.await_ready()
        except BaseException:
            self._kill()
            raise

    def stop(self) -> None:
        """Stop both at the same time, gracefully within some seconds and else by force."""
        try:
            for server in self._wanted:
                server.request_stop()
            for server in self._wanted:
                server.await_stopped()
        except BaseException:
            self._kill()
            raise
        self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _lock_data_dir(self) -> None:
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError as error:
            raise EmbeddedError(
                f"The data directory {self.data_dir} cannot be used ({error.strerror}): "
                "choose LAUNCHKIT_DATA_DIR elsewhere."
            ) from error

    def _kill(self) -> None:
        for server in self._wanted:
            server.kill()
        self._lock.release()


def _require_supported_platform() -> None:
    if sys.platform == "win32":
        raise EmbeddedError(
            "The embedded servers run on Linux and macOS only: "
            "on Windows set DATABASE_URL and REDIS_URL to servers that run already, or use WSL."
        )
