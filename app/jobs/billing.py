"""What a job costs: estimated and held when it is made, rated and settled when it ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import orjson
import pydantic

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.events import org_topic
from app.core.ids import ApiKeyId, WalletId
from app.core.inference import Usage
from app.core.money import ZERO, as_stored
from app.core.principal import Access
from app.credits.errors import BudgetExceeded, InsufficientCredits
from app.credits.types import Refusal, Scope, ScopeKind
from app.customers import queries as customers
from app.customers import service as customer_service
from app.entitlements.desk import Desk
from app.entitlements.errors import QuotaExceeded
from app.entitlements.types import Intent, LimitUnit, Question
from app.infra.db import Refused, UnitOfWork
from app.jobs.records import kept_model
from app.jobs.types import CreateJob, Job, ModelCall, Tokens
from app.metering import service as metering
from app.metering.types import UNBILLED, EventType, Metered, Rating, UsageEvent
from app.outbox import service as outbox
from app.pricing.book import PriceBook
from app.pricing.rating import OrgPrices

# A job ends its hold itself, whatever comes: this is for an installation that nobody has run for so long. Whoever
# settles later than that draws as if nothing had been held.
_HELD_FOR = timedelta(days=366)
# A model of which nothing is known but that it takes tokens.
_ANY_MODEL = "default"

_HOLD = """
SELECT job_hold($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::uuid, $8::numeric, $9::timestamptz,
    $10::timestamptz) AS hold_id
"""
_REQUIRE_TOKENS = "SELECT job_require_tokens($1::uuid, $2::bigint, $3::timestamptz)"
_SETTLE = """
SELECT job_settle($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::uuid, $8::uuid, $9::numeric,
    $10::timestamptz) AS transaction_id, $1::uuid AS job_id FROM changed
"""
_SETTLE_NOW = "SELECT job_settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"


class Bill(NamedTuple):
    """What a job has used: its usage, and the sums of it. `cost_usd` is None where a price is not known."""

    usage: Sequence[UsageEvent]
    input_tokens: int
    output_tokens: int
    credits: Decimal
    cost_usd: Decimal | None


async def estimate(
    desk: Desk, access: Access, *, command: CreateJob, model: str | None, tokens: Tokens, now: datetime
) -> Decimal | None:
    """Credits that the job is expected to burn at the org's prices, or None."""
    provider, _, name = (model or "").rpartition("/")
    usage = Usage(input_tokens=tokens.input, output_tokens=tokens.output)
    intent = Intent(provider[:64], kept_model(name) or _ANY_MODEL, usage)
    question = Question(command.customer_id, command.kind, intent)
    tier = await desk.tier(access.org_id, access.principal.environment, command.customer_id)
    found = await desk.estimate(access.org_id, question, tier=tier, now=now)
    return None if found.credits is None else as_stored(found.credits)


def hold(uow: UnitOfWork, job: Job, *, now: datetime) -> None:
    """Sets the estimate aside, as the table `held`: NULL where nobody's credit pays. The commit may raise `Refused`."""
    uow.add(
        _HOLD,
        job.id,
        ids.uuid7(),
        job.org_id,
        job.workspace_id,
        job.customer_id,
        job.kind,
        _key_of(job),
        job.estimated_credits,
        max(now, job.run_at) + _HELD_FOR,
        now,
        name="held",
        expect=1,
    )
    outbox.wake(uow, org_topic("wallet", job.org_id))


def require_tokens(uow: UnitOfWork, job: Job, *, now: datetime) -> None:
    """That the org's plan has room for the job beside all that wait and run. The commit may raise `Refused`."""
    uow.add(_REQUIRE_TOKENS, job.org_id, max(job.estimated_tokens, 1), now, name="room", expect=1)


def refusal(refused: Refused) -> LaunchKitError:
    """Why nothing was held, as credit and plans tell it everywhere."""
    row = orjson.loads(refused.detail)
    if row["outcome"] == "quota_exceeded":
        return QuotaExceeded(
            scope="plan",
            scope_id=row["plan"],
            unit=LimitUnit.TOKENS,
            limit=Decimal(str(row["limit"])),
            available=Decimal(str(row["available"])),
            needed=Decimal(str(row["needed"])),
            resets_at=_TIME.validate_python(row["resets_at"]),
        )
    needed, available = Decimal(str(row["amount"])), Decimal(str(row["available"] or 0))
    if row["outcome"] == "budget_exceeded":
        return BudgetExceeded(
            Refusal(
                needed,
                available=available,
                scope=Scope(ScopeKind(row["scope_kind"]), row["scope_id"]),
                limit=Decimal(str(row["budget_amount"])),
                resets_at=row["resets_at"] and _TIME.validate_python(row["resets_at"]),
            )
        )
    wallet_id = row["id"] and WalletId(UUID(row["id"]))
    return InsufficientCredits(Refusal(needed, available=available, wallet_id=wallet_id))


