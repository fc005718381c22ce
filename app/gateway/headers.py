"""Which headers go on to an upstream, and which come back. Pure.

By lists of what may pass: a header nobody thought of may hold a credential, a cookie or an address. Whose the call is
(org and project at OpenAI) follows from the upstream's key, so what a client says of that is left out.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from app.gateway.types import Dialect, Upstream

_OUT = frozenset(
    {
        *("accept", "content-type", "user-agent", "openai-beta", "x-client-request-id"),
        *("x-goog-api-client", "x-server-timeout"),
    }
)
# Under a key that orgs share, one of them could be answered what another one asked.
_OUT_TO_OWN = frozenset({"idempotency-key"})
_DECIDING = frozenset({"openai-beta", "anthropic-beta", "anthropic-version"})
_OUT_PREFIXES = ("anthropic-", "x-stainless-")
_BACK = frozenset(
    {
        *("content-type", "retry-after", "retry-after-ms", "x-should-retry", "request-id"),
        *("openai-version", "openai-model", "openai-processing-ms"),
    }
)
_BACK_PREFIXES = ("x-ratelimit-", "anthropic-ratelimit-")
_ANTHROPIC_VERSION = "2023-06-01"


def outgoing(sent: Iterable[tuple[str, str]], upstream: Upstream) -> dict[str, str]:
    """With the upstream's own credential. No encoding is asked for: what comes back has to be read."""
    passed: dict[str, tuple[str, str]] = {}
    for name, value in sent:
        lowered = name.lower()
        if _may_pass(lowered, upstream):
            # What is said twice is one list: RFC 9110 §5.3.
            first = passed.get(lowered)
            passed[lowered] = (name, value) if first is None else (first[0], f"{first[1]}, {value}")
    found = dict(passed.values())
    found["Accept-Encoding"] = "identity"
    if upstream.dialect is Dialect.ANTHROPIC and "anthropic-version" not in passed:
        found["anthropic-version"] = _ANTHROPIC_VERSION
    if upstream.secret is not None:
        match upstream.dialect:
            case Dialect.OPENAI:
                found["Authorization"] = f"Bearer {upstream.secret}"
            case Dialect.ANTHROPIC:
                found["x-api-key"] = upstream.secret
            case Dialect.GOOGLE:
                found["x-goog-api-key"] = upstream.secret
    return found


def _may_pass(lowered: str, upstream: Upstream) -> bool:
    return (
        lowered in _OUT or lowered.startswith(_OUT_PREFIXES) or (upstream.is_own and lowered in _OUT_TO_OWN)
    )


def deciding(sent: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those by which an upstream answers the same body otherwise: versions, and what is asked for beyond them."""
    return sorted((lowered, value) for name, value in sent if (lowered := name.lower()) in _DECIDING)


def incoming(answered: Mapping[str, str]) -> dict[str, str]:
    """What the client is told of what the upstream said; its request id by a name of its own."""
    found = {
        name: value
        for name, value in answered.items()
        if (lowered := name.lower()) in _BACK or lowered.startswith(_BACK_PREFIXES)
    }
    if (request_id := answered.get("x-request-id")) is not None:
        found["X-LK-Upstream-Request-Id"] = request_id
    return found


def text(value: str) -> str:
    """A model's name as a header can hold it; a client wrote it."""
    return quote(value, safe="/:@+,;=()[]!*~ ").strip()
