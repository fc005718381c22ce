"""Holds and their settlements per second, over many wallets and on one, against bare one-row transactions.

Three ways in: through the service in this process, over HTTP through one web process, and (the floor) asyncpg
alone, one row and one commit at a time. A pair is a hold, then its settlement, each answered after its commit.
"""

import argparse
import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import asyncpg
import orjson
import uvloop

from app.apikeys.verification import KeyVerifier
from app.core.ids import WalletId
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.credits import granting, service
from app.credits.operations import Operations
from app.credits.types import Category, GrantSource, NewGrant, Owner, OwnerKind, Spend
from app.infra import hashing, orm
from bench import figures, processes
from bench.harness import System
from bench.processes import Process

_ROW = "INSERT INTO bench_row (id, body, at) VALUES ($1, '{}', $2)"
_WALLETS = 500
_AMOUNT = Decimal("0.125")
_FUNCTIONS = """
SELECT funcname, calls, total_time, self_time FROM pg_stat_user_functions ORDER BY self_time DESC
"""

Client = Callable[[int], Awaitable[None]]


@dataclass
class Runs:
    """Pairs (or rows) per second, and the CPU microseconds of each by process; one entry per round."""

    name: str
    rates: list[float] = field(default_factory=list)
    web: list[float] = field(default_factory=list)
    postgres: list[float] = field(default_factory=list)
    here: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--functions", action="store_true", help="tell what the database's functions took")
    options = parser.parse_args()
    with System() as system:
        if options.functions:
            database = system.database_url.rpartition("/")[2].partition("?")[0]
            system.execute(f"ALTER DATABASE \"{database}\" SET track_functions = 'pl'")
        web, port = system.web()
        uvloop.run(_measure(system, web, port, options))
        if options.functions:
            uvloop.run(_tell_functions(system))


async def _measure(system: System, web: Process, port: int, options: argparse.Namespace) -> None:
    async with await Bench.open(system, port) as bench:
        for clients in options.clients:
            subjects: dict[str, Callable[[], Client]] = {
                "floor: one row, one commit": bench.bare,
                "service, many wallets": lambda: bench.pairs(bench.wallets),
                "service, one wallet": lambda: bench.pairs(bench.wallets[:1]),
                "HTTP, many wallets": lambda: bench.over_http(_WALLETS),
                "HTTP, one wallet": lambda: bench.over_http(1),
            }
            runs = {name: Runs(name) for name in subjects}
            for number in range(options.rounds):
                for name in list(subjects)[:: -1 if number % 2 else 1]:
                    await _run(runs[name], subjects[name](), web, clients, options.seconds)
            _print(clients, list(runs.values()))


async def _run(runs: Runs, client: Client, web: Process, clients: int, seconds: float) -> None:
    """`clients`, each one after the other; what they do before the first third of a second does not count."""
    await _repeat(client, clients, 0.3)
    before = web.cpu_seconds(), processes.postgres_cpu_seconds(), time.process_time()
    started = time.perf_counter()
    done = await _repeat(client, clients, seconds)
    runs.rates.append(done / (time.perf_counter() - started))
    runs.web.append((web.cpu_seconds() - before[0]) / done * 1e6)
    runs.postgres.append((processes.postgres_cpu_seconds() - before[1]) / done * 1e6)
    runs.here.append((time.process_time() - before[2]) / done * 1e6)


async def _repeat(client: Client, clients: int, seconds: float) -> int:
    done = 0
    ends_at = time.perf_counter() + seconds

    async def run(number: int) -> None:
        nonlocal done
        while time.perf_counter() < ends_at:
            await client(number)
            done += 1

    await asyncio.gather(*(run(number) for number in range(clients)))
    return done


