"""Servers that outlived an earlier supervisor.

A pid file names a number, and numbers are given out again: the process behind one is believed to be ours only
when its command line says so.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.infra.embedded.errors import EmbeddedError

_STOP_SECONDS = 10.0
_KILL_SECONDS = 5.0


def is_alive(pid: int) -> bool:
    """Whether the number is in use, be it by a zombie or by another user's process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_line(pid: int) -> str:
    """Words of a process joined by spaces; empty when there is none, or only its zombie."""
    return _ask_proc(pid) if sys.platform == "linux" else _ask_ps(pid)


def _ask_proc(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode(errors="replace").strip()


def _ask_ps(pid: int) -> str:
    shown = subprocess.run(  # noqa: S603
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    return shown.stdout.strip()


def stop(pid: int, number: signal.Signals, *, is_ours: Callable[[], bool]) -> None:
    """Stop a process gracefully, by force after a time limit; EmbeddedError when it is still there."""
    for signal_number, seconds in ((number, _STOP_SECONDS), (signal.SIGKILL, _KILL_SECONDS)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal_number)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if not is_ours():
                return
            time.sleep(0.005)
    raise EmbeddedError(f"A server of an earlier run still uses this data directory: stop process {pid}.")
