"""Reading usage: reports from rollups, events one by one."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from functools import reduce

from app.analytics import series
from app.analytics.cursors import EventPageRequest, Position
from app.analytics.postgres import PostgresUsage
from app.analytics.store import UsageStore
from app.analytics.types import (
    MAX_SERIES_BUCKETS,
    Bucket,
    Comparison,
    Dimension,
    EventFilter,
    Figures,
    UsageEventRecord,
    UsageQuestion,
    UsageReport,
)
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.pagination import Page
from app.core.principal import Access, Permission, Principal
from app.customers import naming

_EVERYTHING = EventFilter()
_EXPORT_BATCH = 500

_store: UsageStore = PostgresUsage()


async def report(principal: Principal, org_id: OrgId, question: UsageQuestion) -> UsageReport:
    """Series and totals; an API key sees the usage of its own workspace."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    question.validate()
    asked = await _with_own_names(access, question.whole_hours())
    found = await _store.series(access, asked, limit=MAX_SERIES_BUCKETS + 1)
    totals = _sum(found)
    buckets = series.filled(found, asked, limit=MAX_SERIES_BUCKETS) if asked.fills else found
    if len(buckets) > MAX_SERIES_BUCKETS:
        raise InvalidInput([_too_fine(asked)])
    answer = UsageReport(asked.start, asked.end, buckets, totals)
    if asked.times:
        answer = await _timed(access, answer, asked)
    if asked.compares:
        answer = replace(answer, previous=await _previous(access, totals, asked))
    return answer


async def events(
    principal: Principal, org_id: OrgId, *, request: EventPageRequest, where: EventFilter = _EVERYTHING
) -> Page[UsageEventRecord]:
    """Single events, newest first, as their corrections left them; an API key sees those of its own workspace."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    where.validate()
    where = replace(where, customers=await _own_names(access, where.customers))
    found = await _store.events(access, where, after=request.after, limit=request.first + 1)
    return Page(found[: request.first], len(found) > request.first)


def export(
    principal: Principal, org_id: OrgId, *, where: EventFilter = _EVERYTHING
) -> AsyncGenerator[Sequence[UsageEventRecord], None]:
    """All events that match, batch by batch: as many as there are, in bounded memory.

    Refuses at once what `events` refuses, before anything is read.
    """
    access = principal.authorise(org_id, Permission.USAGE_READ)
    where.validate()
    return _batches(access, where)


async def _batches(access: Access, where: EventFilter) -> AsyncGenerator[Sequence[UsageEventRecord], None]:
    after: Position | None = None
    where = replace(where, customers=await _own_names(access, where.customers))
    while True:
        found = await _store.events(access, where, after=after, limit=_EXPORT_BATCH)
        if found:
            yield found
        if len(found) < _EXPORT_BATCH:
            return
        after = Position(found[-1].occurred_at, found[-1].id)


async def _with_own_names(access: Access, question: UsageQuestion) -> UsageQuestion:
    customers = [value for value in question.where.get(Dimension.CUSTOMER, ()) if isinstance(value, str)]
    if not customers:
        return question
    nobodys = [value for value in question.where[Dimension.CUSTOMER] if value is None]
    named = [*(await _own_names(access, customers) or ()), *nobodys]
    return question.narrowed({**question.where, Dimension.CUSTOMER: named})


async def _own_names(access: Access, customers: Sequence[str] | None) -> Sequence[str] | None:
    """Customers may be named by our ids; usage knows them by the org's own. One who is not there has no usage."""
    if not customers:
        return customers
    names = await naming.own_names(access.org_id, customers)
    return [names.get(customer) or customer for customer in customers]


async def _timed(access: Access, answer: UsageReport, question: UsageQuestion) -> UsageReport:
    latencies = await _store.latencies(access, question)
    buckets = [
        bucket
        if bucket.is_other
        else replace(bucket, latency=latencies.get((bucket.start, tuple(bucket.group.values()))))
        for bucket in answer.series
    ]
    return replace(answer, series=buckets, latency=latencies.get(None))


async def _previous(access: Access, totals: Figures, question: UsageQuestion) -> Comparison:
    before = question.of_period_before()
    found = _sum(await _store.series(access, before, limit=MAX_SERIES_BUCKETS))
    return Comparison(before.start, before.end, found, series.change(totals, found))


def _sum(buckets: Sequence[Bucket]) -> Figures:
    return reduce(Figures.plus, (bucket.figures for bucket in buckets), Figures())


def _too_fine(question: UsageQuestion) -> FieldError:
    mend = f"That is more than {MAX_SERIES_BUCKETS:,} figures; ask for less time, coarser steps, fewer groups or `top`."
    return FieldError("group_by" if question.group_by else "granularity", "too_fine", mend)
