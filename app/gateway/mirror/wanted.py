"""What LiteLLM is to know of a key, in its words, and whether it does. Pure.

Fields: https://docs.litellm.ai/docs/proxy/virtual_keys, `/key/generate` and `/key/update`. LiteLLM's budgets are in US
dollars of what providers charge, its periods begin as ours do: at midnight UTC, on Mondays, on the first of a month.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import orjson

from app.apikeys.standing import Standing
from app.core import ids
from app.core.ids import ApiKeyId, OrgId
from app.credits.types import KeyBudget, Period
from app.gateway.upstreams.providers import LITELLM
from app.limits import plans

# Of the clocks of two machines, and of LiteLLM's durations, which are whole seconds from when it reads them.
_SKEW: Final = timedelta(seconds=90)
# The longest first: the one that LiteLLM has always had fields for.
_DURATIONS: Final[Mapping[Period, str | None]] = {
    Period.TOTAL: None,
    Period.MONTH: "1mo",
    Period.WEEK: "7d",
    Period.DAY: "1d",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`budgets` are US dollars with LiteLLM's durations, None for one that never begins anew."""

    key_id: ApiKeyId
    org_id: OrgId
    environment: str
    models: tuple[str, ...]
    rpm_limit: int
    tpm_limit: int | None
    budgets: tuple[tuple[str | None, Decimal], ...]
    expires_at: datetime | None


def alias(key_id: ApiKeyId) -> str:
    return ids.encode("key", key_id)


def of(standing: Standing, budgets: Sequence[KeyBudget], credit_price_usd: Decimal | None) -> Wanted:
    """Without a price of a credit there is nothing that its budgets are in dollars, and LiteLLM is told of none."""
    key = standing.key
    agreed = {} if standing.agreed is None else {key.org_id: standing.agreed}
    return Wanted(
        key.id,
        key.org_id,
        standing.environment,
        _models(key.allowed_models),
        plans.best_quota({key.org_id: standing.plan}, agreed).amount,
        key.tokens_per_minute,
        () if credit_price_usd is None else _dollars(budgets, standing.environment, credit_price_usd),
        key.expires_at,
    )


def _models(allowed: Sequence[str] | None) -> tuple[str, ...]:
    """As they are asked for there: without the upstream's name. None of them is any, for LiteLLM too."""
    return () if allowed is None else tuple(model.removeprefix(f"{LITELLM}/") for model in allowed)


def _dollars(
    budgets: Sequence[KeyBudget], environment: str, price: Decimal
) -> tuple[tuple[str | None, Decimal], ...]:
    amounts = {one.period: one.amount for one in budgets if one.environment == environment}
    return tuple(
        (duration, amounts[period] * price) for period, duration in _DURATIONS.items() if period in amounts
    )


def fields(wanted: Wanted) -> Mapping[str, Any]:
    """What both creating and updating say; null takes a limit away."""
    first, *others = wanted.budgets or [(None, None)]
    return {
        "key_alias": alias(wanted.key_id),
        "models": list(wanted.models),
        "rpm_limit": wanted.rpm_limit,
        "tpm_limit": wanted.tpm_limit,
        "max_budget": None if first[1] is None else float(first[1]),
        "budget_duration": first[0],
        "budget_limits": [
            {"budget_duration": duration, "max_budget": float(amount)}
            for duration, amount in others
            if amount is not None
        ],
    }


def creation(wanted: Wanted, virtual_key: str, *, now: datetime) -> Mapping[str, Any]:
    body = {**fields(wanted), "key": virtual_key, "metadata": _metadata(wanted)}
    return body if wanted.expires_at is None else {**body, "duration": _duration(wanted.expires_at, now)}


def update(wanted: Wanted, info: Mapping[str, Any], virtual_key: str, *, now: datetime) -> Mapping[str, Any]:
    """What the operator noted there besides stays."""
    kept = info.get("metadata")
    body = {
        **fields(wanted),
        "key": virtual_key,
        "metadata": {**(kept if isinstance(kept, dict) else {}), **_metadata(wanted)},
    }
    if not _is_same_end(wanted.expires_at, info):
        body["duration"] = None if wanted.expires_at is None else _duration(wanted.expires_at, now)
    return body


def is_equal(wanted: Wanted, info: Mapping[str, Any]) -> bool:
    """Whether what LiteLLM says of the key is what it is to be; what cannot be read is not."""
    try:
        return _is_equal(wanted, info)
    except (KeyError, TypeError, ValueError):
        return False


def _is_equal(wanted: Wanted, info: Mapping[str, Any]) -> bool:
    said = fields(wanted)
    metadata = info.get("metadata")
    return (
        sorted(info.get("models") or ()) == sorted(said["models"])
        and all(info.get(name) == said[name] for name in ("rpm_limit", "tpm_limit", "budget_duration"))
        and _is_same_amount(info.get("max_budget"), said["max_budget"])
        and _windows(info.get("budget_limits")) == _windows(said["budget_limits"])
        and isinstance(metadata, dict)
        and _metadata(wanted).items() <= metadata.items()
        and not info.get("blocked")
        and _is_same_end(wanted.expires_at, info)
    )


def _metadata(wanted: Wanted) -> Mapping[str, str]:
    return {
        "launchkit_key": alias(wanted.key_id),
        "launchkit_org": ids.encode("org", wanted.org_id),
        "launchkit_environment": wanted.environment,
    }


def _is_same_amount(told: object, wanted: float | None) -> bool:
    if not isinstance(told, int | float) or wanted is None:
        return told is None and wanted is None
    return abs(told - wanted) <= 1e-9 * max(1.0, abs(wanted))


def _windows(told: object) -> Mapping[str, float]:
    """LiteLLM gives them as it keeps them: as a list, or as the JSON of one."""
    if isinstance(told, str):
        told = orjson.loads(told or "null")
    if not isinstance(told, list):
        return {}
    return {str(one["budget_duration"]): round(float(one["max_budget"]), 9) for one in told}


def _is_same_end(expires_at: datetime | None, info: Mapping[str, Any]) -> bool:
    told = info.get("expires")
    if not isinstance(told, str) or expires_at is None:
        return not told and expires_at is None
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return False
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return abs(found - expires_at) <= _SKEW


def _duration(expires_at: datetime, now: datetime) -> str:
    return f"{max(1, int((expires_at - now).total_seconds()))}s"
