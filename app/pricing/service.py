"""Writing prices. One org's are written one after another, under its lock; what is published stays as it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import orjson

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import BurnTableId, OrgId
from app.core.money import to_text
from app.core.principal import Access, Permission, Principal
from app.customers import naming
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done, validate_key
from app.infra import db
from app.infra.db import Row, UnitOfWork
from app.outbox import service as outbox
from app.pricing import records, tasks, types
from app.pricing.errors import (
    BurnTableEmpty,
    BurnTableNotFound,
    BurnTableOverlap,
    BurnTablePublished,
    ProviderPriceEnded,
    ProviderPriceNotFound,
    ProviderPriceOverlap,
)
from app.pricing.types import (
    AudienceKind,
    BurnTable,
    BurnTableDraft,
    NewBurnTable,
    NewProviderPrice,
    ProviderPrice,
    TableStatus,
)

# Numbers of versions and ends of predecessors are decided under it.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('prices:' || $1::uuid, 0))"
_NEW_TABLE = """
INSERT INTO burn_table (id, org_id, name, audience_kind, audience_ref, version, status, credit_price_usd, created_at)
SELECT $1::uuid, $2::uuid, $3::text, $4::text, $5::text, coalesce(max(version), 0) + 1, 'draft', $6::numeric,
    $7::timestamptz
FROM burn_table WHERE org_id = $2 AND audience_kind = $4 AND audience_ref = $5
RETURNING version
"""
_ADD_RULES = """
INSERT INTO burn_rule
    (id, burn_table_id, position, provider, model, unit, image_size, image_quality, credits, per, tiers)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::numeric[], $10::numeric[], $11::jsonb[])
"""
_DROP_RULES = "DELETE FROM burn_rule WHERE burn_table_id = $1"
_UPDATE_TABLE = "UPDATE burn_table SET name = $2, credit_price_usd = $3 WHERE id = $1"
_DELETE_TABLE = "DELETE FROM burn_table WHERE id = $1"
# The open predecessor, and whatever else is in force in a part of [$5, $6).
_IN_FORCE = """
SELECT id, version, effective_from, effective_to FROM burn_table
WHERE org_id = $1 AND audience_kind = $2 AND audience_ref = $3 AND status = 'published' AND id <> $4
    AND tstzrange(effective_from, effective_to) && tstzrange($5, $6)
ORDER BY effective_from
"""
_CLOSE_TABLE = "UPDATE burn_table SET effective_to = $2 WHERE id = $1"
_PUBLISH = """
UPDATE burn_table SET status = 'published', effective_from = $2, effective_to = $3, published_at = $4 WHERE id = $1
"""
_PRICES_IN_FORCE = """
SELECT id, effective_from, effective_to FROM provider_price
WHERE org_id = $1 AND lower(provider) = lower($2) AND lower(model) = lower($3)
    AND tstzrange(effective_from, effective_to) && tstzrange($4, $5)
