"""`/v1/usage/events/{event_id}/receipt`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.core import ids
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.metering.types import EventType
from app.rerating import receipts
from app.rerating.receipts import LedgerPart, Receipt
from app.rerating.types import Figures
from app.rest.operation import Operation, Parameter
from app.rest.v1 import burn_tables, provider_prices
from app.rest.v1.burn_tables import RuleView
from app.rest.v1.provider_prices import PriceView
from app.web.body import json_response
from app.web.organisation import sole_org


@dataclass(frozen=True, slots=True)
class UsedView:
    event_type: EventType
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    unit_type: str | None
    quantity: str | None
    image_size: str | None
    image_quality: str | None


@dataclass(frozen=True, slots=True)
class ReceiptFiguresView:
    """Decimals as text."""

    credits: str
    cost_usd: str
    revenue_usd: str
    unrated: Annotated[int, Field(description="1 while a price is not known")]


@dataclass(frozen=True, slots=True)
class UsedRuleView(RuleView):
    position: Annotated[int, Field(description="Its place in the burn table, from 0")]


@dataclass(frozen=True, slots=True)
class BurnedByView:
    ref: str
    burn_table: Annotated[str | None, Field(description="Its id; null for the default")]
    rules: list[UsedRuleView]


@dataclass(frozen=True, slots=True)
class CostByView:
    ref: str
    price: Annotated[PriceView | None, Field(description="Null where the list has another version by now")]


@dataclass(frozen=True, slots=True)
class DrawnView:
    grant_id: Annotated[str | None, Field(description="Null: it became debt")]
    amount: str


@dataclass(frozen=True, slots=True)
class LedgerPartView:
    transaction_id: str
    wallet_id: str
    drawn: list[DrawnView]
    balance_after: str


@dataclass(frozen=True, slots=True)
class AdjustmentView:
    """What was added to the figures later."""

    kind: Annotated[str, Field(description="rated, rerated or voided")]
    at: datetime
    figures: ReceiptFiguresView
    burn_ref: str | None
    cost_ref: str | None
    transaction_id: str | None
    superseded_by: str | None
    ledger: Annotated[
        LedgerPartView | None,
        Field(description="What was drawn for it; null where credit was given back, or nobody's was"),
    ]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """How an event became credits and cost."""

    event_id: str
    occurred_at: datetime
    received_at: datetime
    customer_id: str | None
    feature_id: str | None
    used: UsedView
    first: Annotated[ReceiptFiguresView, Field(description="As it came in")]
    now: Annotated[ReceiptFiguresView, Field(description="With all adjustments")]
    is_voided: bool
    burned_by: BurnedByView
    cost_by: CostByView | None
    ledger: Annotated[
        LedgerPartView | None,
        Field(description="What was drawn for it as it came in; null where nobody's credit was"),
    ]
    adjustments: list[AdjustmentView]


def view(receipt: Receipt) -> ReceiptView:
    burned, cost = receipt.burned_by, receipt.cost_by
    return ReceiptView(
        event_id=receipt.event_id,
        occurred_at=receipt.occurred_at,
        received_at=receipt.received_at,
        customer_id=receipt.customer_id,
        feature_id=receipt.feature_id,
        used=_used(receipt),
        first=_figures(receipt.first),
        now=_figures(receipt.now),
        is_voided=receipt.is_voided,
        burned_by=BurnedByView(
            burned.ref,
            None if burned.table is None else ids.encode("burn", burned.table.id),
            [_used_rule(position, burn_tables.rule_view(rule)) for position, rule in burned.rules],
        ),
        cost_by=None
        if cost is None
        else CostByView(cost.ref, None if cost.price is None else provider_prices.view(cost.price)),
        ledger=_ledger(receipt.ledger),
        adjustments=[
            AdjustmentView(
                one.kind,
                one.at,
                _figures(one.figures),
                one.burn_ref,
                one.cost_ref,
                None if one.ledger_transaction_id is None else ids.encode("txn", one.ledger_transaction_id),
                one.superseded_by,
                _ledger(one.ledger),
            )
            for one in receipt.adjustments
        ],
    )


def _ledger(part: LedgerPart | None) -> LedgerPartView | None:
    if part is None:
        return None
    drawn = [
        DrawnView(None if one.grant_id is None else ids.encode("grant", one.grant_id), to_text(one.amount))
        for one in part.drawn
    ]
    return LedgerPartView(
        ids.encode("txn", part.transaction_id),
        ids.encode("wal", part.wallet_id),
        drawn,
        to_text(part.balance_after),
    )


def _used(receipt: Receipt) -> UsedView:
    metered = receipt.metered
    return UsedView(
        metered.event_type,
        metered.provider,
        metered.model,
        metered.usage.input_tokens,
        metered.usage.output_tokens,
        metered.usage.cached_input_tokens,
        metered.usage.cache_write_tokens,
        metered.usage.reasoning_tokens,
        metered.unit_type,
        None if metered.quantity is None else to_text(metered.quantity),
        metered.image_size,
        metered.image_quality,
    )


def _figures(figures: Figures) -> ReceiptFiguresView:
    return ReceiptFiguresView(
        to_text(figures.credits), to_text(figures.cost_usd), to_text(figures.revenue_usd), figures.unrated
    )


def _used_rule(position: int, rule: RuleView) -> UsedRuleView:
    return UsedRuleView(
        rule.provider,
        rule.model,
        rule.unit,
        rule.credits,
        rule.per,
        rule.tiers,
        rule.image_size,
        rule.image_quality,
        position,
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    found = await receipts.receipt(principal, sole_org(principal), request.match_info["event_id"])
    return json_response(view(found))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/usage/events/{event_id}/receipt",
            "get_receipt",
            "How an event became credits and cost, whose credit was drawn for it, and what has changed since.",
            Permission.USAGE_READ,
            get,
            {200: ("The receipt", ReceiptView)},
            parameters=[Parameter("event_id", "path", str, "Your own id of the event", required=True)],
            tag="Usage",
        )
    ]
