"""Reading events to rate again, and writing what changes: adjustments, the ledger and the rollup in one transaction.

Locks in the order in which ingestion and corrections take them: events, wallets, rows of the rollup; and these in the
order of their keys as Python sorts them, which is the database's own only where that sorts by code points.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app.core import ids
from app.core.inference import Usage
from app.infra import db
from app.infra.db import Row, UnitOfWork
from app.metering.types import EventType, Metered
from app.rerating.types import Change, Figures, Kind, Priced

_LOCK = """
SELECT 1 FROM unnest($2::uuid[], $3::timestamptz[]) AS k (id, at)
JOIN usage_event e ON e.org_id = $1 AND e.occurred_at = k.at AND e.id = k.id ORDER BY e.id FOR UPDATE OF e
"""
# More credit is drawn from the wallet that paid for the event. One that burned nothing until now is paid for by whoever
# would have paid when it came: usage that was sent in says so itself (nil: nobody, as of a backfill). Of other usage it
# is the wallet that drew first since, else the one of now, if it was there.
_READ = """
SELECT e.*, c.tier, s.*, CASE
    WHEN paid.wallet_id IS NOT NULL THEN paid.wallet_id
    WHEN e.payer_id IS NOT NULL THEN nullif(e.payer_id, '00000000-0000-0000-0000-000000000000')
    WHEN later.wallet_id IS NOT NULL THEN later.wallet_id
    WHEN e.credits = 0 AND w.created_at <= e.received_at AND e.occurred_at > e.received_at - interval '34 days'
    THEN w.id
END AS payer
FROM unnest($2::uuid[], $3::timestamptz[]) WITH ORDINALITY AS k (event, at, n)
JOIN usage_event e ON e.occurred_at = k.at AND e.id = k.event
JOIN workspace ON workspace.id = e.workspace_id
LEFT JOIN customer c ON c.org_id = e.org_id AND c.external_id = e.customer_id
LEFT JOIN ledger_transaction paid ON paid.id = e.ledger_transaction_id
LEFT JOIN LATERAL usage_wallets(ARRAY[e.org_id], ARRAY[workspace.kind::text], ARRAY[e.customer_id::text]) AS u ON true
LEFT JOIN wallet w ON w.id = u.wallet_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.requests), 0) AS more_requests, coalesce(sum(a.unrated), 0) AS more_unrated,
        coalesce(sum(a.cost_usd), 0) AS more_cost, coalesce(sum(a.credits), 0) AS more_credits,
        coalesce(sum(a.revenue_usd), 0) AS more_revenue,
        (array_agg(a.cost_ref ORDER BY a.at DESC, a.id DESC) FILTER (WHERE a.cost_ref IS NOT NULL))[1] AS last_cost_ref,
        (array_agg(a.burn_ref ORDER BY a.at DESC, a.id DESC) FILTER (WHERE a.burn_ref IS NOT NULL))[1] AS last_burn_ref,
        (array_agg(a.ledger_transaction_id ORDER BY a.at, a.id)
            FILTER (WHERE a.ledger_transaction_id IS NOT NULL))[1] AS first_drawn
    FROM usage_adjustment a WHERE a.org_id = e.org_id AND a.usage_event_id = e.id
) AS s
LEFT JOIN ledger_transaction later ON later.id = s.first_drawn
WHERE e.org_id = $1
ORDER BY k.n
"""
_DRAWN = """
SELECT k.id, d.transaction_id, d.credits FROM unnest($2::uuid[], $3::timestamptz[]) AS k (id, at)
CROSS JOIN LATERAL usage_drawn($1, k.id, k.at) AS d ORDER BY k.id, d.n DESC
"""
_SCOPED = """
SELECT DISTINCT wallet_id, feature_id FROM credit_grant
WHERE wallet_id = ANY ($1) AND NOT is_spent AND feature_id IS NOT NULL
"""
_LOCK_WALLETS = """
SELECT 1 FROM wallet WHERE id = ANY ($1) OR id IN (SELECT wallet_id FROM ledger_transaction WHERE id = ANY ($2))
ORDER BY id FOR UPDATE
"""
_CONSUME = """
SELECT r.outcome FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::numeric[], $6::text[]) WITH ORDINALITY
    AS d (wallet, tx, feature, amount, key, n)
CROSS JOIN LATERAL credit_consume($1, d.wallet, d.tx, d.key, d.amount, d.feature, '{}', '{}', true, $7) AS r
ORDER BY d.n
"""
_REFUND = """
SELECT d.of, r.outcome, r.available FROM unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::text[]) WITH ORDINALITY
    AS d (of, tx, amount, key, n)
