"""Nobody makes a key that is more than they are: wider in scopes, models or tokens, or, made by a key, longer-lived.

A person's own expiry is that of a session, and says nothing about the keys they make.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from app.apikeys.errors import BeyondOwn
from app.apikeys.types import MAX_MODELS
from app.core import allowed_models
from app.core.errors import FieldError
from app.core.ids import OrgId
from app.core.principal import Permission, Principal

_KNOWN = frozenset(permission.value for permission in Permission)


def scopes_beyond(maker: Principal, org_id: OrgId, scopes: Collection[str]) -> list[FieldError]:
    """Scopes that do not exist are another fault, and not told here."""
    beyond = sorted((_KNOWN & set(scopes)) - maker.orgs[org_id])
    return [
        FieldError("scopes", "scope_not_held", f"You do not hold {scope} yourself: leave it out.")
        for scope in beyond
    ]


def expiry_beyond(maker: Principal, expires_at: datetime | None) -> list[FieldError]:
    own = end_of(maker)
    if own is None or (expires_at is not None and (expires_at.tzinfo is None or expires_at <= own)):
        return []
    mend = f"The API key you use ends at {own.isoformat()}: name a time that is not later."
    return [FieldError("expires_at", "beyond_own", mend)]


def models_beyond(maker: Principal, patterns: Sequence[str] | None) -> list[FieldError]:
    own = maker.models
    if own is None:
        return []
    mend = f"The API key you use is limited to {', '.join(own)}: name models among these."
    if patterns is None:
        return [FieldError("allowed_models", "beyond_own", mend)]
    return [
        FieldError(f"allowed_models.{place}", "beyond_own", mend)
        for place, pattern in enumerate(patterns[:MAX_MODELS])
        if not allowed_models.covers(own, pattern)
    ]


def tokens_beyond(maker: Principal, tokens_per_minute: int | None) -> list[FieldError]:
    own = maker.tokens_per_minute
    if own is None or (tokens_per_minute is not None and tokens_per_minute <= own):
        return []
    mend = f"The API key you use may take {own} tokens a minute: name no more than that."
    return [FieldError("tokens_per_minute", "beyond_own", mend)]


def require_within(
    maker: Principal,
    org_id: OrgId,
    scopes: Collection[str],
    patterns: Sequence[str] | None,
    tokens_per_minute: int | None,
) -> None:
    """Raises `BeyondOwn` where a key with these is more than `maker`. Scopes of another version nobody holds."""
    if missing := sorted(set(scopes) - maker.orgs[org_id]):
        raise BeyondOwn(f"The API key has scopes that you do not hold: {', '.join(missing)}.")
    if models_beyond(maker, patterns):
        raise BeyondOwn("The API key may use models that the one you use may not.")
    if tokens_beyond(maker, tokens_per_minute):
        raise BeyondOwn("The API key may take more tokens a minute than the one you use.")


def end_of(maker: Principal) -> datetime | None:
    """When what `maker` makes ends at the latest; None is never."""
    return maker.expires_at if maker.kind == "api_key" else None
