"""Child processes that are kept running: started again after a crash, stopped together.

Each is told who its parent is (`app.infra.parent`), so that a parent killed with -9 leaves none behind, and has a
session of its own, so that Ctrl-C in a terminal reaches the parent alone, which then stops them in good order.
Use it from the event loop of the main thread: on Linux a child dies with the thread that started it.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import app
from app.dev.lines import LineSplitter
from app.infra import parent, succession

STOP_SECONDS = 10.0
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
# A child that ran this long has not crashed at its start: the next pause is a short one again.
_STEADY_SECONDS = 30.0
_CHUNK_BYTES = 64 * 1024

Report = Callable[[str], None]
Output = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Program:
    """One child: the command line of `launchkit` that it runs, under a name for people."""

    name: str
    arguments: Sequence[str]

    @property
    def words(self) -> list[str]:
        # -P: `app` is a common name, and one in the current directory is not meant.
        return [sys.executable, "-P", "-m", "app.cli", *self.arguments]


class Children:
    """`report` is told of crashes; `output` is given what they print, by name, else they share our own."""

    def __init__(
        self, *, environment: Mapping[str, str], report: Report, output: Output | None = None
    ) -> None:
        self._environment = {**environment, **_identity(environment)}
        self._report = report
        self._output = output
        self._stopping = asyncio.Event()
        self._running: dict[str, Process] = {}
        self._keepers: list[asyncio.Task[None]] = []

    def start(self, *programs: Program) -> None:
        """May be called again for more."""
        self._keepers += [asyncio.create_task(self._keep(program)) for program in programs]

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """SIGTERM to all at once, SIGKILL to whoever is left after `seconds`."""
        self._stopping.set()
        self._signal(signal.SIGTERM)
        if self._keepers:
            await asyncio.wait(self._keepers, timeout=seconds)
        self._signal(signal.SIGKILL)
        await asyncio.gather(*self._keepers)

    async def failed(self) -> None:
        """Raises what made it impossible to keep a child running at all; otherwise never returns."""
        # Not `gather`: it would pass the caller's cancellation on, and the children would have no keeper.
        done, _ = await asyncio.wait(self._keepers, return_when=asyncio.FIRST_EXCEPTION)
        for keeper in done:
            keeper.result()

    async def _keep(self, program: Program) -> None:
        crashes = 0
        before: str | None = None
        while not self._stopping.is_set():
            started = time.monotonic()
            name = succession.new_name()
            status = await self._run(program, succession.environment(name, before))
            before = name
            if self._stopping.is_set():
                return
            crashes = 1 if time.monotonic() - started > _STEADY_SECONDS else crashes + 1
            pause = pause_after(crashes)
            self._report(f"{program.name} {describe(status)}; starting it again in {pause:g} s.")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)

    async def _run(self, program: Program, place: Mapping[str, str]) -> int:
        pipe = None if self._output is None else PIPE
        process = await asyncio.create_subprocess_exec(
            *program.words,
            stdin=DEVNULL,
            stdout=pipe,
            stderr=None if pipe is None else STDOUT,
            env={**self._environment, **place},
            start_new_session=True,
        )
        self._running[program.name] = process
        if self._stopping.is_set():
            self._signal(signal.SIGTERM)
        try:
            if process.stdout is not None:
                await self._pass_on(program.name, process.stdout)
            return await process.wait()
        finally:
            del self._running[program.name]

    async def _pass_on(self, name: str, stream: asyncio.StreamReader) -> None:
        assert self._output is not None
        lines = LineSplitter()
        while chunk := await stream.read(_CHUNK_BYTES):
            for line in lines.feed(chunk):
                self._output(name, line)
        for line in lines.end():
            self._output(name, line)

    def _signal(self, number: signal.Signals) -> None:
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)


def pause_after(crashes: int) -> float:
    """Seconds before the next start: twice as long after every crash in a row, up to half a minute."""
    return min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(crashes - 1, 16))


def describe(status: int) -> str:
    """How a process ended, in words."""
    if status >= 0:
        return f"ended with exit status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"


def _identity(environment: Mapping[str, str]) -> dict[str, str]:
    """Who their parent is, and where this very code is, whatever the current directory holds."""
    code = str(Path(app.__file__).parents[1])
    paths = [code, *filter(None, [environment.get("PYTHONPATH")])]
    return {parent.VARIABLE: str(os.getpid()), "PYTHONPATH": os.pathsep.join(paths)}