class Bench:
    """Wallets with plenty of credit, and what a client of each way in does."""

    def __init__(
        self, system: System, port: int, pool: "asyncpg.Pool[asyncpg.Record]", key: Principal
    ) -> None:
        self._system, self._port, self._pool, self._key = system, port, pool, key
        [self._org] = key.orgs
        self._operations = Operations()
        self._lines: dict[int, Line] = {}
        self._turn = 0
        self.wallets: list[WalletId] = []

    @classmethod
    async def open(cls, system: System, port: int) -> "Bench":
        await orm.init(system.settings, application_name="bench")
        pool = await asyncpg.create_pool(system.database_url, min_size=10, max_size=10)
        verifier = KeyVerifier(hashing.derive_key(system.settings.secret_key, "api-keys"))
        key = await verifier.verify(system.tenant.token, now=datetime.now(UTC))
        bench = cls(system, port, pool, key)
        await bench._give_credit()
        return bench

    async def __aenter__(self) -> "Bench":
        return self

    async def __aexit__(self, *_: object) -> None:
        for line in self._lines.values():
            line.close()
        await self._pool.close()
        await orm.close()

    async def _give_credit(self) -> None:
        now = datetime.now(UTC)
        admin = Principal("user", uuid.uuid4(), {self._org: ROLE_PERMISSIONS[Role.OWNER]})
        for number in range(_WALLETS):
            owner = Owner(OwnerKind.CUSTOMER, f"c{number}")
            wallet_id = await service.ensure_wallet(self._org, owner, environment="live", now=now)
            grant = NewGrant(
                wallet_id, f"g{number}", Decimal(10**9), GrantSource.PURCHASE, Category.PAID, now
            )
            await granting.grant(admin, self._org, grant=grant, now=now)
            self.wallets.append(wallet_id)

    def bare(self) -> Client:
        async def once(_number: int) -> None:
            await self._pool.execute(_ROW, uuid.uuid4(), datetime.now(UTC))

        return once

    def pairs(self, wallets: list[WalletId]) -> Client:
        async def once(_number: int) -> None:
            self._turn += 1
            wallet_id = wallets[self._turn % len(wallets)]
            spend = Spend(wallet_id, uuid.uuid4().hex, _AMOUNT)
            common: dict[str, Any] = {"operations": self._operations, "now": datetime.now(UTC)}
            held = await service.hold(self._key, self._org, spend=spend, **common)
            await service.settle(self._key, self._org, hold_id=held.id, actual=_AMOUNT, **common)

        return once

    def over_http(self, customers: int) -> Client:
        async def once(number: int) -> None:
            if number not in self._lines:
                self._lines[number] = await Line.open(self._port, self._system.tenant.headers)
            line = self._lines[number]
            self._turn += 1
            wish = {"customer_id": f"c{self._turn % customers}", "amount": str(_AMOUNT)}
            held = await line.post("/v1/credits/holds", wish)
            await line.post(f"/v1/credits/holds/{held['id']}/settle", {"amount": str(_AMOUNT)})

        return once


class Line:
    """One keep-alive connection, as little work per answer as can be."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, headers: dict[str, str]
    ) -> None:
        self._reader, self._writer = reader, writer
        self._head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    @classmethod
    async def open(cls, port: int, headers: dict[str, str]) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port), headers)

    async def post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        content = orjson.dumps(body)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{self._head}"
            f"Idempotency-Key: {uuid.uuid4().hex}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self._writer.write(head.encode() + content)
        answered = await self._reader.readuntil(b"\r\n\r\n")
        length = int(answered.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        found: dict[str, Any] = orjson.loads(await self._reader.readexactly(length))
        if not answered.startswith(b"HTTP/1.1 2"):
            raise SystemExit(f"{path}: {found}")
        return found

    def close(self) -> None:
        self._writer.close()


async def _tell_functions(system: System) -> None:
    connection = await asyncpg.connect(system.database_url)
    rows = await connection.fetch(_FUNCTIONS)
    await connection.close()
    print(
        figures.table(
            ["function", "calls", "own µs", "with callees µs"],
            [
                [
                    row["funcname"],
                    str(row["calls"]),
                    f"{row['self_time'] / row['calls'] * 1000:.0f}",
                    f"{row['total_time'] / row['calls'] * 1000:.0f}",
                ]
                for row in rows
            ],
        )
    )


def _print(clients: int, runs: list[Runs]) -> None:
    floor = runs[0]
    rows = [
        [
            run.name,
            f"{figures.median(run.rates):.0f}",
            *(f"{figures.median(values):.0f}" for values in (run.web, run.postgres, run.here)),
            figures.describe(figures.ratios(run.rates, floor.rates)),
        ]
        for run in runs
    ]
    header = [f"{clients} clients", "per second", "web CPU µs", "postgres", "here", "of the floor"]
    print(figures.table(header, rows))
    print()


if __name__ == "__main__":
    main()
