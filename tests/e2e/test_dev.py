"""`launchkit dev`, as a newcomer starts it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil
import pytest

from app.infra.embedded import ports
from tests.e2e.stack import PATIENCE_SECONDS, STARTING_SECONDS

pytestmark = pytest.mark.timeout(600)


def wait_for(check: Callable[[], Any], *, within: float, what: str) -> Any:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {within} s")


@dataclass
class Dev:
    """One data directory, and the `dev` that runs on it."""

    directory: Path
    port: int
    process: subprocess.Popen[str] | None = None

    def start(self) -> subprocess.Popen[str]:
        """With a terminal's absence and nobody else's settings."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "dev", "--no-demo"],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.directory),
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "LAUNCHKIT_DATA_DIR": str(self.directory / "data"),
                "PORT": str(self.port),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self.process

    @property
    def attach_file(self) -> Path:
        return self.directory / "data" / "dev.json"

    def ready(self) -> dict[str, Any]:
        def told() -> dict[str, Any] | None:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(self.process.communicate()[0])
            if not self.attach_file.exists():
                return None
            found: dict[str, Any] = json.loads(self.attach_file.read_text())
            return found

        found: dict[str, Any] = wait_for(told, within=STARTING_SECONDS, what="dev being ready")
        return found

    def family(self) -> list[psutil.Process]:
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


@pytest.fixture
def dev(tmp_path: Path) -> Iterator[Dev]:
    running = Dev(tmp_path, ports.choose())
    yield running
    if running.process is not None and running.process.poll() is None:
        running.process.terminate()
        try:
            running.process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            running.process.kill()
            running.process.communicate()


def alive(processes: list[psutil.Process]) -> list[str]:
    return [
        f"{process.pid} {process.name()}"
        for process in processes
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def none_left(processes: list[psutil.Process]) -> None:
    def gone() -> bool:
        try:
            return not alive(processes)
        except psutil.NoSuchProcess:
            return False

    wait_for(gone, within=PATIENCE_SECONDS, what=f"all of {len(processes)} processes being gone")


class TestDev:
    def test_leaves_no_process_behind_when_killed_and_finds_its_data_again(self, dev: Dev) -> None:
        dev.start()
        told = dev.ready()
        family = dev.family()
        assert len(family) >= 7, "dev, PostgreSQL, Valkey, web, worker, relay, scheduler"

        os.kill(family[0].pid, signal.SIGKILL)
        none_left(family)
        assert dev.process is not None
        dev.process.communicate()
        dev.attach_file.unlink(missing_ok=True)

        dev.start()
        again = dev.ready()
        assert again["api_key"] == told["api_key"]
        request = Request(f"{again['url']}/v1/jobs", headers={"Authorization": f"Bearer {again['api_key']}"})
        with urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            assert json.load(answer)["data"], "the seeded jobs"

    def test_stops_everything_on_sigterm_and_takes_its_file_away(self, dev: Dev) -> None:
        process = dev.start()
        dev.ready()
        assert dev.attach_file.stat().st_mode & 0o777 == 0o600
        family = dev.family()

        process.terminate()
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)

        none_left(family)
        assert process.returncode == 0, output
        assert not dev.attach_file.exists()

    def test_refuses_a_second_one_on_the_same_data_with_a_sentence(self, dev: Dev) -> None:
        dev.start()
        dev.ready()
        second = Dev(dev.directory, ports.choose())

        process = second.start()
        output, _ = process.communicate(timeout=STARTING_SECONDS)

        assert process.returncode == 1
        assert "in use" in output
        assert "Traceback" not in output