CROSS JOIN LATERAL credit_refund($1, d.of, d.tx, d.key, d.amount, $6, $7) AS r ORDER BY d.n
"""
_ADJUST = """
INSERT INTO usage_adjustment (
    id, org_id, usage_event_id, occurred_at, kind, batch_id, at, requests, unrated, input_tokens, output_tokens,
    cost_usd, credits, revenue_usd, cost_ref, burn_ref, ledger_transaction_id
)
SELECT c.id, $1, c.event, c.occurred_at, $2, $3, $4, 0, c.unrated, 0, 0, c.cost, c.credits, c.revenue, c.cost_ref,
    c.burn_ref, c.tx
FROM unnest($5::uuid[], $6::uuid[], $7::timestamptz[], $8::bigint[], $9::numeric[], $10::numeric[], $11::numeric[],
    $12::text[], $13::text[], $14::uuid[])
    AS c (id, event, occurred_at, unrated, cost, credits, revenue, cost_ref, burn_ref, tx)
"""
_ROLL_UP = """
INSERT INTO usage_rollup_hour AS rollup (
    org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
    requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
)
SELECT e.org_id, date_trunc('hour', e.occurred_at, 'UTC'), e.workspace_id,
    coalesce(e.api_key_id, '00000000-0000-0000-0000-000000000000'), coalesce(e.customer_id, ''),
    coalesce(e.user_id, ''), coalesce(e.feature_id, ''), e.provider, e.model, 0, sum(c.unrated), 0, 0, sum(c.cost),
    sum(c.credits), sum(c.revenue)
