"""From what an upstream answered to the error that the port promises.

The message of the upstream goes along, shortened, since it is mostly the only clue. Keys never do, not even the
half-masked ones that some providers quote back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import orjson

from app.core.inference import (
    ProviderError,
    ProviderProtocolError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderTimeout,
    ProviderUnauthorised,
)
from app.infra.providers import wire

MAX_MESSAGE: Final = 300
_KEY_LIKE: Final = re.compile(r"\b(?:sk|pk|rk)-[\w*.\-]{6,}|\bAIza[\w*.\-]{6,}")
_SECONDS: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")

# Out of money is 429 at OpenAI and a wrong key is 400 at Gemini; both are the operator's to mend, not the client's.
_OPERATORS_CODES: Final = frozenset({"insufficient_quota", "billing_hard_limit_reached", "API_KEY_INVALID"})


@dataclass(frozen=True, slots=True)
class Problem:
    message: str = ""
    codes: frozenset[str] = frozenset()
    retry_after: float | None = None


def error_for(provider: str, status: int, problem: Problem, *, secret: str | None = None) -> ProviderError:
    """`status` is the HTTP status, or for an error inside a stream the one it stands for."""
    said = shorten(problem.message, secret)
    detail = f"{said} (HTTP {status})" if said else f"HTTP {status}"
    return _class_for(status, problem.codes)(provider, detail, status=status, retry_after=problem.retry_after)


def _class_for(status: int, codes: frozenset[str]) -> type[ProviderError]:
    if status in (401, 402, 403) or codes & _OPERATORS_CODES:
        return ProviderUnauthorised
    if status == 429:
        return ProviderRateLimited
    if status in (408, 504):
        return ProviderTimeout
    if status >= 500:
        return ProviderError
    return ProviderRejected if status >= 400 else ProviderProtocolError


def read_body(body: bytes, headers: Mapping[str, str], *, now: datetime) -> Problem:
    """The problem in the body of a refusal. Headers outrank the body for the time to wait."""
    try:
        problem = read_payload(orjson.loads(body))
    except orjson.JSONDecodeError:
        text = body.decode("utf-8", "replace").strip()
        problem = Problem("" if text.startswith("<") else text)  # a proxy's HTML page says nothing
    wait = _header_wait(headers, now=now)
    return Problem(problem.message, problem.codes, problem.retry_after if wait is None else wait)


def read_payload(payload: Any) -> Problem:
    """OpenAI, Anthropic and Gemini agree on `error.message`; compatible servers use `error` or `detail` as text."""
    if isinstance(payload, list):
        payload = payload[0] if payload else {}
    outer = wire.as_object(payload)
    error = outer.get("error", outer)
    if isinstance(error, str):
        return Problem(error)
    inner = wire.as_object(error)
    details = wire.as_objects(inner.get("details"))
    codes = [inner.get("code"), inner.get("type"), *(detail.get("reason") for detail in details)]
    return Problem(
        wire.as_text(inner.get("message")) or wire.as_text(inner.get("detail")),
        frozenset(code for code in codes if isinstance(code, str)),
        next((wait for detail in details if (wait := _delay(detail)) is not None), None),
    )


def _delay(detail: wire.Json) -> float | None:
    """Gemini tells the wait in the body only: `google.rpc.RetryInfo` with `retryDelay: "34s"`."""
    return _seconds(wire.as_text(detail.get("retryDelay")).removesuffix("s"))


def _header_wait(headers: Mapping[str, str], *, now: datetime) -> float | None:
    milliseconds = _seconds(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    return parse_retry_after(headers.get("Retry-After", ""), now=now)


def parse_retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds from `now`; both forms of RFC 9110 §10.2.3, None for anything else."""
    seconds = _seconds(value)
    if seconds is not None or not value.strip():
        return seconds
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def _seconds(value: str) -> float | None:
    return float(value) if _SECONDS.fullmatch(value := value.strip()) else None


def shorten(text: str, secret: str | None) -> str:
    """Keys out first, then cut: the other way round, half a key would survive at the cut."""
    if secret:
        text = text.replace(secret, "[key]")
    text = " ".join(_KEY_LIKE.sub("[key]", text).split())
    text = "".join(char for char in text if char.isprintable())
    return text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE - 1] + "…"
