"""Receipts: how an event's tokens became credits and cost, whose credit was drawn, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any
from uuid import UUID

from app.core import ids
from app.core.ids import BurnTableId, OrgId
from app.core.principal import Access, Permission, Principal
from app.infra import db
from app.infra.db import Row
from app.metering.types import UNRATED, Metered
from app.pricing import costs
from app.pricing import records as pricing
from app.pricing import types as prices
from app.pricing.rating import DEFAULT_REF, DEFAULT_RULE
from app.rerating import posting
from app.rerating.errors import ReceiptNotFound
from app.rerating.types import Figures

_ZERO = Decimal(0)

# What one transaction draws for a batch of events it draws in the order of their ids.
_EVENT = """
SELECT e.*, l.wallet_id, l.amount AS drawn, l.balance_after, (
    SELECT coalesce(sum(o.credits), 0) FROM usage_event o
    WHERE o.ledger_transaction_id = e.ledger_transaction_id AND o.id < e.id
) AS drawn_before, (
    SELECT coalesce(json_agg(json_build_array(n.grant_id, (-n.amount)::text) ORDER BY n.line), '[]')::text
    FROM ledger_entry n
    WHERE n.transaction_id = e.ledger_transaction_id AND n.account IN ('credit', 'debt') AND n.amount < 0
) AS lines
FROM usage_event_key k
JOIN usage_event e ON e.org_id = k.org_id AND e.occurred_at = k.occurred_at AND e.id = k.usage_event_id
LEFT JOIN ledger_transaction l ON l.id = e.ledger_transaction_id
WHERE k.org_id = $1 AND k.event_id = $2 AND ($3::uuid IS NULL OR e.workspace_id = $3)
"""
# Ids of adjustments follow that of the transaction which was made to draw for them.
_ADJUSTMENTS = """
SELECT a.*, l.wallet_id, l.amount AS drawn, l.balance_after, (
    SELECT coalesce(sum(o.credits), 0) FROM usage_adjustment o
    WHERE o.ledger_transaction_id = a.ledger_transaction_id AND o.id > a.ledger_transaction_id AND o.id < a.id
) AS drawn_before, (
    SELECT coalesce(json_agg(json_build_array(n.grant_id, (-n.amount)::text) ORDER BY n.line), '[]')::text
    FROM ledger_entry n WHERE n.transaction_id = l.id AND n.account IN ('credit', 'debt') AND n.amount < 0
) AS lines
FROM usage_adjustment a LEFT JOIN ledger_transaction l ON l.id = a.ledger_transaction_id AND a.credits > 0
WHERE a.org_id = $1 AND a.usage_event_id = $2 ORDER BY a.at, a.id
"""
_OWN_PRICE = "SELECT * FROM provider_price WHERE org_id = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class BurnedBy:
    """The table and those of its rules that charged, by their position in it; empty while no rule is known."""

    ref: str
    table: prices.BurnTable | None
    rules: Sequence[tuple[int, prices.Rule]]


@dataclass(frozen=True, slots=True)
class CostBy:
    """The price that the cost was calculated from; None where the list has another version by now."""

    ref: str
    price: prices.PricedModel | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was taken from a grant; without a grant, it became debt."""

    grant_id: UUID | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """This event's part of the transaction that drew its credits; `balance_after` is the wallet's after that part."""

    transaction_id: UUID
    wallet_id: UUID
    drawn: Sequence[Drawn]
    balance_after: Decimal


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What was added to the figures later; `ledger` is what was drawn for it, where more was."""

    kind: str
    at: datetime
    figures: Figures
    burn_ref: str | None
    cost_ref: str | None
    ledger_transaction_id: UUID | None
    superseded_by: str | None
    ledger: LedgerPart | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """`first` is as the event was stored, `now` with all adjustments; `burned_by` and `cost_by` are of now."""

    event_id: str
    occurred_at: datetime
    received_at: datetime
    customer_id: str | None
    feature_id: str | None
    metered: Metered
    first: Figures
    now: Figures
    is_voided: bool
    burned_by: BurnedBy
    cost_by: CostBy | None
    ledger: LedgerPart | None
    adjustments: Sequence[Adjustment]


async def receipt(principal: Principal, org_id: OrgId, event_id: str) -> Receipt:
    """Of the event that the org calls so; an API key sees those of its own workspace. Raises `ReceiptNotFound`.

    Rules and prices are left out for who may not read prices, what was drawn for who may not read credits.
    """
    access = principal.authorise(org_id, Permission.USAGE_READ)
    shows_prices = principal.may(org_id, Permission.PRICES_READ)
    shows_credits = principal.may(org_id, Permission.CREDITS_READ)
    row = await db.fetchrow(_EVENT, access.org_id, event_id, principal.workspace_id)
    if row is None:
        raise ReceiptNotFound
    adjustments = [
        _adjustment(one, shows_credits=shows_credits)
        for one in await db.fetch(_ADJUSTMENTS, access.org_id, row["id"])
    ]
    burn_ref = _last([one.burn_ref for one in adjustments]) or row["burn_ref"]
    cost_ref = _last([one.cost_ref for one in adjustments]) or row["cost_ref"]
    first = Figures(
        row["cost_usd"] or _ZERO, row["credits"], row["revenue_usd"] or _ZERO, int(row["cost_usd"] is None)
    )
    return Receipt(
        event_id=row["event_id"],
        occurred_at=row["occurred_at"],
        received_at=row["received_at"],
        customer_id=row["customer_id"],
        feature_id=row["feature_id"],
        metered=posting.metered(row),
        first=first,
        now=_sum(first, adjustments),
        is_voided=any(one.kind == "voided" for one in adjustments),
        burned_by=await _burned_by(access, burn_ref) if shows_prices else BurnedBy(burn_ref, None, []),
        cost_by=await _cost_by(access, cost_ref, row) if shows_prices else None,
        ledger=_ledger(row) if shows_credits else None,
        adjustments=adjustments,
    )


def _last(refs: Sequence[str | None]) -> str | None:
    return next((ref for ref in reversed(refs) if ref is not None), None)


def _sum(first: Figures, adjustments: Sequence[Adjustment]) -> Figures:
    every = [first, *(one.figures for one in adjustments)]
    return Figures(
        sum((one.cost_usd for one in every), _ZERO),
        sum((one.credits for one in every), _ZERO),
        sum((one.revenue_usd for one in every), _ZERO),
        sum(one.unrated for one in every),
    )


def _adjustment(row: Row, *, shows_credits: bool) -> Adjustment:
    return Adjustment(
        row["kind"],
        row["at"],
        Figures(row["cost_usd"], row["credits"], row["revenue_usd"], row["unrated"]),
        row["burn_ref"],
        row["cost_ref"],
        row["ledger_transaction_id"],
        row["superseded_by"],
        _ledger(row) if shows_credits else None,
    )


async def _burned_by(access: Access, ref: str) -> BurnedBy:
    if ref == DEFAULT_REF:
        return BurnedBy(ref, None, [(0, DEFAULT_RULE)])
    name, _, positions = ref.partition("#")
    table_id = ids.find(prices.TABLE_PREFIX, name.partition("@")[0])
    if ref == UNRATED or table_id is None:
        return BurnedBy(ref, None, [])
    row = await db.fetchrow(pricing.TABLE, access.org_id, BurnTableId(table_id))
    if row is None:
        return BurnedBy(ref, None, [])
    table = pricing.burn_table(row)
    used = sorted(int(position) for position in positions.split(",") if position)
    return BurnedBy(ref, table, [(position, table.rules[position]) for position in used])


async def _cost_by(access: Access, ref: str | None, event: Row) -> CostBy | None:
    if ref is None:
        return None
    price_id = ids.find(prices.PRICE_PREFIX, ref)
    if price_id is None:
        return CostBy(ref, costs.listed(event["provider"], event["model"], ref, at=event["occurred_at"]))
    row = await db.fetchrow(_OWN_PRICE, access.org_id, price_id)
    return CostBy(ref, None if row is None else pricing.priced(pricing.provider_price(row)))


def _ledger(row: Row) -> LedgerPart | None:
    if row["wallet_id"] is None:
        return None
    start, end = row["drawn_before"], row["drawn_before"] + row["credits"]
    return LedgerPart(
        row["ledger_transaction_id"],
        row["wallet_id"],
        _part(row["lines"], start, end),
        row["balance_after"] + row["drawn"] - end,
    )


def _part(lines: str, start: Decimal, end: Decimal) -> list[Drawn]:
    """Of a transaction's lines, in their order, what lies in [start, end) of the credits that it drew."""
    parsed: list[Any] = pricing.read_json(lines)
    amounts = [Decimal(amount) for _, amount in parsed]
    parts = []
    for (grant, _), amount, upper in zip(parsed, amounts, accumulate(amounts), strict=True):
        part = min(end, upper) - max(start, upper - amount)
        if part > 0:
            parts.append(Drawn(None if grant is None else UUID(grant), part))
    return parts
