"""What an org sells, and questions about it."""

from datetime import datetime
from decimal import Decimal

from app.core import ids
from app.core.clock import utcnow
from app.core.inference import Usage
from app.credits.types import Period
from app.entitlements import reservation, service
from app.entitlements.desk import Desk
from app.entitlements.reservation import Reserve
from app.entitlements.types import (
    EVERYBODY,
    Audience,
    AudienceKind,
    CreateFeature,
    Entitlement,
    Intent,
    Limit,
    LimitUnit,
    Question,
    Reservation,
    SetEntitlement,
)
from app.infra import db
from app.metering import service as metering
from app.metering.types import EventType, Rating, UsageEvent
from app.pricing.book import PriceBook
from tests.factories.orgs import NOW, Tenant

SEARCH = "search"
LAW_FIRM = "law-firm-a"
OF_LAW_FIRM = Audience(AudienceKind.CUSTOMER, LAW_FIRM)


def desk() -> Desk:
    return Desk(PriceBook(), clock=lambda: NOW)


def desk_of_today() -> Desk:
    return Desk(PriceBook(), clock=utcnow)


async def feature(tenant: Tenant, key: str = SEARCH) -> None:
    await service.create_feature(
        tenant.owner, tenant.org_id, command=CreateFeature(key, key.title()), now=NOW
    )


async def entitle(
    tenant: Tenant,
    audience: Audience = EVERYBODY,
    *,
    key: str = SEARCH,
    amount: int | str | None = None,
    unit: LimitUnit = LimitUnit.REQUESTS,
    period: Period = Period.MONTH,
    is_hard: bool = True,
    is_enabled: bool = True,
) -> Entitlement:
    """To a feature that is there; without an amount, without a limit."""
    limit = None if amount is None else Limit(unit, Decimal(amount), period, is_hard)
    command = SetEntitlement(key, audience, is_enabled, limit)
    return (await service.set_entitlement(tenant.owner, tenant.org_id, command=command, now=NOW)).value


def question(
    customer: str | None = LAW_FIRM,
    feature: str | None = SEARCH,
    *,
    takes: int | str | None = 1,
    tokens: int = 0,
    user: str | None = None,
) -> Question:
    intent = Intent(usage=Usage(input_tokens=tokens), credits=None if takes is None else Decimal(takes))
    return Question(customer, feature, intent, user)


async def reserve(
    tenant: Tenant,
    asked: Question | None = None,
    *,
    with_desk: Desk | None = None,
    key: str | None = None,
    now: datetime = NOW,
) -> Reservation:
    return await reservation.reserve(
        tenant.key,
        tenant.org_id,
        desk=with_desk or desk(),
        command=Reserve(asked or question(), idempotency_key=key),
        now=now,
    )


async def used(
    tenant: Tenant,
    *,
    customer: str | None = LAW_FIRM,
    feature: str | None = SEARCH,
    tokens: int = 0,
    burned: int | str = 0,
    at: datetime = NOW,
    test: bool = False,
) -> None:
    """One call that was metered."""
    event = UsageEvent(
        event_id=str(ids.uuid7()),
        org_id=tenant.org_id,
        workspace_id=(tenant.test if test else tenant.live).id,
        occurred_at=at,
        event_type=EventType.TOKEN_USAGE,
        provider="openai",
        model="gpt-4o-mini",
        usage=Usage(input_tokens=tokens),
        rating=Rating(Decimal(0), Decimal(burned), "a price", "a rule"),
        customer_id=customer,
        feature_id=feature,
    )
    async with db.unit_of_work() as uow:
        metering.record(uow, [event], now=at)


async def everything() -> list[str]:
    """All that a reservation may touch: equal before and after a refusal."""
    tables = (
        "wallet",
        "credit_grant",
        "credit_hold",
        "entitlement_usage",
        # A row of a budget's period may be there before anything was spent in it.
        "(SELECT * FROM budget_usage WHERE spent <> 0 OR held <> 0)",
    )
    return [
        row["row"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS row FROM {table} t ORDER BY 1")
    ]
