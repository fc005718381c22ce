"""One data directory, one owner."""

import os
import sys
from pathlib import Path

from app.infra.embedded.errors import EmbeddedError

if sys.platform != "win32":
    import fcntl


class DirectoryLock:
    """`flock` on `<data_dir>/lock`; the kernel releases it when the owner dies, however it dies.

    The file stays behind: deleting it would let two processes each lock a file of that name.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "lock"
        self._fd: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, or raise EmbeddedError that names its owner; again is harmless."""
        if self._fd is not None:
            return
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(fd, 32).decode(errors="replace").strip()
            os.close(fd)
            raise self._refusal(error, holder) from error
        os.ftruncate(fd, 0)
        os.write(fd, f"{os.getpid()}\n".encode())
        self._fd = fd

    def release(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _refusal(self, error: OSError, holder: str) -> EmbeddedError:
        data_dir = self._path.parent
        if not isinstance(error, BlockingIOError):
            return EmbeddedError(
                f"{data_dir} is on a file system without locks ({error.strerror}): "
                "choose LAUNCHKIT_DATA_DIR elsewhere."
            )
        return EmbeddedError(
            f"The data directory {data_dir} is in use by process {holder or 'unknown'}: "
            "stop that process, or choose another LAUNCHKIT_DATA_DIR."
        )
