"""Runs LaunchKit's own processes against servers that a test may kill."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import asyncpg

from app.core.config import Settings
from app.infra import embedded, parent
from app.infra.embedded import ports
from tests.conftest import SECRET_KEY
from tests.waiting import eventually

# For what waits for the start of processes, or for what several of them do together: a start of Python that takes one
# second takes fifteen where eight begin at once beside other tests.
STARTING_SECONDS = 120.0
PATIENCE_SECONDS = 60.0


@dataclass
class Stack:
    """Servers and processes of one installation."""

    servers: embedded.Servers
    port: int
    logs: Path
    environment: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    starts: Counter[str] = field(default_factory=Counter)
    _ports: dict[str, int] = field(default_factory=dict)

    @property
    def gates(self) -> Path:
        return self.logs / "gates"

    def open(self, gate: str) -> None:
        """Lets the jobs end that were submitted with this gate."""
        self.gates.mkdir(exist_ok=True)
        (self.gates / gate).touch()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url_of(self, name: str) -> str:
        """Of a further web process, `web2` and so on."""
        return f"http://127.0.0.1:{self._port_of(name)}"

    def _port_of(self, name: str) -> int:
        return self.port if name == "web" else self._ports.setdefault(name, ports.choose())

    @property
    def settings(self) -> Settings:
        return Settings(
            database_url=self.servers.database_url,
            redis_url=self.servers.redis_url,
            secret_key=SECRET_KEY,
            port=self.port,
        )

    async def migrate(self) -> None:
        """In a process of its own: in this one, the migration tool would take the tests' open database for this."""
        command = (sys.executable, "-m", "app.cli", "migrate")
        process = await asyncio.create_subprocess_exec(*command, env=self._environment("migrate"))
        assert await process.wait() == 0

    def start(self, *names: str, options: Sequence[str] = (), program: str = "app.cli") -> None:
        """`web`, `web2` …, `worker`, `relay`, `scheduler`, `scheduler2` …: each as its own process."""
        for name in names:
            self.starts[name] += 1
            command = "serve" if name.startswith("web") else name.rstrip("0123456789")
            with (self.logs / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, "-m", program, command, *options],
                    env=self._environment(name),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    @contextmanager
    def given(self, **environment: str) -> Iterator[None]:
        """What is started in the block has these variables, too."""
        before = self.environment
        self.environment = {**before, **environment}
        try:
            yield
        finally:
            self.environment = before

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)

    def terminate(self, name: str) -> None:
        """SIGTERM, and waits for the end."""
        process = self.processes.pop(name)
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)

    def revive(self, *names: str) -> None:
        """As a supervisor: starts those anew that have ended by themselves."""
        for name in names:
            if name in self.processes and self.processes[name].poll() is not None:
                self.start(name)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=30)
        self.processes.clear()

    def log_of(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text("utf-8", errors="replace")

    async def query(self, sql: str, *args: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.servers.database_url)
        try:
            return await connection.fetch(sql, *args)
        finally:
            await connection.close()

    async def ready(self, name: str = "web") -> None:
        async def answers() -> bool:
            try:
                async with (
                    aiohttp.ClientSession() as session,
                    session.get(f"{self.url_of(name)}/ready") as answer,
                ):
                    return answer.status == 200
            except aiohttp.ClientError:
                return False

        await eventually(answers, within=STARTING_SECONDS, what="the web process being ready", every=0.05)

    def _environment(self, name: str) -> dict[str, str]:
        root = Path(__file__).parents[2]
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(root),
            "DATABASE_URL": self.servers.database_url,
            "REDIS_URL": self.servers.redis_url,
            "LAUNCHKIT_SECRET_KEY": SECRET_KEY,
            "LAUNCHKIT_JOB_KINDS": "tests.e2e.kinds",
            "GATES": str(self.gates),
            "LAUNCHKIT_LOG_FORMAT": "json",
            "LAUNCHKIT_RATE_LIMITS": "off",
            "PORT": str(self._port_of(name)),
            parent.VARIABLE: str(os.getpid()),
            **self.environment,
        }


@asynccontextmanager
async def running(directory: Path) -> AsyncIterator[Stack]:
    """Servers up and migrated, no process started yet; all gone afterwards."""
    servers = embedded.Servers(directory / "data")
    servers.start()
    stack = Stack(servers, ports.choose(), directory)
    try:
        await stack.migrate()
        yield stack
    finally:
        stack.stop()
        servers.stop()