async def prices_for(job: Job, book: PriceBook) -> tuple[OrgPrices, str | None]:
    """What the job's org and customer pay."""
    prices = await book.of(job.org_id)
    if job.customer_id is None or not prices.has_tiers:
        return prices, None
    return prices, (await customers.tiers(job.org_id, {job.customer_id})).get(job.customer_id)


def bill(job: Job, calls: Sequence[ModelCall], prices: OrgPrices, tier: str | None, *, now: datetime) -> Bill:
    """Of the attempt that the job ends with. Its events have the job's own names, so that they are counted once."""
    usage = [
        _event(job, f"job:{job.id}:{number}", call, _rating(job, call, prices, tier, now), now)
        for number, call in enumerate(calls)
    ]
    costs = [event.rating.cost_usd for event in usage]
    known = [cost for cost in costs if cost is not None]
    return Bill(
        usage,
        sum(call.usage.input_tokens for call in calls),
        sum(call.usage.output_tokens for call in calls),
        sum((as_stored(event.rating.credits) for event in usage), ZERO),
        sum(known, ZERO) if len(known) == len(costs) else None,
    )


def settle(uow: UnitOfWork, job: Job, owed: Bill, *, now: datetime) -> None:
    """Draws what was burned, ends the hold, and counts the usage: with the statement named `changed`."""
    _note_customer(uow, job, owed.usage, now)
    uow.add(_SETTLE, *_settlement(job, owed, now), name="billed", expect=1)
    metering.record(uow, owed.usage, now=now, paid_by="billed")
    outbox.wake(uow, org_topic("wallet", job.org_id))
    outbox.wake(uow, org_topic("usage", job.org_id))


async def settle_now(uow: UnitOfWork, job: Job, owed: Bill, *, now: datetime) -> UUID | None:
    """Draws what was burned, and ends the hold; the ledger's transaction, None where nobody's credit was drawn."""
    [row] = await uow.fetch(_SETTLE_NOW, *_settlement(job, owed, now))
    transaction_id: UUID | None = row[0]
    return transaction_id


def _settlement(job: Job, owed: Bill, now: datetime) -> tuple[object, ...]:
    return (
        job.id,
        job.hold_id,
        job.org_id,
        job.workspace_id,
        job.customer_id,
        job.kind,
        _key_of(job),
        ids.uuid7(),
        owed.credits,
        now,
    )


def book_attempt(
    uow: UnitOfWork,
    job: Job,
    calls: Sequence[ModelCall],
    prices: OrgPrices,
    tier: str | None,
    *,
    now: datetime,
) -> None:
    """Of an attempt that is made again: `usage_of_attempt`, counted."""
    events = usage_of_attempt(job, calls, prices, tier, now=now)
    _note_customer(uow, job, events, now)
    metering.record(uow, events, now=now)


def usage_of_attempt(
    job: Job, calls: Sequence[ModelCall], prices: OrgPrices, tier: str | None, *, now: datetime
) -> Sequence[UsageEvent]:
    """Our cost, and nobody's credits: only the last attempt is billed."""
    events = []
    for number, call in enumerate(calls):
        rated = _rating(job, call, prices, tier, now)
        rating = rated._replace(credits=ZERO, revenue_usd=None, burn_ref=UNBILLED)
        events.append(_event(job, f"job:{job.id}:attempt-{job.attempt}:{number}", call, rating, now))
    return events


def _note_customer(uow: UnitOfWork, job: Job, usage: Sequence[UsageEvent], now: datetime) -> None:
    """A customer comes into being when usage first names it."""
    if usage and job.customer_id is not None:
        customer_service.note(uow, job.org_id, job.customer_id, now=now)


def _rating(job: Job, call: ModelCall, prices: OrgPrices, tier: str | None, now: datetime) -> Rating:
    metered = Metered(EventType.TOKEN_USAGE, call.provider, kept_model(call.model), call.usage)
    return prices.rate(metered, at=now, customer=job.customer_id, tier=tier)


def _event(job: Job, event_id: str, call: ModelCall, rating: Rating, now: datetime) -> UsageEvent:
    return UsageEvent(
        event_id=event_id,
        org_id=job.org_id,
        workspace_id=job.workspace_id,
        occurred_at=now,
        event_type=EventType.TOKEN_USAGE,
        provider=call.provider,
        model=kept_model(call.model),
        usage=call.usage,
        rating=rating,
        customer_id=job.customer_id,
        feature_id=job.kind,
        api_key_id=_key_of(job),
        job_id=job.id,
    )


def _key_of(job: Job) -> ApiKeyId | None:
    return ApiKeyId(job.created_by_id) if job.created_by_kind == "api_key" else None


_TIME = pydantic.TypeAdapter(datetime)
