"""Child processes that are kept running."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import app
from app.dev import children
from app.dev.children import Children, Program

ROOT = Path(app.__file__).parents[1]

STEADY = "import signal, sys, time\nsignal.signal(15, lambda *_: sys.exit(0))\nprint('up', flush=True)\ntime.sleep(60)"
STUBBORN = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nprint('up', flush=True)\ntime.sleep(60)"


class Script(Program):
    """Runs Python code in place of a command."""

    @property
    def words(self) -> list[str]:
        return [sys.executable, *self.arguments]


class Recorder:
    def __init__(self) -> None:
        self.reports: list[str] = []
        self.lines: list[tuple[str, str]] = []

    def start(self, *codes: str) -> Children:
        children = Children(
            environment=dict(os.environ),
            report=self.reports.append,
            output=lambda name, line: self.lines.append((name, line)),
        )
        children.start(*(Script(f"p{n}", ["-c", code]) for n, code in enumerate(codes)))
        return children

    async def until_lines(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.lines) < count:
                await asyncio.sleep(0.01)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


class TestProgram:
    def test_does_not_take_an_app_of_the_current_directory(self, tmp_path: Path) -> None:
        (tmp_path / "app").mkdir()
        (tmp_path / "app" / "__init__.py").write_text("raise SystemExit('the wrong one')")
        environment = {**os.environ, **children._identity(os.environ)}
        environment.pop("LAUNCHKIT_PARENT_PID")
        done = subprocess.run(
            Program("x", ["--version"]).words, cwd=tmp_path, env=environment, capture_output=True, check=True
        )
        assert done.stdout.startswith(b"launchkit ")


class TestChildren:
    async def test_pass_on_what_is_printed_by_name(self, recorder: Recorder) -> None:
        running = recorder.start(STEADY, STEADY)
        await recorder.until_lines(2)
        await running.stop()
        assert sorted(recorder.lines) == [("p0", "up"), ("p1", "up")]
        assert recorder.reports == []

    async def test_are_told_who_their_parent_is(self, recorder: Recorder) -> None:
        running = recorder.start(
            "import os, time\nprint(os.environ['LAUNCHKIT_PARENT_PID'], flush=True)\ntime.sleep(60)"
        )
        await recorder.until_lines(1)
        await running.stop()
        assert recorder.lines == [("p0", str(os.getpid()))]

    async def test_do_not_hear_the_ctrl_c_of_our_terminal(self, recorder: Recorder) -> None:
        running = recorder.start("import os, time\nprint(os.getsid(0), flush=True)\ntime.sleep(60)")
        await recorder.until_lines(1)
        await running.stop()
        assert recorder.lines[0][1] != str(os.getsid(0))

    async def test_start_again_after_a_crash_which_is_told(
        self, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(children, "_FIRST_PAUSE_SECONDS", 0.01)
        running = recorder.start("print('up', flush=True)\nraise SystemExit(3)")
        await recorder.until_lines(2)
        await running.stop()
        assert recorder.reports[0] == "p0 ended with exit status 3; starting it again in 0.01 s."

    async def test_stop_during_a_pause_starts_nothing(
        self, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(children, "_FIRST_PAUSE_SECONDS", 30.0)
        running = recorder.start("raise SystemExit(1)")
        async with asyncio.timeout(60):
            while not recorder.reports:
                await asyncio.sleep(0.01)
        before = time.monotonic()
        await running.stop()
        assert time.monotonic() - before < 20
        assert len(recorder.reports) == 1

    async def test_are_killed_when_they_do_not_stop(self, recorder: Recorder) -> None:
        running = recorder.start(STUBBORN)
        await recorder.until_lines(1)
        before = time.monotonic()
        await running.stop(0.2)
        assert time.monotonic() - before < 20

    async def test_stay_kept_when_who_waits_for_them_is_cancelled(self, recorder: Recorder) -> None:
        running = recorder.start(STEADY)
        await recorder.until_lines(1)
        waiting = asyncio.create_task(running.failed())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        (process,) = running._running.values()
        assert process.returncode is None
        await running.stop()
        assert process.returncode == 0


class TestPauseAfter:
    def test_grows_and_is_bounded(self) -> None:
        pauses = [children.pause_after(crashes) for crashes in (1, 2, 3, 7, 1_000)]
        assert pauses == [0.5, 1.0, 2.0, 30.0, 30.0]


class TestDescribe:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (0, "ended with exit status 0"),
            (1, "ended with exit status 1"),
            (-signal.SIGKILL, "was ended by SIGKILL"),
            (-200, "was ended by signal 200"),
        ],
    )
    def test_says_how_it_ended(self, status: int, words: str) -> None:
        assert children.describe(status) == words
