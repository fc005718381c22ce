"""`postmaster.pid`: what PostgreSQL writes about the server of a data directory.

Source of the format: "LOCK_FILE_LINE_*" in src/include/utils/pidfile.h.
"""

import contextlib
import signal
from pathlib import Path

from app.infra.embedded import orphans

_STATUS_LINE = 7


def is_ready(data: Path, pid: int) -> bool:
    """Whether this very process accepts connections; a stale file names another process."""
    lines = _lines(data)
    return (
        len(lines) > _STATUS_LINE and lines[0].strip() == str(pid) and lines[_STATUS_LINE].strip() == "ready"
    )


def clear_leftovers(data: Path) -> None:
    """Stop the server an earlier supervisor left behind; remove a pid file that would mislead PostgreSQL.

    The file of a dead process stays: PostgreSQL deals with it, and finds in it the shared memory that a
    backend of the crashed server may still use. It would however take any process that has got the number
    since for a running server, and refuse to start.
    """
    lines = _lines(data)
    pid = _pid(lines)
    if pid is not None and _is_server_of(pid, data):
        orphans.stop(pid, signal.SIGINT, is_ours=lambda: _is_server_of(pid, data))
    elif lines and (pid is None or orphans.is_alive(pid)):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _is_server_of(pid: int, data: Path) -> bool:
    words = orphans.command_line(pid)
    program = words.partition(" -D ")[0]
    return program.endswith("postgres") and f" -D {data} " in f"{words} "


def _lines(data: Path) -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return (data / "postmaster.pid").read_text(errors="replace").splitlines() or [""]
    return []


def _pid(lines: list[str]) -> int | None:
    try:
        pid = int(lines[0])
    except (IndexError, ValueError):
        return None
    return pid if pid > 0 else None
