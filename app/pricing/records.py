"""Rows of prices as the values that rate."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import ids
from app.core.ids import BurnTableId
from app.core.money import to_text
from app.infra.db import Row
from app.pricing import sheet, types
from app.pricing.rating import OrgPrices, OwnPrice, Schedule
from app.pricing.sheet import Line, Sheet, Tier
from app.pricing.types import (
    Audience,
    AudienceKind,
    BurnTable,
    BurnTableDraft,
    NewProviderPrice,
    PriceLine,
    ProviderPrice,
    Rule,
    RuleTier,
    TableStatus,
)

# One table with its rules in order; `sql` narrows what follows further.
_TABLES = """
SELECT *, (
    SELECT coalesce(jsonb_agg(to_jsonb(burn_rule) ORDER BY position), '[]')::text FROM burn_rule
    WHERE burn_table_id = burn_table.id
) AS rules FROM burn_table
"""
TABLE = f"{_TABLES} WHERE org_id = $1 AND id = $2"
TABLES = f"""
{_TABLES} WHERE org_id = $1 AND ($2::text IS NULL OR audience_kind = $2) AND ($3::text IS NULL OR audience_ref = $3)
    AND ($4::text IS NULL OR status = $4) AND ($5::uuid IS NULL OR id < $5)
ORDER BY id DESC LIMIT $6
"""


def org_prices(version: str, tables: str, own: str) -> OrgPrices:
    """From the JSON of the rows, whose numbers are read as decimals."""
    by_audience: defaultdict[tuple[str, str], list[Schedule]] = defaultdict(list)
    # The newest first: it is what is asked for most.
    for row in sorted(_read(tables), key=lambda row: _time(row["effective_from"]), reverse=True):
        by_audience[row["audience_kind"], row["audience_ref"]].append(_table(row))
    prices = sorted(_read(own), key=lambda row: sheet.specificity(row["provider"], row["model"]))
    return OrgPrices(version, dict(by_audience), tuple(_own_price(row) for row in prices))


def _read(text: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return rows


def _table(row: Mapping[str, Any]) -> Schedule:
    return Schedule(
        ref=types.table_ref(UUID(row["id"]), int(row["version"])),
        sheet=Sheet(_rule(rule) for rule in row["rules"]),
        effective_from=_time(row["effective_from"]),
        effective_to=_time(row["effective_to"]) if row["effective_to"] else None,
        credit_price_usd=row["credit_price_usd"],
    )


def _rule(row: Mapping[str, Any]) -> Line:
    return Line(
        position=int(row["position"]),
        provider=row["provider"],
        model=row["model"],
        unit=row["unit"],
        amount=row["credits"],
        per=row["per"],
        tiers=[Tier(Decimal(tier["up_to"]), Decimal(tier["credits"])) for tier in row["tiers"] or ()],
        image_size=row["image_size"],
        image_quality=row["image_quality"],
    )


def _own_price(row: Mapping[str, Any]) -> OwnPrice:
    return OwnPrice(
        ref=ids.encode(types.PRICE_PREFIX, UUID(row["id"])),
        sheet=Sheet(price_lines(row["provider"], row["model"], row["prices"])),
        effective_from=_time(row["effective_from"]),
        effective_to=_time(row["effective_to"]) if row["effective_to"] else None,
    )


def price_lines(provider: str, model: str, prices: Mapping[str, Any]) -> list[Line]:
    return [
        Line(
            position=position,
            provider=provider,
            model=model,
            unit=line["unit"],
            amount=Decimal(line["usd"]),
            per=Decimal(line["per"]),
            image_size=line.get("image_size"),
            image_quality=line.get("image_quality"),
        )
        for position, line in enumerate(prices["lines"])
    ]


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def burn_table(row: Row) -> BurnTable:
    return BurnTable(
        id=BurnTableId(row["id"]),
        name=row["name"],
        audience=Audience(AudienceKind(row["audience_kind"]), row["audience_ref"]),
        version=row["version"],
        status=TableStatus(row["status"]),
        rules=tuple(_rule_of(rule) for rule in _read(row["rules"])),
        credit_price_usd=row["credit_price_usd"],
        effective_from=row["effective_from"],
        effective_to=row["effective_to"],
        created_at=row["created_at"],
        published_at=row["published_at"],
    )


def _rule_of(row: Mapping[str, Any]) -> Rule:
    return Rule(
        unit=row["unit"],
        credits=row["credits"],
        per=row["per"],
        provider=row["provider"],
        model=row["model"],
        tiers=tuple(
            RuleTier(Decimal(tier["up_to"]), Decimal(tier["credits"])) for tier in row["tiers"] or ()
        ),
        image_size=row["image_size"],
        image_quality=row["image_quality"],
    )


def provider_price(row: Row | Mapping[str, Any]) -> ProviderPrice:
    prices = json.loads(row["prices"])
    lines = [
        PriceLine(
            line["unit"],
            Decimal(line["usd"]),
            Decimal(line["per"]),
            line.get("image_size"),
            line.get("image_quality"),
        )
        for line in prices["lines"]
    ]
    return ProviderPrice(
        row["id"],
        row["provider"],
        row["model"],
        tuple(lines),
        row["effective_from"],
        row["effective_to"],
        row["created_at"],
    )


def price_document(command: NewProviderPrice) -> dict[str, Any]:
    """As JSON, for the column, the audit log and the fingerprint of a request."""
    return {
        "provider": command.provider,
        "model": command.model,
        "lines": [
            {
                "unit": line.unit,
                "usd": to_text(line.usd),
                "per": to_text(line.per),
                "image_size": line.image_size,
                "image_quality": line.image_quality,
            }
            for line in command.lines
        ],
        "effective_from": command.effective_from and command.effective_from.isoformat(),
        "effective_to": command.effective_to and command.effective_to.isoformat(),
    }


def draft_document(draft: BurnTableDraft) -> dict[str, Any]:
    """As JSON, for the audit log and the fingerprint of a request."""
    price = draft.credit_price_usd
    return {
        "name": draft.name,
        "credit_price_usd": None if price is None else to_text(price),
        "rules": [_rule_document(rule) for rule in draft.rules],
    }


def table_document(table: BurnTable) -> dict[str, Any]:
    return draft_document(BurnTableDraft(table.name, table.rules, table.credit_price_usd))


def _rule_document(rule: Rule) -> dict[str, Any]:
    tiers = [{"up_to": to_text(tier.up_to), "credits": to_text(tier.credits)} for tier in rule.tiers]
    return {
        "provider": rule.provider,
        "model": rule.model,
        "unit": rule.unit,
        "credits": to_text(rule.credits),
        "per": to_text(rule.per),
        **({"tiers": tiers} if tiers else {}),
        **({"image_size": rule.image_size} if rule.image_size else {}),
        **({"image_quality": rule.image_quality} if rule.image_quality else {}),
    }
