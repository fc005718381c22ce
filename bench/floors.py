"""Bare servers to compare with: aiohttp on uvloop, orjson, asyncpg, and nothing else.

Run by the harness as `python -m bench.floors`. The pool is as large as the application's, and like there the
reset query on release is left out: the floor is as fast as this stack can be without giving up the transaction.
"""

import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import orjson
import uvloop
from aiohttp import web

from app.infra import parent

_POOL = web.AppKey("pool", asyncpg.Pool)
_POOL_SIZE = 10
_ORG, _WORKSPACE, _KEY = (uuid.uuid4() for _ in range(3))

_ROW = "INSERT INTO bench_row (id, body, at) VALUES ($1, $2, $3)"
_JOB = """
INSERT INTO job (id, org_id, workspace_id, kind, state, seq, max_attempts, input, estimated_tokens,
    created_by_kind, created_by_id, created_at, run_at, queued_at)
VALUES ($1, $2, $3, 'summarize', 'QUEUED', 1, 3, $4, 150, 'api_key', $5, $6, $6, $6)
"""
_EVENT = """
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, at)
VALUES ($1, 1, 'state', 'QUEUED', 0, 0, $2)
"""
_OUTBOX = """
INSERT INTO outbox_message (id, kind, name, payload, created_at, available_at)
VALUES ($1, 'task', 'run_job', $2, $3, $4)
"""
_AUDIT = """
INSERT INTO audit_entry (id, org_id, at, action, principal_kind, principal_id, target_type, target_id, changes)
VALUES ($1, $2, $3, 'job.created', 'api_key', $4, 'job', $5, '{"kind": "summarize"}')
"""
_CLAIM = """
INSERT INTO idempotency_key (org_id, principal_id, operation, key, fingerprint, answer, created_at, expires_at)
VALUES ($1, $2, 'jobs.create', $3, $4, $5, $6, $7)
"""
_LIST = """
SELECT job.id::text, job.kind, state, progress, job.created_at, finished_at, credits::text, cost_usd::text,
    workspace.name AS workspace, api_key.name AS created_by
FROM job LEFT JOIN workspace ON workspace.id = job.workspace_id LEFT JOIN api_key ON api_key.id = job.created_by_id
WHERE job.org_id = $1 ORDER BY job.id DESC LIMIT 50
"""
_ME = "SELECT id::text FROM user_account WHERE id = $1"


async def one_row(request: web.Request) -> web.Response:
    """The first floor: a body parsed, one row, one transaction."""
    data = orjson.loads(await request.read())
    row_id = uuid.uuid4()
    async with request.app[_POOL].acquire() as connection, connection.transaction():
        await connection.execute(_ROW, row_id, orjson.dumps(data).decode(), datetime.now(UTC))
    return _answer(row_id)


async def same_rows(request: web.Request) -> web.Response:
    """The second floor: the rows of a job's submission, statement by statement in one transaction."""
    data = orjson.loads(await request.read())
    key = request.headers.get("Idempotency-Key")
    now = datetime.now(UTC)
    job_id = uuid.uuid4()
    payload = orjson.dumps({"queue": "jobs", "kwargs": {"org_id": str(_ORG), "job_id": str(job_id)}}).decode()
    async with request.app[_POOL].acquire() as connection, connection.transaction():
        if key is not None:
            answer = orjson.dumps({"id": str(job_id)}).decode()
            await connection.execute(_CLAIM, _ORG, _KEY, key, b"x" * 32, answer, now, now + timedelta(days=1))
        await connection.execute(_JOB, job_id, _ORG, _WORKSPACE, orjson.dumps(data).decode(), _KEY, now)
        await connection.execute(_EVENT, job_id, now)
        await connection.execute(_OUTBOX, uuid.uuid4(), payload, now, now + timedelta(seconds=2))
        await connection.execute(_AUDIT, uuid.uuid4(), _ORG, now, _KEY, job_id)
    return _answer(job_id)


async def listing(request: web.Request) -> web.Response:
    """The floor of lists: one query, rows to JSON."""
    async with request.app[_POOL].acquire() as connection:
        rows = await connection.fetch(_LIST, uuid.UUID(request.query["org"]))
    return web.Response(body=orjson.dumps([dict(row) for row in rows]), content_type="application/json")


async def answer(request: web.Request) -> web.Response:
    """The floor of what needs no database: a body parsed, a small object answered."""
    asked = orjson.loads(await request.read())
    body = orjson.dumps({"allowed": True, "customer_id": asked.get("customer_id")})
    return web.Response(body=body, content_type="application/json")


async def me(request: web.Request) -> web.Response:
    """The floor of `{ me { id } }`: one row by its id."""
    async with request.app[_POOL].acquire() as connection:
        row = await connection.fetchrow(_ME, uuid.UUID(request.query["user"]))
    body = orjson.dumps({"data": {"me": None if row is None else {"id": row["id"]}}})
    return web.Response(body=body, content_type="application/json")


async def ready(_request: web.Request) -> web.Response:
    return web.Response()


def _answer(row_id: uuid.UUID) -> web.Response:
    return web.Response(body=orjson.dumps({"id": row_id}), status=202, content_type="application/json")


async def _keep_session(_connection: object) -> None:
    """In place of asyncpg's reset query."""


async def _pool(app: web.Application) -> AsyncIterator[None]:
    app[_POOL] = await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=1, max_size=_POOL_SIZE, reset=_keep_session
    )
    yield
    await app[_POOL].close()


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    app = web.Application()
    app.cleanup_ctx.append(_pool)
    app.add_routes(
        [
            web.get("/ready", ready),
            web.post("/one-row", one_row),
            web.post("/same-rows", same_rows),
            web.get("/listing", listing),
            web.post("/answer", answer),
            web.get("/me", me),
        ]
    )
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main()
