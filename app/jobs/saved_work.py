"""Billing what is known of jobs that end without a worker: that are cancelled while they wait, expire, or are lost.

Whoever asked for the job can read its saved items, whatever becomes of it: they are paid for like those of any other
end. So are the calls that its attempt had noted when it was lost or ended by force, for their providers were paid. Of
an attempt that is made again they are our cost, as everywhere.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.core.events import org_topic
from app.core.ids import JobId, OrgId
from app.customers import service as customers
from app.infra.db import UnitOfWork, columns
from app.jobs import billing, records
from app.jobs.state import TERMINAL, State
from app.jobs.types import Job, ModelCall
from app.metering import service as metering
from app.outbox import service as outbox
from app.pricing.book import PriceBook

_SAVED = "SELECT job_id, calls FROM job_item WHERE job_id = ANY ($1::uuid[]) ORDER BY job_id, index"
_NOTED = "SELECT id, noted FROM job WHERE id = ANY ($1::uuid[]) AND noted IS NOT NULL"
_FORGET = "UPDATE job SET noted = NULL WHERE id = ANY ($1::uuid[])"
# Of all of them, before the first is settled: nobody locks wallets or budgets in another order.
_LOCK = """
SELECT credit_lock(w.ids, b.ids, b.starts) FROM (
    SELECT array_agg(c.wallet_id) AS ids FROM job j JOIN credit_hold c ON c.id = j.hold_id WHERE j.id = ANY ($1::uuid[])
) AS w, (
    SELECT array_agg(p.id) AS ids, array_agg(p.start) AS starts FROM job j JOIN credit_hold c ON c.id = j.hold_id
    CROSS JOIN unnest(c.budget_ids, c.budget_starts) AS p (id, start) WHERE j.id = ANY ($1::uuid[])
) AS b
"""
_WRITE = """
UPDATE job SET input_tokens = b.input, output_tokens = b.output, credits = b.credits, cost_usd = b.cost
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::numeric[], $5::numeric[])
    AS b (id, input, output, credits, cost)
WHERE job.id = b.id
"""
_TRANSACTIONS = "SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS b (job_id, transaction_id)"
# Where a job may be whose worker left it.
_LEFT = TERMINAL | {State.SCHEDULED}


async def bill(uow: UnitOfWork, jobs: Sequence[Job], *, now: datetime) -> Sequence[Job]:
    """Those of the jobs that ended and owe something, with what they came to. Their holds are settled."""
    begun = [job for job in jobs if job.attempt > 0 and job.state in _LEFT]
    if not begun:
        return []
    ended = [job for job in begun if job.state in TERMINAL]
    noted = await _noted_calls(uow, begun)
    calls = await _saved_calls(uow, ended)
    for job in ended:
        calls[job.id] += noted.get(job.id, ())
    owing = [job for job in ended if calls[job.id]]
    again = [job for job in begun if job.state not in TERMINAL and job.id in noted]
    if not owing and not again:
        return []
    book = PriceBook()
    usage = [
        event
        for job in again
        for event in billing.usage_of_attempt(
            job, noted[job.id], *await billing.prices_for(job, book), now=now
        )
    ]
    bills = [
        (job, billing.bill(job, calls[job.id], *await billing.prices_for(job, book), now=now))
        for job in owing
    ]
    usage += [event for _, owed in bills for event in owed.usage]
    await _ensure_customers([*owing, *again], now=now)
    if again:
        await uow.fetch(_FORGET, [job.id for job in again])
    if not owing:
        metering.record(uow, usage, now=now)
        return []
    await uow.fetch(_LOCK, [job.id for job in ended])
    transactions = [await billing.settle_now(uow, job, owed, now=now) for job, owed in bills]
    figures = [
        (job.id, owed.input_tokens, owed.output_tokens, owed.credits, owed.cost_usd) for job, owed in bills
    ]
    await uow.fetch(_WRITE, *columns(figures))
    uow.add(_TRANSACTIONS, [job.id for job in owing], transactions, name="billed")
    metering.record(uow, usage, now=now, paid_by="billed")
    for org_id in {job.org_id for job in owing}:
        outbox.wake(uow, org_topic("wallet", org_id))
        outbox.wake(uow, org_topic("usage", org_id))
    return [
        replace(
            job,
            input_tokens=owed.input_tokens,
            output_tokens=owed.output_tokens,
            credits=owed.credits,
            cost_usd=owed.cost_usd,
        )
        for job, owed in bills
    ]


async def forget(uow: UnitOfWork, jobs: Sequence[Job]) -> None:
    """What the jobs had noted, of which no bill can be written."""
    await uow.fetch(_FORGET, [job.id for job in jobs])


async def _ensure_customers(jobs: Sequence[Job], *, now: datetime) -> None:
    """Before wallets are locked, as everywhere."""
    named: defaultdict[OrgId, set[str]] = defaultdict(set)
    for job in jobs:
        if job.customer_id is not None:
            named[job.org_id].add(job.customer_id)
    for org_id, external_ids in sorted(named.items()):
        await customers.ensure(org_id, external_ids, now=now)


async def _saved_calls(uow: UnitOfWork, jobs: Sequence[Job]) -> defaultdict[JobId, list[ModelCall]]:
    found: defaultdict[JobId, list[ModelCall]] = defaultdict(list)
    if jobs:
        for row in await uow.fetch(_SAVED, [job.id for job in jobs]):
            found[JobId(row["job_id"])] += records.calls(row["calls"])
    return found


async def _noted_calls(uow: UnitOfWork, jobs: Sequence[Job]) -> Mapping[JobId, Sequence[ModelCall]]:
    rows = await uow.fetch(_NOTED, [job.id for job in jobs])
    return {JobId(row["id"]): records.calls(row["noted"]) for row in rows}
