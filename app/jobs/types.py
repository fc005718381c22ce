"""Jobs as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import orjson

from app.core.errors import FieldError, InvalidInput
from app.core.ids import JobId, OrgId, WorkspaceId
from app.core.inference import Usage
from app.core.money import ZERO
from app.core.principal import PrincipalKind
from app.core.text import holds_nul
from app.idempotency import service as idempotency
from app.jobs.state import State

_MAX_CUSTOMER_ID = 255


@dataclass(frozen=True, slots=True)
class CreateJob:
    """A wish for a job. `input` is checked against the schema of its kind."""

    kind: str
    input: Mapping[str, Any]
    customer_id: str | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = idempotency.validate_key(self.idempotency_key)
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


@dataclass(frozen=True, slots=True)
class JobError:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its owner sees it. `seq` grows with every change; `progress` is in percent.

    `cost_usd` is None while a model it used has no known price.
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


@dataclass(frozen=True, slots=True)
class CreatedJob:
    job: Job
    is_replay: bool


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call that a handler made: what is metered when the job completes."""

    provider: str
    model: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler leaves: the result as JSON and the model calls behind it."""

    result: Mapping[str, Any]
    calls: Sequence[ModelCall] = field(default_factory=tuple)


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
