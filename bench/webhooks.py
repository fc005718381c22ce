"""Webhook deliveries a second to a local sink: queued first, then worked off by one worker; against bare aiohttp.

The floor posts the same number of the same bytes with one session and as many requests at once, and neither signs, nor
claims, nor books. Sink, worker, PostgreSQL and this script share the machine.
"""

import argparse
import asyncio
import time
from datetime import UTC, datetime

import aiohttp
import uvloop

from app.core import ids
from app.core.egress import Rules
from app.core.events import Event
from app.core.ids import OrgId
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.infra import db, hashing, orm
from app.infra.outbound import Outbound
from app.outbox import service as outbox
from app.webhooks import recording, service
from app.webhooks.secrets import Vault
from app.webhooks.types import MAX_ENDPOINTS, CreateEndpoint
from bench.figures import describe, ratios
from bench.harness import System

_HOLD = "UPDATE webhook_endpoint SET paused_until = now() + interval '1 hour'"
_LET_GO = "UPDATE webhook_endpoint SET paused_until = NULL"
_OPEN = "SELECT count(*) FROM webhook_delivery WHERE state IN ('PENDING', 'SENDING')"
_TOOK = """
SELECT extract(epoch FROM max(d.finished_at) - min(a.at))::float8 AS seconds, max(d.attempts) AS attempts
FROM webhook_delivery d JOIN webhook_attempt a ON a.delivery_id = d.id
"""
_FAILED = "SELECT count(*) FROM webhook_delivery WHERE state <> 'SUCCEEDED'"
_CLEAR = "TRUNCATE webhook_message, webhook_delivery, webhook_attempt"
_PER_WRITE = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=5_000)
    parser.add_argument("--endpoints", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not 1 <= options.endpoints <= MAX_ENDPOINTS:
        parser.error(f"An org may have 1 to {MAX_ENDPOINTS} endpoints.")
    with System() as system:
        _sink, port = system.floor()
        started = system.start(
            "worker",
            ["app.cli", "worker", "--threads", "4"],
            LAUNCHKIT_EGRESS_ALLOW="127.0.0.1",
            LAUNCHKIT_EGRESS_HTTP="on",
        )
        started.await_log("worker.ready")
        uvloop.run(_measure(system, f"http://127.0.0.1:{port}/answer", options))


async def _measure(system: System, url: str, options: argparse.Namespace) -> None:
    await orm.init(system.settings, application_name="bench")
    recording.install()
    try:
        org_id = OrgId(ids.decode("org", system.tenant.org))
        await _make_endpoints(system, org_id, url, options.endpoints)
        mine: list[float] = []
        bare: list[float] = []
        for number in range(options.rounds):
            steps = [_deliver, _post] if number % 2 else [_post, _deliver]
            for step in steps:
                rate = await step(org_id, url, options)
                (mine if step is _deliver else bare).append(rate)
        print(f"bare aiohttp client: {' '.join(f'{rate:,.0f}/s' for rate in bare)}")
        print(f"webhooks, one worker: {' '.join(f'{rate:,.0f}/s' for rate in mine)}")
        print(f"of bare: {describe(ratios(mine, bare))}")
    finally:
        await orm.close()


async def _make_endpoints(system: System, org_id: OrgId, url: str, count: int) -> None:
    owner = Principal("user", ids.uuid7(), {org_id: ROLE_PERMISSIONS[Role.OWNER]})
    vault = Vault(hashing.derive_key(system.settings.secret_key, "webhook-secrets"))
    outbound = Outbound(Rules(system.settings.egress_allow, allows_http=True))
    now = datetime.now(UTC)
    for number in range(count):
        command = CreateEndpoint(f"http://93.184.216.34/{number}")
        await service.create(owner, org_id, command=command, vault=vault, outbound=outbound, now=now)
    await outbound.close()
    # Past the gate of this process: the worker's lets the sink through.
    await db.execute("UPDATE webhook_endpoint SET url = $1", url)


async def _deliver(org_id: OrgId, _url: str, options: argparse.Namespace) -> float:
    await db.fetch(_CLEAR)
    await db.execute(_HOLD)
    facts = options.deliveries // options.endpoints
    for start in range(0, facts, _PER_WRITE):
        async with db.unit_of_work() as uow:
            numbers = range(start, min(start + _PER_WRITE, facts))
            outbox.publish(uow, *(_fact(org_id, number) for number in numbers), now=datetime.now(UTC))
    await db.execute(_LET_GO)
    while await db.fetchval(_OPEN):
        await asyncio.sleep(0.2)
    if failed := await db.fetchval(_FAILED):
        raise SystemExit(f"{failed} deliveries failed.")
    row = await db.fetchrow(_TOOK)
    assert row is not None
    assert row["attempts"] == 1, "something was sent twice"
    return float(facts * options.endpoints / row["seconds"])


async def _post(_org_id: OrgId, url: str, options: argparse.Namespace) -> float:
    body = b'{"id":"msg_01kb4z5c9nfy8vx8k5m3t2r1qa","data":{"job_id":"job_01kb4z5c9nfy8vx8k5m3t2r1qa"}}'
    left = options.deliveries
    started = time.perf_counter()

    async def post(session: aiohttp.ClientSession) -> None:
        nonlocal left
        while left > 0:
            left -= 1
            async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
                await answer.read()

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(post(session) for _ in range(10 * options.endpoints)))
    return float(options.deliveries / (time.perf_counter() - started))


def _fact(org_id: OrgId, number: int) -> Event:
    payload = {"job_id": ids.encode("job", ids.uuid7()), "number": number}
    return Event("job.succeeded", org_id, (), payload, is_public=True)


if __name__ == "__main__":
    main()
