"""Processes under measurement: started with a log file, looked at through /proc, stopped at the end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0
_POLL_SECONDS = 0.02


class Process:
    """One child process. CPU time and memory are 0 where there is no /proc."""

    def __init__(self, name: str, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                words, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    def await_http(self, url: str, *, seconds: float = _START_SECONDS) -> None:
        """Until `url` answers 200."""

        def is_ready() -> bool:
            try:
                with urlopen(url, timeout=2) as response:
                    return int(response.status) == 200
            except (URLError, OSError):
                return False

        self._await(is_ready, url, seconds)

    def await_log(self, text: str) -> None:
        """Until the process has written `text`."""
        self._await(lambda: text.encode() in self.log.read_bytes(), repr(text))

    def await_end(self, seconds: float) -> str:
        """What the process wrote until it ended by itself; stops the script when it failed."""
        try:
            code = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            code = -1
        text = self.log.read_text(errors="replace")
        if code:
            raise SystemExit(f"{self.name} failed. Its log ends:\n{text[-2000:]}")
        return text

    def stop(self) -> None:
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def cpu_seconds(self) -> float:
        """User and system time so far, with that of the processes that it started."""
        return cpu_seconds(self.pid) + sum(cpu_seconds(pid) for pid, _ in descendants(self.pid))

    def rss_mib(self, *, peak: bool = False) -> float:
        return rss_mib(self.pid, peak=peak)

    def _await(self, is_ready: Callable[[], bool], what: str, seconds: float = _START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self._child.poll() is not None or time.monotonic() > deadline:
                tail = self.log.read_text(errors="replace")[-2000:]
                raise SystemExit(f"{self.name} did not get ready ({what}). Its log ends:\n{tail}")
            time.sleep(_POLL_SECONDS)


def cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def postgres_cpu_seconds() -> float:
    """Of all servers that this process started."""
    return sum(cpu_seconds(pid) for pid, command in descendants(os.getpid()) if "postgres" in command)


def rss_mib(pid: int, *, peak: bool = False) -> float:
    """Resident memory, shared pages included."""
    wanted = "VmHWM:" if peak else "VmRSS:"
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(wanted)), 0.0)


def descendants(pid: int) -> list[tuple[int, str]]:
    """Process ids below `pid` with their command lines."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.name)] = int(fields[1])
    found = []
    for child in sorted(parents):
        ancestor = parents[child]
        while ancestor not in (0, pid):
            ancestor = parents.get(ancestor, 0)
        if ancestor == pid:
            found.append((child, _command_line(child)))
    return found


def pss_mib(pid: int) -> float:
    """Resident memory, each shared page divided by how many processes share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
