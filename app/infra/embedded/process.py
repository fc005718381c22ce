"""Starts server processes behind the shim and signals them."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.infra.embedded import shim
from app.infra.embedded.account import Account
from app.infra.embedded.errors import EmbeddedError

_SHIM_SECONDS = 20.0
_PASSED_ON = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True)
class Command:
    """What to execute, and all that the shim must know about it."""

    words: Sequence[str]
    account: Account | None
    stop_signal: signal.Signals
    paths: Sequence[Path]
    """What the server's user must be able to enter."""
    poll_parent: bool = False


class Process:
    """A started server. `pid` is the server itself, never the shim."""

    def __init__(self, popen: "subprocess.Popen[bytes]", report_fd: int, command: Command) -> None:
        self._popen = popen
        self._report_fd = report_fd
        self._command = command
        self.pid = popen.pid

    def confirm(self) -> None:
        """Wait until the shim has executed the server; EmbeddedError when it could not."""
        if self._report_fd < 0:
            return
        report = self._read_report()
        for line in report.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "pid":
                self.pid = int(rest)
            else:
                self.kill()
                raise _refusal(kind, rest, self._command)

    def is_running(self) -> bool:
        return self._popen.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Signal the server; in polling mode the shim passes it on."""
        self._popen.send_signal(number)

    def wait(self, seconds: float) -> int | None:
        """Exit status, or None when it still runs after that time."""
        try:
            return self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """SIGKILL to server and shim, and wait for the end."""
        if self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.wait()
        self._close_report()

    def _read_report(self) -> str:
        """All that the shim says until it closes its end, by executing the server or by giving up."""
        received = bytearray()
        give_up = time.monotonic() + _SHIM_SECONDS
        while select.select([self._report_fd], [], [], max(0.0, give_up - time.monotonic()))[0]:
            chunk = os.read(self._report_fd, 4096)
            if not chunk:
                self._close_report()
                return os.fsdecode(bytes(received))
            received += chunk
        return f"error not executed within {_SHIM_SECONDS:.0f} seconds"

    def _close_report(self) -> None:
        if self._report_fd >= 0:
            os.close(self._report_fd)
            self._report_fd = -1


def spawn(command: Command, *, log: IO[bytes], stdin: bytes = b"") -> Process:
    """Start a command in its own session, so that Ctrl-C in the terminal reaches the supervisor only.

    On Linux the server dies with the *thread* that calls this, not merely with the process.
    """
    ours, theirs = os.pipe()
    try:
        popen = subprocess.Popen(  # noqa: S603
            _shim_words(command, theirs),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd="/",  # the current directory may be closed to the server's user
            env=_environment(),
            start_new_session=True,
            umask=0o077,
            pass_fds=(theirs,),
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    _feed(popen, stdin)
    return Process(popen, ours, command)


def run(command: Command, *, log: IO[bytes], stdin: bytes = b"", seconds: float) -> int:
    """Run a command to its end and return its exit status; it is killed when the time is over."""
    process = spawn(command, log=log, stdin=stdin)
    try:
        process.confirm()
        status = process.wait(seconds)
    finally:
        process.kill()
    return -signal.SIGKILL if status is None else status


def _shim_words(command: Command, report_fd: int) -> list[str]:
    # By path, not `-m`: that would import the packages above the shim. `-I -S` skips site-packages.
    return [
        sys.executable,
        "-I",
        "-S",
        shim.__file__,
        str(os.getpid()),
        str(int(command.stop_signal)),
        str(report_fd),
        "poll" if command.poll_parent else "signal",
        _account_word(command.account),
        str(len(command.paths)),
        *(str(path) for path in command.paths),
        *command.words,
    ]


def _account_word(account: Account | None) -> str:
    if account is None:
        return "-"
    return f"{account.uid}:{account.gid}:{','.join(str(group) for group in account.groups)}"


def _environment() -> dict[str, str]:
    """No secrets of the application, none of the PG* variables that would change PostgreSQL's mind."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {"PATH": os.defpath} | passed | {"LC_ALL": "C", "TZ": "UTC"}


def _feed(popen: "subprocess.Popen[bytes]", data: bytes) -> None:
    assert popen.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        popen.stdin.write(data)
    with contextlib.suppress(BrokenPipeError):
        popen.stdin.close()


def _refusal(kind: str, rest: str, command: Command) -> EmbeddedError:
    program = Path(command.words[0]).name
    if kind != "unreachable" or command.account is None:
        return EmbeddedError(
            f"{program} could not be executed: {rest}. Check the installation, or its permissions."
        )
    is_program = command.words[0] == rest or command.words[0].startswith(f"{rest}/")
    mend = "move the virtualenv, or set LAUNCHKIT_PG_BIN" if is_program else "choose LAUNCHKIT_DATA_DIR"
    return EmbeddedError(
        f"{program} must not run as root and runs as user {command.account.name}, who cannot enter {rest}: "
        f"{mend} elsewhere, or start LaunchKit as an ordinary user."
    )
