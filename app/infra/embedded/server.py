"""What supervising PostgreSQL and supervising Valkey have in common."""

import abc
import signal
import time
from pathlib import Path
from typing import IO, ClassVar

from app.infra.embedded import ports
from app.infra.embedded.errors import EmbeddedError
from app.infra.embedded.process import Command, Process, spawn

_START_SECONDS = 60.0
_RETRY_SECONDS = 5.0
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.002
_LOG_LIMIT = 16 * 1024 * 1024
_LOG_LINES = 12


class Server(abc.ABC):
    """One private server, restartable on the same port as long as this object lives.

    Call `start` from a thread that lives as long as the server: on Linux the server is told to stop when the
    thread that started it ends. The methods must not be called from two threads at once. Whoever uses this
    class without `Servers` has to make sure that nobody else uses the data directory.
    """

    title: ClassVar[str]
    name: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]
    immediate_signal: ClassVar[signal.Signals]
    passing_troubles: ClassVar[tuple[str, ...]] = ()
    """Log messages of a failed start which are worth another try shortly after."""

    def __init__(self, data_dir: Path, *, poll_parent: bool) -> None:
        self._data_dir = data_dir
        self._poll_parent = poll_parent
        self._process: Process | None = None
        self._port: int | None = None
        self._port_is_settled = False
        self._log_offset = 0

    @property
    def log_path(self) -> Path:
        return self._data_dir / f"{self.name}.log"

    @property
    def directory(self) -> Path:
        """Where the server keeps its data; belongs to the user who runs it."""
        return self._data_dir / self.name

    @property
    def pid(self) -> int | None:
        """Process id of the server itself, None when it does not run."""
        return self._process.pid if self._process is not None and self.is_running() else None

    @property
    def port(self) -> int:
        if self._port is None:
            raise EmbeddedError(f"{self.title} has no port before its first start: call start().")
        return self._port

    @property
    @abc.abstractmethod
    def url(self) -> str:
        """Where clients connect, with the password; known after the first start."""

    def is_running(self) -> bool:
        """Whether the server process exists; also notices, and reaps, a crashed one."""
        return self._process is not None and self._process.is_running()

    def start(self) -> None:
        """Start the server and return when it accepts connections; does nothing when it runs."""
        self.launch()
        self.await_ready()

    def launch(self) -> None:
        """Start the process without waiting for it to accept connections."""
        if self.is_running():
            return
        try:
            self._prepare()
            self._spawn()
        except OSError as error:
            raise EmbeddedError(
                f"{self.title} cannot use {self._data_dir} ({error}): choose another LAUNCHKIT_DATA_DIR."
            ) from error

    def await_ready(self) -> None:
        """Return when the launched server accepts connections; if it never does, kill it and raise."""
        started = time.monotonic()
        try:
            while not self._is_up(started + _START_SECONDS):
                self._require_passing_trouble(started)
                self._spawn()
        except BaseException:
            self.kill()
            raise
        self._port_is_settled = True

    def stop(self, *, immediate: bool = False) -> None:
        """Stop the server and wait for its end: gracefully, or at once with recovery at the next start."""
        self.request_stop(immediate=immediate)
        self.await_stopped()

    def request_stop(self, *, immediate: bool = False) -> None:
        """Ask the server to stop without waiting for it."""
        if self._process is not None and self.is_running():
            self._process.send(self.immediate_signal if immediate else self.stop_signal)

    def await_stopped(self) -> None:
        """Wait for the end of a server that was asked to stop; it is killed when that takes too long."""
        if self._process is not None:
            self._process.wait(_STOP_SECONDS)
            self.kill()

    def kill(self) -> None:
        """SIGKILL, as a crash would end it."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def restart(self) -> None:
        """Stop and start on the same port."""
        self.stop()
        self.start()

    @abc.abstractmethod
    def _prepare(self) -> None:
        """Make the data directory usable: checks, first-time creation, leftovers of an earlier run."""

    @abc.abstractmethod
    def _command(self, port: int) -> Command:
        """The command that starts the server on a port."""

    def _standard_input(self, port: int) -> bytes:
        return b""

    @abc.abstractmethod
    def _accepts_connections(self, process: Process) -> bool:
        """Whether this process, not some other server, serves clients; cheap, as it is asked every 2 ms."""

    def _spawn(self) -> None:
        if self._port is None or not self._port_is_settled:
            self._port = ports.choose()
        with self._open_log() as log:
            command, text = self._command(self._port), self._standard_input(self._port)
            self._process = spawn(command, log=log, stdin=text)

    def _open_log(self) -> IO[bytes]:
        if self.log_path.exists() and self.log_path.stat().st_size > _LOG_LIMIT:
            self.log_path.replace(self.log_path.with_name(f"{self.name}.old.log"))
        self.log_path.touch(0o600)
        self._log_offset = self.log_path.stat().st_size
        return self.log_path.open("ab")

    def _is_up(self, give_up: float) -> bool:
        """True when it accepts connections, False when it has exited; EmbeddedError after the time limit."""
        process = self._process
        assert process is not None
        process.confirm()
        while not self._accepts_connections(process):
            if not process.is_running():
                return False
            if time.monotonic() > give_up:
                raise EmbeddedError(
                    f"{self.title} did not accept connections in time. {self._last_log_lines()}"
                )
            time.sleep(_POLL_SECONDS)
        return True

    def _require_passing_trouble(self, started: float) -> None:
        """After a failed start: return when another try makes sense, raise otherwise."""
        self.kill()
        log = self._log_of_this_start()
        lost_port = "ddress already in use" in log
        if time.monotonic() - started > _RETRY_SECONDS or not (
            lost_port or any(trouble in log for trouble in self.passing_troubles)
        ):
            raise EmbeddedError(f"{self.title} failed to start. {self._last_log_lines()}")
        if not lost_port or self._port_is_settled:
            time.sleep(0.02)

    def _log_of_this_start(self) -> str:
        with self.log_path.open("rb") as file:
            file.seek(self._log_offset)
            return file.read().decode(errors="replace")

    def _last_log_lines(self) -> str:
        lines = self._log_of_this_start().splitlines()[-_LOG_LINES:]
        return f"The end of {self.log_path}:\n" + "\n".join(f"  {line}" for line in lines)
