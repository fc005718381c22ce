"""Rows as values."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.credits.types import Period
from app.entitlements.types import (
    Audience,
    AudienceKind,
    Entitlement,
    Feature,
    Flag,
    Limit,
    LimitUnit,
)
from app.infra.db import Row

FEATURE_COLUMNS = "id, key, name, created_at"
ENTITLEMENT_COLUMNS = (
    "id, audience_kind, audience_ref, feature_key, is_enabled, unit, amount, period, is_hard, updated_at"
)
FLAG_COLUMNS = "key, description, plans, percentage, updated_at"


def feature(row: Row) -> Feature:
    return Feature(row["id"], row["key"], row["name"], row["created_at"])


def entitlement(row: Row | Mapping[str, Any]) -> Entitlement:
    return Entitlement(
        id=row["id"],
        audience=Audience(AudienceKind(row["audience_kind"]), row["audience_ref"]),
        feature_key=row["feature_key"],
        is_enabled=row["is_enabled"],
        limit=_limit(row),
        updated_at=row["updated_at"],
    )


def own_entitlements(document: str | None) -> Mapping[str, Entitlement]:
    """Of rows as JSON, by feature; amounts as they are written."""
    if document is None:
        return {}
    rows = json.loads(document, parse_float=Decimal, parse_int=Decimal)
    found = [
        entitlement(row | {"id": UUID(row["id"]), "updated_at": datetime.fromisoformat(row["updated_at"])})
        for row in rows
    ]
    return {each.feature_key: each for each in found}


def flag(row: Row) -> Flag:
    plans = row["plans"]
    return Flag(
        row["key"],
        row["description"],
        None if plans is None else tuple(plans),
        row["percentage"],
        row["updated_at"],
    )


def _limit(row: Row | Mapping[str, Any]) -> Limit | None:
    if row["unit"] is None:
        return None
    return Limit(
        LimitUnit(row["unit"]), Decimal(row["amount"]), Period(row["period"]), is_hard=row["is_hard"]
    )
