"""Which user the servers run as.

PostgreSQL refuses to run as root. Started as root, the servers run as the user who owns their data, for a new
data directory `nobody`: a user that every system has and that `initdb` can look up. No user is created, and
only directories that this package has just made change their owner.
"""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from app.infra.embedded.errors import EmbeddedError

if sys.platform != "win32":
    import pwd

# linux/capability.h
_CAPABILITIES = {"CAP_CHOWN": 0, "CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7}


@dataclass(frozen=True)
class Account:
    """A user to drop to, looked up once while the user database is surely readable."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...]


def for_directory(directory: Path) -> Account | None:
    """Who runs the server of a data directory, whether it exists yet or not; None means the current user."""
    owner = _owner(directory)
    if os.geteuid() != 0:
        _require_own(directory, owner)
        return None
    _require_capabilities()
    if owner is None:
        return _look_up(pwd.getpwnam("nobody"))
    if owner == 0:
        raise EmbeddedError(
            f"{directory} belongs to root, and PostgreSQL refuses to run as root: "
            "remove that directory, or choose another LAUNCHKIT_DATA_DIR."
        )
    return _look_up(_entry(owner))


def make_directory(directory: Path, account: Account | None) -> None:
    """Make a directory of mode 0700 that already belongs to the account when it appears under its name."""
    staging = directory.with_name(f"{directory.name}.new-{secrets.token_hex(4)}")
    staging.mkdir(0o700)
    give(staging, account)
    staging.rename(directory)


def give(path: Path, account: Account | None) -> None:
    """Hand a path that this package has just made to the account."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def require_name() -> None:
    """`initdb` looks up its own user; containers often run under a number that has no name."""
    _entry(os.geteuid())


def _require_capabilities() -> None:
    """Root in a container may lack what makes it root; it then could start servers and never stop them."""
    if sys.platform != "linux":
        return
    status = Path("/proc/self/status").read_text()
    effective = int(next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:")), 16)
    missing = [name for name, number in _CAPABILITIES.items() if not effective & (1 << number)]
    if missing:
        raise EmbeddedError(
            f"PostgreSQL refuses to run as root, and root may not start it as another user here for want of "
            f"{', '.join(missing)}: start LaunchKit as an ordinary user, or grant these capabilities."
        )


def _entry(uid: int) -> "pwd.struct_passwd":
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        raise EmbeddedError(
            f"User {uid} has no entry in the user database, which PostgreSQL's initdb needs: "
            "add one, run as another user, or set DATABASE_URL and REDIS_URL."
        ) from error


def _look_up(entry: "pwd.struct_passwd") -> Account:
    # On macOS the group of nobody is 2**32 - 2, which getgrouplist there does not take.
    groups = os.getgrouplist(entry.pw_name, entry.pw_gid) if sys.platform == "linux" else [entry.pw_gid]
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, tuple(groups))


def _owner(directory: Path) -> int | None:
    try:
        return directory.stat().st_uid
    except FileNotFoundError:
        return None


def _require_own(directory: Path, owner: int | None) -> None:
    if owner in (None, os.geteuid()):
        return
    raise EmbeddedError(
        f"{directory} belongs to another user (uid {owner}), probably because LaunchKit was once started "
        "by that user: start it as that user again, or choose another LAUNCHKIT_DATA_DIR."
    )
