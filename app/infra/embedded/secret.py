"""Generated passwords: another user of the machine can reach 127.0.0.1 too."""

import os
import secrets
from pathlib import Path


def find_or_create(path: Path) -> str:
    """The password in a file of mode 0600; generated on first use, safe in a URL without escaping."""
    if path.exists() and (known := path.read_text().strip()):
        return known
    password = secrets.token_urlsafe(24)
    write_private(path, password + "\n")
    return password


def write_private(path: Path, text: str) -> None:
    """Write a file that is never readable by others nor half written, not even after a power cut."""
    staging = path.with_name(f"{path.name}.new")
    staging.unlink(missing_ok=True)
    fd = os.open(staging, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(fd)
    staging.replace(path)