FROM unnest($2::uuid[], $3::timestamptz[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[])
    AS c (id, at, unrated, cost, credits, revenue)
JOIN usage_event e ON e.org_id = $1 AND e.occurred_at = c.at AND e.id = c.id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ORDER BY 1, 2, 3, 4, coalesce(e.customer_id, '') COLLATE "C", coalesce(e.user_id, '') COLLATE "C",
    coalesce(e.feature_id, '') COLLATE "C", e.provider COLLATE "C", e.model COLLATE "C"
ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
DO UPDATE SET
    unrated = rollup.unrated + excluded.unrated,
    cost_usd = rollup.cost_usd + excluded.cost_usd,
    credits = rollup.credits + excluded.credits,
    revenue_usd = rollup.revenue_usd + excluded.revenue_usd
"""

Key = tuple[UUID, datetime]


async def lock(uow: UnitOfWork, org_id: UUID, keys: Sequence[Key]) -> None:
    """Until the commit nobody else adjusts these events: corrections take the same locks."""
    await uow.fetch(_LOCK, org_id, *db.columns(keys))


async def read(org_id: UUID, keys: Sequence[Key]) -> list[Priced]:
    """In the order of `keys`, as they are now; without those that were voided."""
    rows = await db.fetch(_READ, org_id, *db.columns(keys))
    return [_priced(row) for row in rows if 1 + row["more_requests"] > 0]


async def post(
    uow: UnitOfWork, org_id: UUID, changes: Sequence[Change], *, kind: Kind, batch_id: UUID, now: datetime
) -> None:
    """Writes `changes`, of events that are locked, and draws or gives back the credit that they differ by."""
    if not changes:
        return
    drawn = _Draws(await _scopes(uow, changes), changes)
    refunds = _Refunds(await _drawn(uow, org_id, changes), changes)
    if drawn.sums or refunds.sums:
        await uow.fetch(_LOCK_WALLETS, list({wallet for wallet, _ in drawn.sums}), list(refunds.sums))
    await _consume(uow, org_id, drawn, now)
    await _refund(uow, org_id, refunds, kind, now)
    rows = [
        (
            ids.uuid7(),
            change.event.id,
            change.event.at,
            change.unrated,
            change.cost_usd,
            change.credits,
            change.revenue_usd,
            change.cost_ref,
            change.burn_ref,
            drawn.transaction_of(change) or refunds.transaction_of(change),
        )
        for change in changes
    ]
    await uow.fetch(_ADJUST, org_id, kind.value, batch_id, now, *db.columns(rows))
    columns = db.columns(rows)
    await uow.fetch(_ROLL_UP, org_id, *columns[1:7])


class _Draws:
    """One ledger transaction for each wallet, and for each feature that grants of the wallet are kept for."""

    def __init__(self, scopes: set[tuple[UUID, str]], changes: Sequence[Change]) -> None:
        self._scopes = scopes
        self.sums: defaultdict[tuple[UUID, str], Decimal] = defaultdict(Decimal)
        for change in changes:
            if (key := self._key(change)) is not None:
                self.sums[key] += change.credits
        self.transactions = {key: ids.uuid7() for key in sorted(self.sums)}

    def transaction_of(self, change: Change) -> UUID | None:
        key = self._key(change)
        return None if key is None else self.transactions[key]

    def _key(self, change: Change) -> tuple[UUID, str] | None:
        wallet, feature = change.event.wallet_id, change.event.feature_id or ""
        if wallet is None or change.credits <= 0:
            return None
        return wallet, feature if (wallet, feature) in self._scopes else ""


class _Refunds:
    """What lower ratings give back, by the transaction that had drawn it; what was drawn last goes back first."""

    def __init__(self, drawn: Sequence[Row], changes: Sequence[Change]) -> None:
        self.sums: defaultdict[UUID, Decimal] = defaultdict(Decimal)
        self._last: dict[UUID, UUID] = {}
        left = {change.event.id: -change.credits for change in changes}
        for row in drawn:
            part = min(left[row["id"]], row["credits"])
            left[row["id"]] -= part
            if part > 0 and row["transaction_id"] is not None:
                self.sums[row["transaction_id"]] += part
                self._last[row["id"]] = row["transaction_id"]
        self.transactions = {of: ids.uuid7() for of in sorted(self.sums)}

    def transaction_of(self, change: Change) -> UUID | None:
        of = self._last.get(change.event.id)
        return None if of is None else self.transactions.get(of)


async def _scopes(uow: UnitOfWork, changes: Sequence[Change]) -> set[tuple[UUID, str]]:
    wallets = {change.event.wallet_id for change in changes if change.credits > 0} - {None}
    if not wallets:
        return set()
    return {(row["wallet_id"], row["feature_id"]) for row in await uow.fetch(_SCOPED, list(wallets))}


async def _drawn(uow: UnitOfWork, org_id: UUID, changes: Sequence[Change]) -> Sequence[Row]:
    lower = [(change.event.id, change.event.at) for change in changes if change.credits < 0]
    return await uow.fetch(_DRAWN, org_id, *db.columns(lower)) if lower else []


async def _consume(uow: UnitOfWork, org_id: UUID, drawn: _Draws, now: datetime) -> None:
    rows = [
        (wallet, tx, feature or None, drawn.sums[wallet, feature], f"usage:{tx}")
        for (wallet, feature), tx in drawn.transactions.items()
    ]
    if rows:
        outcomes = await uow.fetch(_CONSUME, org_id, *db.columns(rows), now)
        assert {row["outcome"] for row in outcomes} == {"consumed"}, outcomes


async def _refund(uow: UnitOfWork, org_id: UUID, refunds: _Refunds, kind: Kind, now: datetime) -> None:
    """Where somebody has given back a part of a transaction already, what is left of it."""
    amounts = dict(refunds.sums)
    for _ in range(2):
        rows = [
            (of, tx, amounts[of], f"{kind}:{tx}") for of, tx in refunds.transactions.items() if of in amounts
        ]
        if not rows:
            return
        outcomes = await uow.fetch(_REFUND, org_id, *db.columns(rows), "usage was rated again", now)
        amounts = {row["of"]: row["available"] for row in outcomes if row["outcome"] == "too_much"}
        for of in [of for of, available in amounts.items() if not available]:
            del amounts[of]
            del refunds.transactions[of]


def _priced(row: Row) -> Priced:
    is_unrated = row["cost_usd"] is None
    figures = Figures(
        (row["cost_usd"] or Decimal(0)) + row["more_cost"],
        row["credits"] + row["more_credits"],
        (row["revenue_usd"] or Decimal(0)) + row["more_revenue"],
        int(is_unrated + row["more_unrated"]),
    )
    return Priced(
        id=row["id"],
        at=row["occurred_at"],
        customer_id=row["customer_id"],
        feature_id=row["feature_id"],
        tier=row["tier"],
        metered=metered(row),
        now=figures,
        cost_ref=row["last_cost_ref"] or row["cost_ref"],
        burn_ref=row["last_burn_ref"] or row["burn_ref"],
        wallet_id=row["payer"],
    )


def metered(row: Row) -> Metered:
    """What an event's row says was used."""
    usage = Usage(
        row["input_tokens"],
        row["output_tokens"],
        row["cached_input_tokens"],
        row["cache_write_tokens"],
        row["reasoning_tokens"],
    )
    return Metered(
        EventType(row["event_type"]),
        row["provider"],
        row["model"],
        usage,
        row["unit_type"],
        row["quantity"],
        row["image_size"],
        row["image_quality"],
    )