ORDER BY effective_from
"""
_NEW_PRICE = """
INSERT INTO provider_price (id, org_id, provider, model, prices, effective_from, effective_to, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_FIND_PRICE = "SELECT * FROM provider_price WHERE org_id = $1 AND id = $2"
_END_PRICE = "UPDATE provider_price SET effective_to = $2 WHERE id = $1"


async def create_burn_table(
    principal: Principal, org_id: OrgId, *, command: NewBurnTable, now: datetime
) -> Done[BurnTable]:
    """Makes a draft: the next version for its audience. Raises `CustomerNotFound` for an id of ours that is none."""
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    command.validate()
    draft, audience = command.draft, command.audience
    if audience.kind is AudienceKind.CUSTOMER:
        audience = replace(audience, ref=await naming.own_name(access.org_id, audience.ref))
    body = {"draft": records.draft_document(draft), "audience": [audience.kind, audience.ref]}
    claim = _claim(access, "burn_tables.create", command.idempotency_key, body)
    table_id = BurnTableId(ids.uuid7())

    async def act(uow: UnitOfWork) -> BurnTable:
        await uow.fetch(_LOCK, access.org_id)
        who = (audience.kind.value, audience.ref)
        made = await uow.fetch(
            _NEW_TABLE, table_id, access.org_id, draft.name, *who, draft.credit_price_usd, now
        )
        await _write_rules(uow, table_id, draft)
        changes = {"audience": list(who), "version": made[0]["version"], **records.draft_document(draft)}
        _record(uow, access, Action.BURN_TABLE_CREATED, table_id, changes, now)
        return await _read(uow, access, table_id)

    return await idempotency.perform(claim, act, answer=BurnTable, now=now)


async def update_burn_table(
    principal: Principal,
    org_id: OrgId,
    table_id: BurnTableId,
    *,
    draft: BurnTableDraft,
    now: datetime,
    idempotency_key: str | None = None,
) -> Done[BurnTable]:
    """Replaces what a draft says. Raises `BurnTableNotFound`, `BurnTablePublished`."""
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    if errors := validate_key(idempotency_key):
        raise InvalidInput(errors)
    draft.validate()
    body = {"id": table_id, "draft": records.draft_document(draft)}
    claim = _claim(access, "burn_tables.update", idempotency_key, body)

    async def act(uow: UnitOfWork) -> BurnTable:
        before = await _read_draft(uow, access, table_id)
        await uow.fetch(_DROP_RULES, table_id)
        await uow.fetch(_UPDATE_TABLE, table_id, draft.name, draft.credit_price_usd)
        await _write_rules(uow, table_id, draft)
        changes = {"before": records.table_document(before), "after": records.draft_document(draft)}
        _record(uow, access, Action.BURN_TABLE_UPDATED, table_id, changes, now)
        return await _read(uow, access, table_id)

    return await idempotency.perform(claim, act, answer=BurnTable, now=now)


async def delete_burn_table(
    principal: Principal,
    org_id: OrgId,
    table_id: BurnTableId,
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> Done[bool]:
    """Drops a draft. Raises `BurnTableNotFound`, `BurnTablePublished`."""
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    if errors := validate_key(idempotency_key):
        raise InvalidInput(errors)
    claim = _claim(access, "burn_tables.delete", idempotency_key, {"id": table_id})

    async def act(uow: UnitOfWork) -> bool:
        before = await _read_draft(uow, access, table_id)
        await uow.fetch(_DELETE_TABLE, table_id)
        _record(uow, access, Action.BURN_TABLE_DELETED, table_id, records.table_document(before), now)
        return True

    return await idempotency.perform(claim, act, answer=bool, now=now)


async def publish_burn_table(
    principal: Principal,
    org_id: OrgId,
    table_id: BurnTableId,
    *,
    now: datetime,
    effective_from: datetime | None = None,
    effective_to: datetime | None = None,
    idempotency_key: str | None = None,
) -> Done[BurnTable]:
    """Puts a draft in force from `effective_from` (None: from now), and ends the version that was until then.

    A table with an end of its own ends no other. The past is allowed: what was rated then is re-rated only by
    `app.rerating`. Raises `BurnTableNotFound`, `BurnTablePublished`, `BurnTableEmpty`, and `BurnTableOverlap`, which
    names the other table.
    """
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    errors = [*validate_key(idempotency_key), *types.period_errors(effective_from, effective_to)]
    start = effective_from or now
    if not errors:
        errors = types.period_errors(start, effective_to)
    if errors:
        raise InvalidInput(errors)
    body = {"id": table_id, "from": effective_from, "to": effective_to}
    claim = _claim(access, "burn_tables.publish", idempotency_key, body)

    async def act(uow: UnitOfWork) -> BurnTable:
        draft = await _read_draft(uow, access, table_id)
        if not draft.rules:
            raise BurnTableEmpty
        uow.on_violation("burn_table_no_overlap", BurnTableOverlap)
        who = (draft.audience.kind.value, draft.audience.ref)
        found = await uow.fetch(_IN_FORCE, access.org_id, *who, table_id, start, effective_to)
        ended = _predecessor(found, start, effective_to)
        if ended is None and found:
            raise BurnTableOverlap(types.table_ref(found[-1]["id"], found[-1]["version"]))
        if ended is not None:
            await uow.fetch(_CLOSE_TABLE, ended["id"], start)
        await uow.fetch(_PUBLISH, table_id, start, effective_to, now)
        changes = {
            "version": draft.version,
            "audience": list(who),
            "effective_from": start.isoformat(),
            "effective_to": effective_to and effective_to.isoformat(),
            "ended": ended and types.table_ref(ended["id"], ended["version"]),
        }
        _record(uow, access, Action.BURN_TABLE_PUBLISHED, table_id, changes, now)
        outbox.enqueue(uow, tasks.rate_unrated(access.org_id), now=now)
        return await _read(uow, access, table_id)

    return await idempotency.perform(claim, act, answer=BurnTable, now=now)


async def create_provider_price(
    principal: Principal, org_id: OrgId, *, command: NewProviderPrice, now: datetime
) -> Done[ProviderPrice]:
    """Sets an own price of a model and ends the one that was in force until then.

    Raises `ProviderPriceOverlap`, which names the other price.
    """
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    command.validate()
    start = command.effective_from or now
    if errors := types.period_errors(start, command.effective_to):
        raise InvalidInput(errors)
    document = records.price_document(command)
    claim = _claim(access, "provider_prices.create", command.idempotency_key, document)
    price = ProviderPrice(
        ids.uuid7(), command.provider, command.model, tuple(command.lines), start, command.effective_to, now
    )

    async def act(uow: UnitOfWork) -> ProviderPrice:
        await uow.fetch(_LOCK, access.org_id)
        uow.on_violation("provider_price_no_overlap", ProviderPriceOverlap)
        found = await uow.fetch(
            _PRICES_IN_FORCE, access.org_id, price.provider, price.model, start, price.effective_to
        )
        ended = _predecessor(found, start, price.effective_to)
        if ended is None and found:
            raise ProviderPriceOverlap(ids.encode(types.PRICE_PREFIX, found[-1]["id"]))
        if ended is not None:
            await uow.fetch(_END_PRICE, ended["id"], start)
        await uow.fetch(
            _NEW_PRICE,
            price.id,
            access.org_id,
            price.provider,
            price.model,
            orjson.dumps({"lines": document["lines"]}).decode(),
            start,
            price.effective_to,
            now,
        )
        changes = {**document, "ended": ended and ids.encode(types.PRICE_PREFIX, ended["id"])}
        _record(uow, access, Action.PROVIDER_PRICE_CREATED, price.id, changes, now)
        outbox.enqueue(uow, tasks.rate_unrated(access.org_id), now=now)
        return price

    return await idempotency.perform(claim, act, answer=ProviderPrice, now=now)


async def end_provider_price(
    principal: Principal,
    org_id: OrgId,
    price_id: UUID,
    *,
    now: datetime,
    effective_to: datetime | None = None,
    idempotency_key: str | None = None,
) -> Done[ProviderPrice]:
    """Lets the list's price hold again from `effective_to` on (None: from now).

    Raises `ProviderPriceNotFound`, `ProviderPriceEnded`.
    """
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    if errors := [*validate_key(idempotency_key), *types.period_errors(None, effective_to)]:
        raise InvalidInput(errors)
    end = effective_to or now
    body = {"id": price_id, "to": effective_to}
    claim = _claim(access, "provider_prices.end", idempotency_key, body)

    async def act(uow: UnitOfWork) -> ProviderPrice:
        await uow.fetch(_LOCK, access.org_id)
        rows = await uow.fetch(_FIND_PRICE, access.org_id, price_id)
        if not rows:
            raise ProviderPriceNotFound
        if rows[0]["effective_to"] is not None:
            raise ProviderPriceEnded
        if errors := types.period_errors(rows[0]["effective_from"], end):
            raise InvalidInput(errors)
        await uow.fetch(_END_PRICE, price_id, end)
        _record(uow, access, Action.PROVIDER_PRICE_ENDED, price_id, {"effective_to": end.isoformat()}, now)
        return records.provider_price({**dict(rows[0]), "effective_to": end})

    return await idempotency.perform(claim, act, answer=ProviderPrice, now=now)


def _predecessor(found: list[Row], start: datetime, end: datetime | None) -> Row | None:
    """The one that the new one takes over from: open, begun before, and alone."""
    if len(found) != 1 or end is not None or found[0]["effective_to"] is not None:
        return None
    return found[0] if found[0]["effective_from"] < start else None


async def _read(uow: UnitOfWork, access: Access, table_id: BurnTableId) -> BurnTable:
    rows = await uow.fetch(records.TABLE, access.org_id, table_id)
    if not rows:
        raise BurnTableNotFound
    return records.burn_table(rows[0])


async def _read_draft(uow: UnitOfWork, access: Access, table_id: BurnTableId) -> BurnTable:
    """Under the org's lock."""
    await uow.fetch(_LOCK, access.org_id)
    table = await _read(uow, access, table_id)
    if table.status is TableStatus.PUBLISHED:
        raise BurnTablePublished
    return table


async def _write_rules(uow: UnitOfWork, table_id: BurnTableId, draft: BurnTableDraft) -> None:
    rows = [
        (
            ids.uuid7(),
            table_id,
            position,
            rule.provider,
            rule.model,
            rule.unit,
            rule.image_size,
            rule.image_quality,
            rule.credits,
            rule.per,
            _tiers(rule),
        )
        for position, rule in enumerate(draft.rules)
    ]
    if rows:
        await uow.fetch(_ADD_RULES, *db.columns(rows))


def _tiers(rule: types.Rule) -> str | None:
    if not rule.tiers:
        return None
    tiers = [{"up_to": to_text(tier.up_to), "credits": to_text(tier.credits)} for tier in rule.tiers]
    return orjson.dumps(tiers).decode()


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, object]) -> Claim | None:
    return None if key is None else Claim(access, operation, key, body)


def _record(
    uow: UnitOfWork,
    access: Access,
    action: Action,
    target: UUID,
    changes: Mapping[str, object],
    now: datetime,
) -> None:
    kind = action.value.partition(".")[0]
    audit.record(uow, Entry(access.org_id, action, access.principal, kind, target, now, changes))
