"""What `launchkit dev` keeps in the data directory, each in a file of mode 0600.

`secret.key`: signs sessions and keys the hashes of API keys; lost, every key and session is void.
`demo.key`: the demo API key, which the database holds only as a hash.
`dev.json`: where the running one is reached; gone when it is not running.
"""

import contextlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from app.core import config
from app.infra.embedded import orphans
from app.infra.embedded.secret import write_private


@dataclass(frozen=True, slots=True)
class Running:
    """The content of `dev.json`: what `demo`, benchmarks and scripts attach to."""

    url: str
    api_key: str = field(repr=False)
    email: str
    password: str = field(repr=False)
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    pid: int


def find_running(data_dir: Path) -> Running | None:
    """The `launchkit dev` of this data directory; None also when it died and left its file behind."""
    try:
        content: dict[str, Any] = orjson.loads(_running_path(data_dir).read_bytes())
        running = Running(**{name: content[name] for name in Running.__dataclass_fields__})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return running if orphans.is_alive(running.pid) else None


def announce(data_dir: Path, running: Running) -> None:
    text = orjson.dumps(asdict(running), option=orjson.OPT_INDENT_2).decode()
    write_private(_running_path(data_dir), text + "\n")


def withdraw(data_dir: Path) -> None:
    """Removes `dev.json`, also one that a killed predecessor left. Only for the owner of the data directory."""
    with contextlib.suppress(FileNotFoundError):
        _running_path(data_dir).unlink()


def secret_key(data_dir: Path) -> str:
    """The installation's secret, made on first use."""
    return _read(data_dir / "secret.key") or _keep(data_dir / "secret.key", config.generate_secret())


def demo_key(data_dir: Path) -> str | None:
    """The demo API key as text, if it was not lost; whether it still verifies, the database knows."""
    return _read(data_dir / "demo.key")


def keep_demo_key(data_dir: Path, token: str) -> None:
    _keep(data_dir / "demo.key", token)


def _running_path(data_dir: Path) -> Path:
    return data_dir / "dev.json"


def _read(path: Path) -> str | None:
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip() or None
    return None


def _keep(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_private(path, text + "\n")
    return text
