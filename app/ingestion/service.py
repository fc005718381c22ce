"""Taking in usage: checked, rated, written once, and told item by item what became of it."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Access, Permission, Principal
from app.customers import queries as customers
from app.identity import queries as identity
from app.infra import telemetry
from app.ingestion import checking, corrections, naming, preparing
from app.ingestion.corrections import Correction
from app.ingestion.intake import Intake
from app.ingestion.types import Batch, Event, Invalid, Result, Rules, Source, Status
from app.metering import service as metering
from app.pricing.book import PriceBook
from app.pricing.rating import OrgPrices

T = TypeVar("T")

_NIL = UUID(int=0)
# Looking up labels costs more than counting.
_COUNTERS = {status: telemetry.USAGE_EVENTS.labels(status.value) for status in Status}
_AT_A_STRETCH = 100


async def ingest(
    principal: Principal,
    org_id: OrgId,
    *,
    intake: Intake,
    prices: PriceBook,
    batch: Batch,
    rules: Rules,
    now: datetime,
) -> Sequence[Result]:
    """What became of each item, in their order; answers when all that was accepted has committed.

    Raises `InvalidInput` for more items than are allowed; `TooManyEventsWaiting`. After `DatabaseUnavailable`, sending
    the same again is safe.
    """
    access = principal.authorise(org_id, Permission.USAGE_WRITE)
    if len(batch.items) > rules.max_events:
        mend = f"Send at most {rules.max_events:,} events at once."
        raise InvalidInput([FieldError("events", "too_many", mend)])
    results: list[Result | None] = [None] * len(batch.items)
    good: dict[int, Event] = {}
    for stretch in _stretches(list(enumerate(batch.items))):
        for number, item in stretch:
            if isinstance(item, Invalid):
                results[number] = Result(item.event_id, Status.INVALID, item.errors)
            elif errors := checking.errors_of(item, now=now, rules=rules, is_backfill=batch.is_backfill):
                results[number] = Result(item.event_id, Status.INVALID, errors)
            else:
                good[number] = item
        await _breathe(stretch)
    if good:
        await naming.resolve(good, results, access.org_id)
        source = await _source(access, now)
        known = await prices.of(access.org_id)
        await _write(good, results, source, known, intake=intake, is_backfill=batch.is_backfill)
    told = [result for result in results if result is not None]
    assert len(told) == len(results)
    for status, count in Counter(result.status for result in told).items():
        _COUNTERS[status].inc(count)
    return told


async def _write(
    good: Mapping[int, Event],
    results: list[Result | None],
    source: Source,
    prices: OrgPrices,
    *,
    intake: Intake,
    is_backfill: bool,
) -> None:
    now = source.received_at
    tiers = await _tiers(good.values(), source.org_id, prices)
    plain: dict[int, preparing.Row] = {}
    correcting: dict[int, Correction] = {}
    preparation = preparing.Preparation(source, prices, tiers)
    for stretch in _stretches(list(good.items())):
        for number, event in stretch:
            if event.voids is not None:
                correcting[number] = Correction(event, preparing.digest_of(event), None)
                continue
            row = preparation.row(event)
            if event.supersedes is not None:
                correcting[number] = Correction(event, row.digest, row)
            else:
                plain[number] = row
        await _breathe(stretch)
    if is_backfill:
        await metering.ensure_partitions_of(
            [row.at for row in (*plain.values(), *(c.row for c in correcting.values())) if row]
        )
    if plain:
        statuses = await intake.write(list(plain.values()), draws=not is_backfill, now=now)
        for (number, row), status in zip(plain.items(), statuses, strict=True):
            results[number] = Result(row.event_id, status)
    if correcting:
        # After the others, some of which they may be about.
        outcomes = await corrections.apply(list(correcting.values()), source, draws=not is_backfill, now=now)
        for number, outcome in zip(correcting, outcomes, strict=True):
            results[number] = outcome


def _stretches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _AT_A_STRETCH):
        yield items[start : start + _AT_A_STRETCH]


async def _breathe(stretch: Sequence[object]) -> None:
    """Rating a thousand events takes many milliseconds, in which others want to be answered."""
    if len(stretch) == _AT_A_STRETCH:
        await asyncio.sleep(0)


async def _source(access: Access, now: datetime) -> Source:
    principal = access.principal
    workspace_id = principal.workspace_id
    if workspace_id is None:
        workspace_id = (await identity.default_workspace(principal, access.org_id)).id
    key_id = principal.id if principal.kind == "api_key" else _NIL
    return Source(access.org_id, workspace_id, key_id, principal.environment, now)


async def _tiers(events: Iterable[Event], org_id: OrgId, prices: OrgPrices) -> Mapping[str, str | None]:
    """The customers' tiers, where the org has prices that depend on them."""
    if not any(kind == "tier" for kind, _ in prices.tables):
        return {}
    return await customers.tiers(org_id, {event.customer_id for event in events if event.customer_id})
