"""Receipts and re-ratings as the schema shows them."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core import ids
from app.metering.types import EventType
from app.rerating import receipts as domain
from app.rerating import types
from app.rerating.types import CustomerChange as DomainChange
from app.rerating.types import State
from schema.core import enums
from schema.core.scalars import BigInt
from schema.prices.types import BurnRule, ProviderPrice

enums.describe(
    State,
    name="ReratingState",
    description="Whether a re-rating is still under way.",
    values={State.RUNNING: "Under way.", State.DONE: "Finished."},
)


@strawberry.type(description="What an event comes to.")
class ReceiptFigures:
    credits: Decimal = strawberry.field(description="What it burned.")
    cost_usd: Decimal = strawberry.field(description="What it cost, as far as that is known.")
    revenue_usd: Decimal = strawberry.field(description="What its credits sell for.")
    unrated: int = strawberry.field(description="1 while a price is not known.")

    @classmethod
    def of(cls, figures: types.Figures) -> "ReceiptFigures":
        return cls(
            credits=figures.credits,
            cost_usd=figures.cost_usd,
            revenue_usd=figures.revenue_usd,
            unrated=figures.unrated,
        )


@strawberry.type(description="A rule that charged for a part of an event.")
class UsedBurnRule:
    position: int = strawberry.field(description="Its place in the burn table, from 0.")
    rule: BurnRule = strawberry.field(description="The rule.")


@strawberry.type(description="Credit that was taken.")
class DrawnCredit:
    grant_id: strawberry.ID | None = strawberry.field(description="From which grant; null: it became debt.")
    amount: Decimal = strawberry.field(description="How much.")


@strawberry.type(description="What was added to the figures of an event later.")
class UsageAdjustment:
    kind: str = strawberry.field(description="rated, rerated or voided.")
    at: datetime = strawberry.field(description="When.")
    figures: ReceiptFigures = strawberry.field(description="The differences.")
    burn_ref: str | None = strawberry.field(description="The burn rules that it comes from.")
    cost_ref: str | None = strawberry.field(description="The price that it comes from.")
    superseded_by: str | None = strawberry.field(description="The event that took its place.")
    wallet_id: strawberry.ID | None = strawberry.field(
        description="Whose credit was drawn for it, if any was."
    )
    drawn: list[DrawnCredit] = strawberry.field(description="Its part of what was drawn, in order.")
    balance_after: Decimal | None = strawberry.field(description="The wallet's, after that part.")


@strawberry.type(description="How an event became credits and cost.")
class Receipt:
    event_id: str = strawberry.field(description="Your own id of the event.")
    event_type: EventType = strawberry.field(description="What it counts.")
    occurred_at: datetime = strawberry.field(description="When it happened.")
    received_at: datetime = strawberry.field(description="When it came in.")
    customer_id: str | None = strawberry.field(description="Your own customer.")
    feature_id: str | None = strawberry.field(description="Your own feature.")
    provider: str = strawberry.field(description="Who ran it.")
    model: str = strawberry.field(description="The model.")
    input_tokens: BigInt = strawberry.field(description="With cached and written ones.")
    output_tokens: BigInt = strawberry.field(description="With reasoning.")
    cached_input_tokens: BigInt = strawberry.field(description="Of the input.")
    cache_write_tokens: BigInt = strawberry.field(description="Of the input.")
    reasoning_tokens: BigInt = strawberry.field(description="Of the output.")
    unit_type: str | None = strawberry.field(description="Of a custom event.")
    quantity: Decimal | None = strawberry.field(description="Of images, or of the unit.")
    first: ReceiptFigures = strawberry.field(description="As it came in.")
    now: ReceiptFigures = strawberry.field(description="With all adjustments.")
    is_voided: bool = strawberry.field(description="Whether it was taken back.")
    burn_ref: str = strawberry.field(description="The burn table and its rules.")
    burn_rules: list[UsedBurnRule] = strawberry.field(description="Those that charged, in their order.")
    cost_ref: str | None = strawberry.field(description="The price that the cost comes from.")
    price: ProviderPrice | None = strawberry.field(
        description="That price; null where none is known, or the list has another version by now."
    )
    wallet_id: strawberry.ID | None = strawberry.field(
        description="Whose credit was drawn for it as it came in."
    )
    drawn: list[DrawnCredit] = strawberry.field(description="This event's part of what was drawn, in order.")
    balance_after: Decimal | None = strawberry.field(description="The wallet's, after that part.")
    adjustments: list[UsageAdjustment] = strawberry.field(description="What has changed since.")

    @classmethod
    def of(cls, receipt: domain.Receipt) -> "Receipt":
        metered, usage, ledger = receipt.metered, receipt.metered.usage, receipt.ledger
        price = receipt.cost_by.price if receipt.cost_by else None
        return cls(
            event_id=receipt.event_id,
            event_type=metered.event_type,
            occurred_at=receipt.occurred_at,
            received_at=receipt.received_at,
            customer_id=receipt.customer_id,
            feature_id=receipt.feature_id,
            provider=metered.provider,
            model=metered.model,
            input_tokens=BigInt(usage.input_tokens),
            output_tokens=BigInt(usage.output_tokens),
            cached_input_tokens=BigInt(usage.cached_input_tokens),
            cache_write_tokens=BigInt(usage.cache_write_tokens),
            reasoning_tokens=BigInt(usage.reasoning_tokens),
            unit_type=metered.unit_type,
            quantity=metered.quantity,
            first=ReceiptFigures.of(receipt.first),
            now=ReceiptFigures.of(receipt.now),
            is_voided=receipt.is_voided,
            burn_ref=receipt.burned_by.ref,
            burn_rules=[
                UsedBurnRule(position=position, rule=BurnRule.of(rule))
                for position, rule in receipt.burned_by.rules
            ],
            cost_ref=receipt.cost_by.ref if receipt.cost_by else None,
            price=ProviderPrice.of(price) if price else None,
            wallet_id=_wallet_id(ledger),
            drawn=[_drawn(part) for part in ledger.drawn] if ledger else [],
            balance_after=ledger.balance_after if ledger else None,
            adjustments=[_adjustment(one) for one in receipt.adjustments],
        )


def _drawn(part: domain.Drawn) -> DrawnCredit:
    grant = part.grant_id
    return DrawnCredit(
        grant_id=None if grant is None else strawberry.ID(ids.encode("grant", grant)), amount=part.amount
    )


def _wallet_id(ledger: domain.LedgerPart | None) -> strawberry.ID | None:
    return strawberry.ID(ids.encode("wal", ledger.wallet_id)) if ledger else None


def _adjustment(one: domain.Adjustment) -> UsageAdjustment:
    ledger = one.ledger
    return UsageAdjustment(
        kind=one.kind,
        at=one.at,
        figures=ReceiptFigures.of(one.figures),
        burn_ref=one.burn_ref,
        cost_ref=one.cost_ref,
        superseded_by=one.superseded_by,
        wallet_id=_wallet_id(ledger),
        drawn=[_drawn(part) for part in ledger.drawn] if ledger else [],
        balance_after=ledger.balance_after if ledger else None,
    )


@strawberry.type(description="What a re-rating changes for a customer: sums over the events that change.")
class CustomerChange:
    customer_id: str | None = strawberry.field(description="Your own customer; null for usage of nobody's.")
    events: BigInt = strawberry.field(description="How many change.")
    credits_before: Decimal = strawberry.field(description="What they burned.")
    credits_after: Decimal = strawberry.field(description="What they burn then.")
    cost_before: Decimal = strawberry.field(description="Their cost in USD.")
    cost_after: Decimal = strawberry.field(description="Their cost then.")
    revenue_before: Decimal = strawberry.field(description="Their revenue in USD.")
    revenue_after: Decimal = strawberry.field(description="Their revenue then.")

    @classmethod
    def of(cls, change: DomainChange) -> "CustomerChange":
        return cls(
            customer_id=change.customer_id,
            events=BigInt(change.events),
            credits_before=change.credits_before,
            credits_after=change.credits_after,
            cost_before=change.cost_before,
            cost_after=change.cost_after,
            revenue_before=change.revenue_before,
            revenue_after=change.revenue_after,
        )


@strawberry.type(description="A range of usage that is rated by the prices of now.")
class Rerating:
    id: strawberry.ID = strawberry.field(description="Its id.")
    is_dry_run: bool = strawberry.field(description="Whether it only tells what would change.")
    start: datetime = strawberry.field(description="First moment inside.")
    end: datetime = strawberry.field(description="First moment after.")
    state: State = strawberry.field(description="Running or done.")
    seen: BigInt = strawberry.field(description="Events that were looked at so far.")
    customers: list[CustomerChange] = strawberry.field(
        description="At most 1,000, who is concerned most first."
    )

    @classmethod
    def of(cls, found: types.Rerating, changes: list[DomainChange]) -> "Rerating":
        return cls(
            id=strawberry.ID(ids.encode(types.PREFIX, found.id)),
            is_dry_run=found.is_dry_run,
            start=found.start,
            end=found.end,
            state=found.state,
            seen=BigInt(found.seen),
            customers=[CustomerChange.of(change) for change in changes],
        )
