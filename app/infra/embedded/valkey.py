"""The private Valkey."""

import contextlib
import signal
import socket
from pathlib import Path
from typing import ClassVar

from app.infra.embedded import account as accounts
from app.infra.embedded import binaries, orphans, ports, secret
from app.infra.embedded.account import Account
from app.infra.embedded.process import Command, Process
from app.infra.embedded.server import Server


class ValkeyServer(Server):
    """Valkey, or a system Redis, at 127.0.0.1 with a password and an append-only file."""

    title: ClassVar[str] = "Valkey"
    name: ClassVar[str] = "valkey"
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    immediate_signal: ClassVar[signal.Signals] = signal.SIGKILL  # it has no other way to leave at once

    def __init__(self, data_dir: Path, *, poll_parent: bool) -> None:
        super().__init__(data_dir, poll_parent=poll_parent)
        self._executable = Path()
        self._account: Account | None = None
        self._password = ""

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@{ports.HOST}:{self.port}/0"

    def await_ready(self) -> None:
        super().await_ready()
        self._pid_path.touch(0o600)
        self._pid_path.write_text(f"{self.pid} {self.port}\n")

    @property
    def _pid_path(self) -> Path:
        return self._data_dir / "valkey.pid"

    def _prepare(self) -> None:
        self._executable = binaries.find_valkey()
        self._account = accounts.for_directory(self.directory)
        self._password = secret.find_or_create(self._data_dir / "valkey.password")
        if not self.directory.exists():
            accounts.make_directory(self.directory, self._account)
        self._stop_orphan()

    def _stop_orphan(self) -> None:
        """Two servers on one append-only file would ruin it. Its process title names the port."""
        with contextlib.suppress(FileNotFoundError, ValueError):
            pid, port = (int(word) for word in self._pid_path.read_text().split())
            if _serves(pid, port):
                orphans.stop(pid, self.stop_signal, is_ours=lambda: _serves(pid, port))

    def _command(self, port: int) -> Command:
        return Command(
            words=[str(self._executable), "-"],
            account=self._account,
            stop_signal=self.stop_signal,
            paths=[self._executable, self.directory],
            poll_parent=self._poll_parent,
        )

    def _standard_input(self, port: int) -> bytes:
        """The configuration, kept off the command line because `ps` shows that to every user."""
        settings = {
            "bind": ports.HOST,
            "port": str(port),
            "requirepass": self._password,
            "dir": str(self.directory),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
            "tcp-backlog": "128",
            "maxmemory-policy": "noeviction",
        }
        lines = [f"{name} {_quote(value)}" for name, value in settings.items()]
        return ("\n".join(lines) + "\n").encode()

    def _accepts_connections(self, process: Process) -> bool:
        """Another server that took the port first is not mistaken for ours: it does not know the password."""
        try:
            with socket.create_connection((ports.HOST, self.port), timeout=0.25) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                return _read(connection, b"+OK\r\n+PONG\r\n")
        except OSError:
            return False


def _read(connection: socket.socket, expected: bytes) -> bool:
    received = b""
    while expected.startswith(received) and received != expected:
        chunk = connection.recv(256)
        if not chunk:
            return False
        received += chunk
    return received == expected


def _serves(pid: int, port: int) -> bool:
    title = orphans.command_line(pid)
    return "-server" in title and title.endswith(f"{ports.HOST}:{port}")


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
