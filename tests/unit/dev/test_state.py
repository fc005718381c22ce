"""What `dev` keeps in the data directory."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.dev import state
from app.dev.state import Running


def running(pid: int) -> Running:
    return Running(
        url="http://127.0.0.1:8080",
        api_key="lk_live_x",
        email="owner@demo.launchkit.example",
        password="launchkit-demo",
        database_url="postgresql://127.0.0.1/x",
        redis_url="redis://127.0.0.1/0",
        pid=pid,
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestAnnounce:
    def test_is_found_again(self, tmp_path: Path) -> None:
        state.announce(tmp_path, running(os.getpid()))
        assert state.find_running(tmp_path) == running(os.getpid())

    def test_nobody_else_can_read_it(self, tmp_path: Path) -> None:
        old = os.umask(0)
        try:
            state.announce(tmp_path, running(os.getpid()))
        finally:
            os.umask(old)
        assert mode(tmp_path / "dev.json") == 0o600

    def test_has_what_scripts_attach_to(self, tmp_path: Path) -> None:
        state.announce(tmp_path, running(1))
        content = json.loads((tmp_path / "dev.json").read_text())
        assert set(content) == {"url", "api_key", "email", "password", "database_url", "redis_url", "pid"}

    def test_shows_no_secret_when_printed(self) -> None:
        assert "lk_live_x" not in repr(running(1))


class TestFindRunning:
    def test_nothing_runs(self, tmp_path: Path) -> None:
        assert state.find_running(tmp_path) is None

    def test_a_dead_one_does_not_run(self, tmp_path: Path) -> None:
        with subprocess.Popen([sys.executable, "-c", ""]) as dead:
            dead.wait()
        state.announce(tmp_path, running(dead.pid))
        assert state.find_running(tmp_path) is None

    @pytest.mark.parametrize("content", ["", "{}", "[]", '{"url": 1'])
    def test_rubbish_does_not_run(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "dev.json").write_text(content)
        assert state.find_running(tmp_path) is None

    def test_withdrawn_it_is_gone_and_again_is_harmless(self, tmp_path: Path) -> None:
        state.announce(tmp_path, running(os.getpid()))
        state.withdraw(tmp_path)
        state.withdraw(tmp_path)
        assert list(tmp_path.iterdir()) == []


class TestSecretKey:
    def test_is_made_once_and_kept_to_oneself(self, tmp_path: Path) -> None:
        data_dir = tmp_path / "data"
        key = state.secret_key(data_dir)
        assert len(key) >= 32
        assert state.secret_key(data_dir) == key
        assert mode(data_dir / "secret.key") == 0o600


class TestDemoKey:
    def test_is_kept(self, tmp_path: Path) -> None:
        assert state.demo_key(tmp_path) is None
        state.keep_demo_key(tmp_path, "lk_live_y")
        assert state.demo_key(tmp_path) == "lk_live_y"
        assert mode(tmp_path / "demo.key") == 0o600
