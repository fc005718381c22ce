"""Jobs as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any, Literal, NamedTuple
from uuid import UUID

import orjson

from app.core.errors import FieldError, InvalidInput
from app.core.ids import HoldId, JobId, OrgId, WorkspaceId
from app.core.inference import Usage
from app.core.money import ZERO
from app.core.principal import PrincipalKind
from app.core.text import holds_nul, storable
from app.idempotency import service as idempotency
from app.jobs.state import State

_MAX_CUSTOMER_ID = 255
_MAX_PROVIDER = 64
# As in an event of usage.
MAX_TOKENS = 10**10
_FURTHEST = timedelta(days=365)


class Priority(IntEnum):
    """Which of an org's own waiting jobs goes first; between orgs it says nothing."""

    LOW = 0
    NORMAL = 1
    HIGH = 2


class Tokens(NamedTuple):
    """What an input is expected to use: what goes into models, and what comes out of them, which has another price."""

    input: int
    output: int = 0

    @property
    def total(self) -> int:
        return self.input + self.output


@dataclass(frozen=True, slots=True)
class CreateJob:
    """A wish for a job. `input` is checked against the schema of its kind.

    It begins not before `run_at` (None: at once), and not at all from `expires_at` on.
    """

    kind: str
    input: Mapping[str, Any]
    customer_id: str | None = None
    idempotency_key: str | None = None
    run_at: datetime | None = None
    expires_at: datetime | None = None
    priority: Priority = Priority.NORMAL

    def validate(self, *, now: datetime) -> None:
        errors = idempotency.validate_key(self.idempotency_key)
        errors += self._faults_of_times(now)
        if self.customer_id is not None and not 1 <= len(self.customer_id) <= _MAX_CUSTOMER_ID:
            errors.append(FieldError("customer_id", "length", f"Use 1 to {_MAX_CUSTOMER_ID} characters."))
        if self.customer_id is not None and not self.customer_id.isprintable():
            errors.append(FieldError("customer_id", "characters", "Use printable characters, in UTF-8."))
        try:
            if holds_nul(orjson.dumps(dict(self.input))):
                errors.append(FieldError("input", "nul_character", "Leave NUL characters (\\u0000) out."))
        except TypeError:
            mend = "Nest at most 250 levels, and write numbers beyond 64 bits as text."
            errors.append(FieldError("input", "not_storable", mend))
        if errors:
            raise InvalidInput(errors)

    def _faults_of_times(self, now: datetime) -> list[FieldError]:
        errors = [
            FieldError(name, "naive_time", "Add the time zone, for example a final Z.")
            for name, at in (("run_at", self.run_at), ("expires_at", self.expires_at))
            if at is not None and at.tzinfo is None
        ]
        if errors:
            return errors
        if self.run_at is not None and self.run_at > now + _FURTHEST:
            errors.append(FieldError("run_at", "out_of_range", "Use a time within a year."))
        if self.expires_at is not None:
            if self.expires_at <= max(now, self.run_at or now):
                errors.append(FieldError("expires_at", "out_of_range", "Use a time to come, after `run_at`."))
            elif self.expires_at > now + 2 * _FURTHEST:
                errors.append(FieldError("expires_at", "out_of_range", "Use a time within two years."))
        return errors


@dataclass(frozen=True, slots=True)
class JobError:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its owner sees it. `seq` grows with every change; `progress` is in percent.

    `cost_usd` is None while a model it used has no known price. `estimated_credits` is what it should burn,
    None where that was not known; `hold_id` names the credit that is held for it. `purged_at` is when input and
    result were deleted. `retry_of` is the job that it tries again, `retried_by` the one that is tried in its place.
    """

    id: JobId
    org_id: OrgId
    workspace_id: WorkspaceId
    kind: str
    state: State
    seq: int
    attempt: int
    progress: int
    input: Mapping[str, Any]
    estimated_tokens: int
    created_by_kind: PrincipalKind
    created_by_id: UUID
    created_at: datetime
    run_at: datetime
    queued_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    customer_id: str | None = None
    result: Mapping[str, Any] | None = None
    error: JobError | None = None
    provider: str | None = None
    model: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    credits: Decimal = ZERO
    cost_usd: Decimal | None = ZERO
    priority: Priority = Priority.NORMAL
    expires_at: datetime | None = None
    cancel_deadline: datetime | None = None
    estimated_credits: Decimal | None = None
    hold_id: HoldId | None = None
    retry_of: JobId | None = None
    retried_by: JobId | None = None
    purged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs of an org; what is None does not matter. `is_dead`: failed for good, and not tried again since."""

    state: State | None = None
    kind: str | None = None
    customer_id: str | None = None
    is_dead: bool = False


@dataclass(frozen=True, slots=True)
class CreatedJob:
    job: Job
    is_replay: bool


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call that a handler made: what is metered when the job completes.

    Raises `ValueError` where it could not be: no bill can be written with such a call, whoever writes it.
    """

    provider: str
    model: str
    usage: Usage

    def __post_init__(self) -> None:
        if not 1 <= len(self.provider) <= _MAX_PROVIDER or storable(self.provider) != self.provider:
            raise ValueError(
                f"A provider is named by 1 to {_MAX_PROVIDER} characters, not {self.provider!r}."
            )
        usage = self.usage
        counts = (
            usage.input_tokens,
            usage.output_tokens,
            usage.cached_input_tokens,
            usage.cache_write_tokens,
            usage.reasoning_tokens,
        )
        if not all(0 <= count <= MAX_TOKENS for count in counts):
            raise ValueError(f"Tokens of a call are 0 to {MAX_TOKENS}: {usage!r} is none.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler leaves: the result as JSON and the model calls behind it."""

    result: Mapping[str, Any]
    calls: Sequence[ModelCall] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What one input of a batch has come to, the `index`-th: a result, or why there is none. Kept once.

    `calls` are what it took: they belong to the job's bill whichever attempt saved them.
    """

    index: int
    result: Mapping[str, Any] | None = None
    error: JobError | None = None
    calls: Sequence[ModelCall] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class JobItem:
    """What one input of a batch came to, as its owner sees it."""

    index: int
    state: State
    result: Mapping[str, Any] | None
    error: JobError | None
    input_tokens: int
    output_tokens: int
    at: datetime


@dataclass(frozen=True, slots=True)
class JobEvent:
    """One step of a job: a new state, or progress with the text that came with it.

    `output_offset` is where `output_delta` belongs in the output of `attempt`, in characters.
    """

    seq: int
    kind: Literal["state", "progress"]
    state: State
    attempt: int
    progress: int
    output_offset: int
    output_delta: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JobUpdate:
    """What a subscriber is sent: the job as it is now, and the text that is new since the last update.

    `resynced`: steps between this and the update before were not sent one by one; `output` then holds the
    whole text so far, from offset 0. `is_withheld`: the org's plan sends no text while it is written.
    """

    job: Job
    output: str
    output_offset: int
    resynced: bool
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class JobsUpdate:
    """States that jobs of an org came to, in order, up to the place `seq`; or, as a snapshot, the newest jobs.

    `resynced`: what happened before was not told one by one. Inputs and results are left out.
    """

    seq: int
    jobs: Sequence[Job]
    is_snapshot: bool = False
    resynced: bool = False
