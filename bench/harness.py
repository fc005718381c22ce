"""A whole system in a temporary directory: real servers, a migrated database, an org with a key, processes."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.request import Request, urlopen

import asyncpg
import orjson
import redis

from app.apikeys import service as apikeys
from app.apikeys.types import CreateApiKey
from app.apikeys.verification import KeyVerifier
from app.core import ids
from app.core.config import Settings
from app.core.principal import ROLE_PERMISSIONS, Permission, Principal, Role
from app.identity import service as identity
from app.infra import embedded, hashing, migrations, orm, parent
from bench.load import Plan, Result
from bench.processes import Process

KINDS = "bench.kinds"
_EMAIL = "owner@bench.example"
_SIGN_IN = "mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { accessToken } } }"
_WRITTEN = (
    "job",
    "job_event",
    "outbox_message",
    "audit_entry",
    "audit_unsealed",
    "idempotency_key",
    "bench_row",
)
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Tenant:
    """An org as clients write it, the token of a key that may do everything in it, and its owner."""

    org: str
    token: str
    user: str
    password: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


class System:
    """Servers and processes for one script; nothing of it is left when the block ends."""

    tenant: Tenant

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        try:
            self._open()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open(self) -> None:
        self.directory = Path(
            self._stack.enter_context(tempfile.TemporaryDirectory(prefix="launchkit-bench-"))
        )
        servers = self._stack.enter_context(embedded.Servers(self.directory / "data"))
        self.database_url, self.redis_url = servers.database_url, servers.redis_url
        self._settings = Settings(
            database_url=self.database_url,
            redis_url=self.redis_url,
            secret_key=secrets.token_urlsafe(48),
            data_dir=self.directory,
        )
        asyncio.run(self._prepare())

    async def _prepare(self) -> None:
        await migrations.migrate(self.database_url)
        await orm.init(self._settings, application_name="bench")
        try:
            self.tenant = await _new_tenant(self._settings)
        finally:
            await orm.close()
        await self._execute(
            "CREATE TABLE bench_row (id uuid PRIMARY KEY, body json NOT NULL, at timestamptz NOT NULL)"
        )

    async def _execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self.database_url)
        await connection.execute(sql)
        await connection.close()

    async def _fetch(self, sql: str) -> asyncpg.Record:
        connection = await asyncpg.connect(self.database_url)
        row = await connection.fetchrow(sql)
        await connection.close()
        assert row is not None
        return row

    @property
    def settings(self) -> Settings:
        return self._settings

    def execute(self, sql: str) -> None:
        asyncio.run(self._execute(sql))

    def fetchrow(self, sql: str) -> asyncpg.Record:
        """The one row of a query."""
        return asyncio.run(self._fetch(sql))

    def clear(self) -> None:
        """Empties what submissions write, so that every measurement begins with the same tables and queues."""
        # The role switches off the trigger that keeps the audit log.
        self.execute(f"SET session_replication_role = replica; TRUNCATE {', '.join(_WRITTEN)}")
        client = redis.Redis.from_url(self.redis_url)
        client.flushall()
        client.close()

    def start(self, name: str, words: Sequence[str], **environment: str) -> Process:
        """A Python process of this installation, told where everything is."""
        variables = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "LAUNCHKIT_ENV": "production",
            "LAUNCHKIT_SECRET_KEY": self._settings.secret_key,
            "LAUNCHKIT_JOB_KINDS": KINDS,
            "LAUNCHKIT_DATA_DIR": str(self.directory),
            "LAUNCHKIT_RATE_LIMITS": "off",
            parent.VARIABLE: str(os.getpid()),
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        process = Process(name, [sys.executable, "-m", *words], variables, self.directory / f"{name}.log")
        self._stack.callback(process.stop)
        return process

    def web(self, *, processes: int = 1, **environment: str) -> tuple[Process, int]:
        """A web process that answers, or the parent of several, and the port."""
        return self.serve("web", ["app.cli", "serve", "--processes", str(processes)], **environment)

    def serve(self, name: str, words: Sequence[str], **environment: str) -> tuple[Process, int]:
        """A process that answers at `/ready`, and its port."""
        port = free_port()
        process = self.start(name, words, PORT=str(port), **environment)
        process.await_http(f"http://127.0.0.1:{port}/ready")
        return process, port

    def sign_in(self, port: int) -> dict[str, str]:
        """The headers of the owner's requests; good for a quarter of an hour."""
        credentials = {"email": _EMAIL, "password": self.tenant.password}
        body = orjson.dumps({"query": _SIGN_IN, "variables": {"input": credentials}})
        asked = Request(f"http://127.0.0.1:{port}/graphql", body, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=10) as response:
            answer = orjson.loads(response.read())
        return {"Authorization": f"Bearer {answer['data']['signIn']['accessToken']}"}

    def lift_limits(self) -> None:
        """Gives the org the largest quota, so that one measurement stays within what an empty Redis allows."""
        self.execute("UPDATE org SET plan = 'ENTERPRISE'")

    def forget_spending(self) -> None:
        """Fills all buckets again."""
        client = redis.Redis.from_url(self.redis_url)
        for key in client.scan_iter("launchkit:rate:*"):
            client.delete(key)
        client.close()

    def worker(self, *, threads: int) -> Process:
        process = self.start("worker", ["app.cli", "worker", "--threads", str(threads)])
        process.await_log("worker.ready")
        return process

    def background(self) -> list[Process]:
        """The relay and the scheduler."""
        started = [self.start(name, ["app.cli", name]) for name in ("relay", "scheduler")]
        for process in started:
            process.await_log(f"{process.name}.ready")
        return started

    def floor(self) -> tuple[Process, int]:
        """The bare servers of `bench.floors`, and their port."""
        return self.serve("floor", ["bench.floors"])

    def load(self) -> "LoadClient":
        client = LoadClient(self.directory / "load.json")
        self._stack.callback(client.stop)
        return client


class LoadClient:
    """The load client's process, seen from the script."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._child = subprocess.Popen(
            [sys.executable, "-m", "bench.load", str(output)],
            env={**os.environ, parent.VARIABLE: str(os.getpid()), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, plan: Plan) -> Result:
        """Blocks until `plan` is done; stops the script at answers that are not what was expected."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(orjson.dumps(asdict(plan)) + b"\n")
        self._child.stdin.flush()
        if not self._child.stdout.readline():
            raise SystemExit("The load client failed; the lines above say why.")
        result = Result(**orjson.loads(self._output.read_bytes()))
        if result.errors:
            raise SystemExit(f"{plan.path}: {result.errors} wrong answers; the first:\n{result.first_error}")
        return result

    def stop(self) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _new_tenant(settings: Settings) -> Tenant:
    now = datetime.now(UTC)
    password = secrets.token_urlsafe()
    user_id = await identity.create_user(email=_EMAIL, name="Owner", password=password, now=now)
    org_id = await identity.create_org(name="Bench", slug="bench", plan="PRO", owner_id=user_id, now=now)
    owner = Principal("user", user_id, {org_id: ROLE_PERMISSIONS[Role.OWNER]})
    verifier = KeyVerifier(hashing.derive_key(settings.secret_key, "api-keys"))
    command = CreateApiKey("server", list(Permission))
    new = await apikeys.create(owner, org_id, command=command, verifier=verifier, now=now)
    return Tenant(ids.encode("org", org_id), new.shown_token, ids.encode("user", user_id), password)
