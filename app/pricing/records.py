"""Rows of prices as the values that rate."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import ids
from app.pricing import sheet
from app.pricing.rating import Schedule, OrgPrices, OwnPrice
from app.pricing.sheet import Line, Sheet, Tier

TABLE_PREFIX = "burn"
PRICE_PREFIX = "price"


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
        ref=f"{ids.encode(TABLE_PREFIX, UUID(row['id']))}@{row['version']}",
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
        ref=ids.encode(PRICE_PREFIX, UUID(row["id"])),
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
