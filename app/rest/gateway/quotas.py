"""How many tokens are left to a key, in the header fields that the providers' SDKs and their users know.

https://platform.openai.com/docs/guides/rate-limits, https://platform.claude.com/docs/en/api/rate-limits. They take the
place of the upstream's own, which are about an account that is not the client's.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.gateway.types import Dialect
from app.limits.types import Level


def headers(level: Level | None, dialect: Dialect, *, now: datetime) -> Mapping[str, str]:
    """Nothing where tokens are not limited."""
    if level is None:
        return {}
    limit, remaining = str(level.quota.amount), str(level.remaining)
    found = {
        "x-ratelimit-limit-tokens": limit,
        "x-ratelimit-remaining-tokens": remaining,
        "x-ratelimit-reset-tokens": _duration(level.missing),
    }
    if dialect is Dialect.ANTHROPIC:
        full_at = now + timedelta(seconds=level.reset_seconds)
        found |= {
            "anthropic-ratelimit-tokens-limit": limit,
            "anthropic-ratelimit-tokens-remaining": remaining,
            "anthropic-ratelimit-tokens-reset": full_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
    return found


def with_own(
    passed: Mapping[str, str], level: Level | None, dialect: Dialect, *, now: datetime
) -> dict[str, str]:
    """`passed`, which an upstream said, with ours in place of what it said of the same, in whatever letters."""
    own = headers(level, dialect, now=now)
    return {**{name: value for name, value in passed.items() if name.lower() not in own}, **own}


def _duration(microseconds: int) -> str:
    """As OpenAI writes it: `820ms`, `12.5s`, `1m3s`."""
    milliseconds = -(-microseconds // 1000)
    if milliseconds < 1000:
        return f"{milliseconds}ms"
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{f'{minutes}m' if minutes else ''}{rest / 1000:g}s"
