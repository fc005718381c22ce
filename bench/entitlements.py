"""Entitlement checks: latencies over HTTP at a fixed rate, against bare aiohttp in turn, and in this process.

Open loop: requests leave at their times whether or not those before were answered. What the client itself was late by
does not count. One customer, and a thousand: the snapshots of the latter are read anew all the time,
but for their first lap, which finds nothing read and is told apart.
"""

import argparse
import asyncio
import itertools
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

import orjson
import uvloop

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import OrgId
from app.core.inference import Usage
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.credits import granting, service
from app.credits.types import Category, GrantSource, NewGrant, Owner, OwnerKind, Period
from app.entitlements import service as entitlements
from app.entitlements.desk import Desk
from app.entitlements.types import (
    EVERYBODY,
    CreateFeature,
    Intent,
    Limit,
    LimitUnit,
    Question,
    SetEntitlement,
)
from app.infra import orm
from app.plans import current as plans
from app.pricing.book import PriceBook
from bench import figures
from bench.harness import System, Tenant

_FEATURE = "search"
_CALL = {"provider": "openai", "model": "gpt-4o-mini", "input_tokens": 1_000, "output_tokens": 500}
_WARM_UP_SECONDS = 1.0


@dataclass
class Latencies:
    """In seconds, of all rounds."""

    name: str
    values: list[float] = field(default_factory=list)
    errors: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=500, help="requests a second")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--customers", type=int, nargs="+", default=[1, 1_000])
    options = parser.parse_args()
    with System() as system:
        _web, port = system.web()
        _bare, bare_port = system.floor()
        uvloop.run(_measure(system, port, bare_port, options))


async def _measure(system: System, port: int, bare_port: int, options: argparse.Namespace) -> None:
    await orm.init(system.settings, application_name="bench")
    try:
        owner, org_id = await _sell(system.tenant)
        for customers in options.customers:
            floor, http = Latencies("bare aiohttp"), Latencies("check over HTTP")
            floor_first, first = Latencies("bare aiohttp, first lap"), Latencies("check over HTTP, first lap")
            lap = max(_WARM_UP_SECONDS, customers / options.rate)
            for _ in range(options.rounds):
                for port_of, path, before, found in (
                    (bare_port, "/answer", floor_first, floor),
                    (port, "/v1/entitlements/check", first, http),
                ):
                    requests = _requests(path, system.tenant, customers)
                    load = _Load(port_of, requests, before, found)
                    await load.run(options.rate, lap=lap, seconds=options.seconds)
            inside = await _in_process(owner, org_id, customers)
            title = f"{customers} customers, {options.rate}/s"
            _print(title, [floor, http, inside, *([floor_first, first] if customers > 1 else [])])
    finally:
        await orm.close()


async def _sell(tenant: Tenant) -> tuple[Principal, OrgId]:
    """A feature with a limit for everybody, and credit in the org's wallet."""
    now = datetime.now(UTC)
    org_id = OrgId(ids.decode("org", tenant.org))
    owner = Principal("user", uuid.uuid4(), {org_id: ROLE_PERMISSIONS[Role.OWNER]})
    await plans.read()
    wallet_id = await service.ensure_wallet(org_id, Owner(OwnerKind.ORG), environment="live", now=now)
    grant = NewGrant(
        wallet_id, "bench", Decimal(10**9), GrantSource.PURCHASE, Category.PAID, effective_at=now
    )
    await granting.grant(owner, org_id, grant=grant, now=now)
    feature = CreateFeature(_FEATURE, "Search")
    await entitlements.create_feature(owner, org_id, command=feature, now=now)
    limit = Limit(LimitUnit.REQUESTS, Decimal(10**9), Period.MONTH)
    command = SetEntitlement(_FEATURE, EVERYBODY, limit=limit)
    await entitlements.set_entitlement(owner, org_id, command=command, now=now)
    return owner, org_id


def _requests(path: str, tenant: Tenant, customers: int) -> Iterator[bytes]:
    made = []
    for number in range(customers):
        body = orjson.dumps({"customer_id": f"c{number}", "feature_id": _FEATURE, "action": _CALL})
        head = (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"Authorization: {tenant.headers['Authorization']}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return itertools.cycle(made)


class _Connection(asyncio.Protocol):
    """One request at a time."""

    def __init__(self, done: "Callable[[_Connection, float, bytes], None]") -> None:
        self._done = done
        self._buffer = b""
        self._due = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def send(self, request: bytes, due: float) -> None:
        self._due, self._buffer = due, b""
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        start = self._buffer.index(b"Content-Length: ") + 16
        length = int(self._buffer[start : self._buffer.find(b"\r\n", start)])
        if len(self._buffer) >= end + 4 + length:
            self._done(self, self._due, self._buffer)


class _Load:
    """So many requests a second, each on a connection that is free, or a new one."""

    def __init__(self, port: int, requests: Iterator[bytes], first: Latencies, found: Latencies) -> None:
        self._port = port
        self._requests = requests
        self._first = first
        self._found = found
        self._free: list[_Connection] = []
        self._open: list[_Connection] = []
        self._counts_from = 0.0

    async def run(self, rate: int, *, lap: float, seconds: float) -> None:
        """What is due in the first `lap` seconds counts as `first`, what comes after it as `found`."""
        for _ in range(16):
            self._free.append(await self._connect())
        started = time.perf_counter()
        self._counts_from = started + lap
        for number in range(int(rate * (lap + seconds))):
            due = started + number / rate
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            connection = self._free.pop() if self._free else await self._connect()
            connection.send(next(self._requests), max(due, time.perf_counter() - 0.001))
        await asyncio.sleep(0.5)
        for connection in self._open:
            connection.transport.close()

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(lambda: _Connection(self._answered), "127.0.0.1", self._port)
        self._open.append(made)
        return made

    def _answered(self, connection: _Connection, due: float, answer: bytes) -> None:
        now = time.perf_counter()
        self._free.append(connection)
        found = self._found if due >= self._counts_from else self._first
        found.values.append(now - due)
        if not answer.startswith(b"HTTP/1.1 200") or b'"allowed":true' not in answer:
            found.errors += 1


async def _in_process(owner: Principal, org_id: OrgId, customers: int) -> Latencies:
    """One after the other, as fast as they go."""
    desk = Desk(PriceBook(), clock=utcnow)
    usage = Usage(input_tokens=1_000, output_tokens=500)
    intent = Intent("openai", "gpt-4o-mini", usage)
    questions = [Question(f"c{number}", _FEATURE, intent) for number in range(customers)]
    for question in questions:
        await desk.check(owner, org_id, question=question, now=utcnow())
    found = Latencies("check in process")
    ends_at = time.perf_counter() + 3
    for question in itertools.cycle(questions):
        started = time.perf_counter()
        decision = await desk.check(owner, org_id, question=question, now=utcnow())
        found.values.append(time.perf_counter() - started)
        found.errors += not decision.is_allowed
        # Nothing waits in a check that is answered from memory: what reads behind it gets its turn here.
        await asyncio.sleep(0)
        if started > ends_at:
            break
    return found


def _print(title: str, found: list[Latencies]) -> None:
    rows = [
        [
            one.name,
            str(len(one.values)),
            *(f"{figures.percentile(one.values, percent) * 1000:.3f}" for percent in (50, 90, 99, 99.9)),
            str(one.errors),
        ]
        for one in found
    ]
    header = [f"{title}, milliseconds", "requests", "p50", "p90", "p99", "p99.9", "wrong"]
    print(figures.table(header, rows), end="\n\n")


if __name__ == "__main__":
    main()
