"""Answers that are kept for requests that are the same to the byte that matters: one org's, in one environment.

The same are requests for the same operation and model with the same JSON, in whatever order its members stand, and the
same versions and betas of the API. Streams are kept as they were streamed. Answers may be lost at any moment, and are
kept only where somebody said so.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

import orjson

from app.core.errors import FieldError, InvalidInput
from app.core.inference import Usage, UsageSource
from app.core.principal import Access
from app.gateway.protocols.operation import Operation
from app.gateway.routing.policy import MAX_CACHE_SECONDS, Policy
from app.gateway.types import Ask, Dialect, Target, Upstream
from app.infra import telemetry
from app.infra.kept import Kept

log = telemetry.logger(__name__)

MOST_PER_ORG: Final = 2_000
LARGEST: Final = 256 * 1024
HEADER: Final = "X-LK-Cache"
_DEFAULT_SECONDS: Final = 3_600


@dataclass(frozen=True, slots=True)
class Wish:
    """That the answer may be a kept one, and that a new one is kept for so long. `percent` of the price is burned."""

    key: str
    seconds: int
    percent: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """`usage` is what the answer took when it was made."""

    target: Target
    usage: Usage
    content_type: str
    body: bytes


def wish(
    policy: Policy | None,
    said: str | None,
    operation: Operation,
    ask: Ask,
    deciding: Sequence[tuple[str, str]] = (),
) -> Wish | None:
    """What the request says (`on`, `off`, or seconds) stands before what the policy does; `deciding` are headers by
    which an answer would be another. Raises `InvalidInput`.
    """
    seconds = _seconds(policy, said)
    key = None if seconds is None else _key(operation, ask, deciding)
    if seconds is None or key is None:
        return None
    return Wish(key, seconds, 0 if policy is None else policy.cached_percent)


def _seconds(policy: Policy | None, said: str | None) -> int | None:
    of_policy = None if policy is None else policy.cache_seconds
    match None if said is None else said.strip().lower():
        case None:
            return of_policy
        case "off":
            return None
        case "on":
            return of_policy or _DEFAULT_SECONDS
        case digits if re.fullmatch("[0-9]{1,9}", digits) and 1 <= int(digits) <= MAX_CACHE_SECONDS:
            return int(digits)
        case _:
            mend = f"Say on, off, or a number of seconds up to {MAX_CACHE_SECONDS:,}."
            raise InvalidInput([FieldError(HEADER, "pattern", mend)])


def _key(operation: Operation, ask: Ask, deciding: Sequence[tuple[str, str]]) -> str | None:
    """None for a document that can be read, and is nested too deeply to be written: it is asked like any other."""
    path = operation.path(ask, ask.model)
    whole = [operation.name, path, ask.model, ask.has_usage_added, deciding, ask.document]
    try:
        return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()
    except orjson.JSONEncodeError:
        return None


class AnswerCache:
    """One per process. Where Redis is away nothing is found, and nothing is kept."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    async def find(self, access: Access, wanted: Wish) -> KeptAnswer | None:
        try:
            found = await self._kept.get(_topic(access), wanted.key)
        except ConnectionError as error:
            log.warning("gateway.cache_not_read", error=str(error))
            return None
        return None if found is None else _read(found)

    async def keep(self, access: Access, wanted: Wish, answer: KeptAnswer, *, now: datetime) -> None:
        """Unless it is too large."""
        if len(answer.body) > LARGEST:
            return
        document = _document(answer)
        try:
            await self._kept.put(
                _topic(access), wanted.key, document, seconds=wanted.seconds, now=now.timestamp()
            )
        except ConnectionError as error:
            log.warning("gateway.cache_not_written", error=str(error))


def _topic(access: Access) -> str:
    return f"{access.org_id}:{access.principal.environment}"


def _document(answer: KeptAnswer) -> bytes:
    """A line of facts, and the body."""
    upstream = answer.target.upstream
    facts = {
        "upstream": [upstream.name, upstream.dialect.value, upstream.provider],
        "model": answer.target.model,
        "usage": asdict(answer.usage),
        "content_type": answer.content_type,
    }
    return orjson.dumps(facts) + b"\n" + answer.body


def _read(kept: bytes) -> KeptAnswer:
    head, _, body = kept.partition(b"\n")
    facts: dict[str, Any] = orjson.loads(head)
    name, dialect, provider = facts["upstream"]
    target = Target(Upstream(name, Dialect(dialect), "", provider), facts["model"])
    usage = replace(Usage(**facts["usage"]), source=UsageSource.CACHED)
    return KeptAnswer(target, usage, facts["content_type"], body)
