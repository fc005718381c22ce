"""Durable, deduplicated, rated events per second by batch size and clients, against COPY of the same rows.

The floor is `COPY` by asyncpg into a table without an index, in the same run: no deduplication, no rating, no sums, no
HTTP. Beside the rates it says where the CPU time of a thousand events goes.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import asyncpg
import orjson

from bench import figures, processes
from bench.harness import LoadClient, System
from bench.load import UNIQUE, Plan
from bench.processes import Process

_SHAPES = ((1, 1), (1, 8), (1, 32), (10, 8), (100, 4), (1_000, 1), (1_000, 2), (1_000, 4))
_COPIED = 1_000
_MODELS = (
    ("openai", "gpt-4o"),
    ("openai", "gpt-4o-mini"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-flash"),
    ("openai", "gpt-4-turbo"),
)
_TABLES = (
    "usage_event",
    "usage_event_key",
    "usage_rollup_hour",
    "usage_latency_hour",
    "customer",
    "bench_usage",
)


@dataclass
class Runs:
    """One entry per round: events per second; CPU seconds of a thousand events."""

    name: str
    rates: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    postgres: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--processes", type=int, default=1, help="of the web server")
    parser.add_argument("--shapes", help="SIZExCLIENTS with commas, for example 1000x2,1x32")
    options = parser.parse_args()
    shapes = [tuple(map(int, s.split("x"))) for s in options.shapes.split(",")] if options.shapes else _SHAPES
    runs = {shape: Runs(f"{shape[0]:,} an event batch, {shape[1]} clients") for shape in shapes}
    floor = Runs(f"COPY, {_COPIED:,} rows, one connection")
    with System() as system:
        system.execute("CREATE TABLE bench_usage (LIKE usage_event)")
        web, port = system.web(processes=options.processes)
        client = system.load()
        for _ in range(options.rounds):
            _copy(system, floor, options.seconds)
            for (size, clients), run in runs.items():
                _ingest(system, web, port, client, run, size, clients, options.seconds)
                _clear(system)
    print(
        figures.table(
            ["events", "per second", "web ms/1000", "postgres", "client"],
            [_row(r) for r in (floor, *runs.values())],
        )
    )
    print()
    for run in runs.values():
        print(f"{run.name} / {floor.name}: {figures.describe(figures.ratios(run.rates, floor.rates))}")


def _ingest(
    system: System,
    web: Process,
    port: int,
    client: LoadClient,
    runs: Runs,
    size: int,
    clients: int,
    seconds: float,
) -> None:
    plan = Plan(
        port,
        "/v1/events/ingest",
        _body(size),
        f'"accepted":{size},',
        system.tenant.headers,
        connections=clients,
        seconds=seconds,
    )
    before = web.cpu_seconds(), processes.postgres_cpu_seconds()
    result = client.run(plan)
    thousands = result.answered * size / 1_000
    runs.rates.append(result.rate * size)
    runs.server.append((web.cpu_seconds() - before[0]) / thousands * 1_000)
    runs.postgres.append((processes.postgres_cpu_seconds() - before[1]) / thousands * 1_000)
    runs.client.append(result.client_cpu_share * (seconds + plan.warmup_seconds) / thousands * 1_000)
    counted = system.fetchrow("SELECT sum(requests)::bigint AS requests FROM usage_rollup_hour")["requests"]
    if counted != result.answered * size:
        raise SystemExit(f"{result.answered * size} events were accepted, {counted} were counted.")


def _body(size: int) -> str:
    """Ten customers with three features, five models: what one process of a product sends."""
    now = datetime.now(UTC)
    events = []
    for number in range(size):
        provider, model = _MODELS[number % len(_MODELS)]
        events.append(
            {
                "event_id": f"{UNIQUE}-{number:04}",
                "event_type": "TOKEN_USAGE",
                "customer_id": f"customer-{number % 10}",
                "user_id": f"user-{number % 7}",
                "feature_id": f"feature-{number % 3}",
                "provider": provider,
                "model": model,
                "input_tokens": 500 + number,
                "output_tokens": 100 + number % 50,
                "latency_ms": 200 + number % 1_000,
                "timestamp": (now - timedelta(seconds=number)).isoformat(),
            }
        )
    return orjson.dumps({"events": events}).decode()


def _copy(system: System, runs: Runs, seconds: float) -> None:
    copied, took, cpu = asyncio.run(_copied(system.database_url, seconds))
    runs.rates.append(copied / took)
    runs.server.append(0.0)
    runs.postgres.append(cpu / copied * 1e6)
    runs.client.append(0.0)


async def _copied(url: str, seconds: float) -> tuple[int, float, float]:
    connection = await asyncpg.connect(url)
    columns = [
        row["column_name"]
        for row in await connection.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'bench_usage' ORDER BY 1"
        )
    ]
    await connection.execute("TRUNCATE bench_usage")
    rows = [_event_row(columns, number) for number in range(_COPIED)]
    cpu, started, copied = processes.postgres_cpu_seconds(), time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        await connection.copy_records_to_table("bench_usage", records=rows, columns=columns)
        copied += _COPIED
    took = time.perf_counter() - started
    await connection.close()
    return copied, took, processes.postgres_cpu_seconds() - cpu


def _event_row(columns: list[str], number: int) -> list[object]:
    now = datetime.now(UTC)
    values: dict[str, object] = {
        "id": uuid4(),
        "org_id": uuid4(),
        "workspace_id": uuid4(),
        "event_id": f"{number:016}-{number:04}",
        "event_type": "TOKEN_USAGE",
        "occurred_at": now,
        "received_at": now,
        "customer_id": "customer-1",
        "user_id": "user-1",
        "feature_id": "feature-1",
        "api_key_id": uuid4(),
        "provider": "openai",
        "model": "gpt-4o",
        "usage_source": "provider",
        "cost_usd": Decimal("0.012500000000"),
        "credits": Decimal("1.500000000000"),
        "cost_ref": "genai-prices@0.2.3:openai/gpt-4o",
        "burn_ref": "default@1",
        "properties": "{}",
        "latency_ms": 200,
    }
    return [values.get(name, 0 if name.endswith("_tokens") else None) for name in columns]


def _clear(system: System) -> None:
    system.execute(f"SET session_replication_role = replica; TRUNCATE {', '.join(_TABLES)}")


def _row(runs: Runs) -> list[str]:
    return [runs.name, f"{figures.median(runs.rates):,.0f}"] + [
        f"{figures.median(values):.1f}" for values in (runs.server, runs.postgres, runs.client)
    ]


if __name__ == "__main__":
    main()
