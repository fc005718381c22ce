"""Calls of models as values: what is asked, where it may go, what became of it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core.errors import FieldError, InvalidInput
from app.core.inference import Usage
from app.core.upstreams import Patience
from app.credits.types import check_ref
from app.gateway.routing.policy import Policy, WhenClientLeaves

MAX_MODEL_LENGTH = 128
# More than any model takes or makes; a request may say any number.
MAX_TOKENS = 10_000_000
MAX_COUNT = 10**10


class Dialect(StrEnum):
    """Whose format requests, answers and errors have."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    GOOGLE = "google"


class Outcome(StrEnum):
    """How a call ended. What the upstream refused cost nothing; all else is metered."""

    OK = "ok"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    NO_ANSWER = "no_answer"
    TRUNCATED = "truncated"
    CLIENT_LEFT = "client_left"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as the client sent it. `input_tokens` is an estimate, `output_tokens` the most that it allows.

    `has_usage_added` where the stream is made to tell its usage though the client did not ask for it; `plain` is then
    the request without that, where the client said nothing of it at all. `is_open` where it does not say how long an
    answer may be: then `output_tokens` are those of a model of which nothing is known. `is_array` where its stream is
    the pieces of one JSON document. `pictures` are those of which some models make more than the estimate.
    """

    operation: str
    model: str
    is_stream: bool
    body: bytes
    document: Mapping[str, Any]
    input_tokens: int
    output_tokens: int
    has_usage_added: bool = False
    plain: "Ask | None" = None
    answers: int = 1
    is_open: bool = False
    is_array: bool = False
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom the usage is counted for, in the org's own words."""

    customer: str | None = None
    user: str | None = None
    feature: str | None = None

    def validate(self) -> None:
        errors: list[FieldError] = [
            *check_ref(self.customer, name="X-LK-Customer-Id"),
            *check_ref(self.user, name="X-LK-User-Id"),
            *check_ref(self.feature, name="X-LK-Feature-Id"),
        ]
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Upstream:
    """`provider` is whose prices count. `is_own`: an org's, whose address somebody typed. `takes_virtual_keys`: it is
    asked with a key of the caller's own (`app.gateway.mirror`).
    """

    name: str
    dialect: Dialect
    base_url: str
    provider: str
    secret: str | None = field(default=None, repr=False)
    is_own: bool = False
    takes_virtual_keys: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One place to send a call to, and the model's name there."""

    upstream: Upstream
    model: str

    @property
    def name(self) -> str:
        return f"{self.upstream.name}/{self.model}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Targets in the order in which they are tried, each before the first byte of an answer only.

    Every attempt that an upstream may have charged for is accounted before the next one. `asked` is where a call would
    have gone, or whose price savings are told against; None where the org has no policy for it.
    """

    targets: Sequence[Target]
    policy: Policy | None = None
    asked: Target | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """`lease` is for how long a call is not given up whose process says nothing. `drain_seconds` and `drain_bytes`
    bound what is read of an answer whose client has left.
    """

    lease: timedelta = timedelta(seconds=90)
    grace: timedelta = timedelta(seconds=30)
    patience: Patience = field(default_factory=Patience)
    retries: int = 1
    longest_retry_wait: float = 5.0
    default_output_tokens: int = 4_096
    when_client_leaves: WhenClientLeaves = WhenClientLeaves.DRAIN
    drain_seconds: float = 300.0
    drain_bytes: int = 64 * 1024 * 1024


class Steps:
    """What one call went through, each step with how long it took. The observer of a call: one per request."""

    __slots__ = ("_last", "started_at", "taken")

    def __init__(self, now: datetime) -> None:
        self.started_at = now
        self._last = time.perf_counter()
        self.taken: list[tuple[str, float, str | None]] = []

    def mark(self, name: str, target: str | None = None) -> None:
        """Ends the step `name`, which began with the end of the one before; `target` where it was about one."""
        now = time.perf_counter()
        self.taken.append((name, now - self._last, target))
        self._last = now


@dataclass(frozen=True, slots=True)
class Metered:
    """What a call used, and how it ended; `usage` is None where there is nothing to meter."""

    outcome: Outcome
    usage: Usage | None
    status: int | None = None
    attempts: int = 1
    latency_ms: int | None = None
