"""Jobs in the states that tests need, brought there by the services themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app.core.ids import JobId
from app.core.inference import Usage
from app.core.principal import Principal
from app.entitlements.desk import Desk
from app.infra import db
from app.jobs import execution, queries, records, service
from app.jobs.execution import Lease
from app.jobs.state import LEASE, State
from app.jobs.types import CreateJob, Job, JobError, JobEvent, ModelCall, Outcome, Priority
from tests.factories.orgs import NOW, Tenant

TEXT = "Whales are large. They live in the sea. They sing."
USAGE = Usage(input_tokens=1_000, output_tokens=100, cached_input_tokens=200)
# gpt-4o-mini: $0.15 a million tokens in, $0.075 cached, $0.60 out.
COST = "0.000195"
OUTCOME = Outcome(
    {"summary": "Whales sing.", "finish_reason": "stop"}, [ModelCall("openai", "gpt-4o-mini", USAGE)]
)
MISSING = JobId(UUID(int=1))
BROKEN = JobError("internal_error", "It broke.")


async def queued(
    tenant: Tenant,
    *,
    by: Principal | None = None,
    kind: str = "summarize",
    data: Mapping[str, Any] | None = None,
    customer_id: str | None = None,
    key: str | None = None,
    run_at: datetime | None = None,
    expires_at: datetime | None = None,
    priority: Priority = Priority.NORMAL,
    desk: Desk | None = None,
    now: datetime = NOW,
) -> Job:
    wish = {"text": TEXT} if data is None else data
    command = CreateJob(kind, wish, customer_id, key, run_at, expires_at, priority)
    return (await service.create(by or tenant.key, tenant.org_id, command=command, now=now, desk=desk)).job


async def leased(job: Job, *, now: datetime = NOW, length: timedelta = LEASE) -> Lease:
    lease = await execution.start(job.org_id, job.id, token=uuid4(), now=now, lease=length)
    assert lease is not None
    return lease


async def running(tenant: Tenant, *, now: datetime = NOW, length: timedelta = LEASE, **options: Any) -> Lease:
    return await leased(await queued(tenant, now=now, **options), now=now, length=length)


async def say(lease: Lease, *deltas: str, percent: int = 10, now: datetime = NOW) -> None:
    """Progress with text, from the beginning of the attempt's output."""
    offset = 0
    for delta in deltas:
        await execution.progress(lease, percent=percent, offset=offset, delta=delta, now=now)
        offset += len(delta)


async def lose(*, now: datetime = NOW) -> datetime:
    """Takes every leased job back; returns when."""
    later = now + timedelta(seconds=31)
    await execution.recover_lost(now=later)
    return later


async def cancelling(lease: Lease, *, by: Principal, now: datetime = NOW) -> None:
    """Told to stop, by somebody."""
    await cancel(lease.job, by=by, now=now)


async def cancel(job: Job, *, by: Principal, now: datetime = NOW) -> None:
    await service.cancel(by, job.id, now=now)


async def read(job_id: JobId) -> Job:
    row = await db.fetchrow(f"SELECT {records.COLUMNS} FROM job WHERE id = $1", job_id)
    assert row is not None
    return records.job(row)


async def state_of(job_id: JobId) -> State:
    return (await read(job_id)).state


async def history(job_id: JobId) -> list[JobEvent]:
    return list(await queries.events_after(job_id, 0, limit=10_000))


async def output_of(job_id: JobId, attempt: int) -> str:
    return "".join(event.output_delta for event in await history(job_id) if event.attempt == attempt)


async def counts() -> dict[str, int]:
    """Rows of every table that a write about jobs may touch: equal before and after a refusal."""
    tables = [
        *("job", "job_event", "audit_entry", "outbox_message", "idempotency_key"),
        *("usage_event", "usage_event_key", "usage_rollup_hour"),
    ]
    return {table: await db.fetchval(f"SELECT count(*) FROM {table}") for table in tables}
