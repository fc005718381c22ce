"""Rows of the job tables turned into values."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson

from app.core.ids import HoldId, JobId, OrgId, WorkspaceId
from app.core.inference import Usage, UsageSource
from app.core.text import storable, without_nul
from app.infra.db import Row
from app.jobs.errors import ResultTooLarge
from app.jobs.state import State
from app.jobs.types import Job, JobError, JobEvent, JobItem, ModelCall, Priority

# What a provider calls its model is its own affair, but must not keep a paid call from being booked.
_MODEL_LENGTH = 128
# Whoever reads a job, or follows it, is sent its result whole.
_RESULT_BYTES = 8 * 1024 * 1024
# Every column of `Job`, for SELECT and RETURNING.
COLUMNS = (
    "id, org_id, workspace_id, kind, state, seq, attempt, progress, input, estimated_tokens, created_by_kind, "
    "created_by_id, created_at, run_at, queued_at, started_at, finished_at, customer_id, result, error_code, "
    "error_message, provider, model, input_tokens, output_tokens, credits, cost_usd, priority, expires_at, "
    "cancel_deadline, estimated_credits, hold_id, retry_of, retried_by, purged_at"
)
# The same for who watches: the input, which may be megabytes, never changes.
LIVE_COLUMNS = COLUMNS.replace("input, estimated", "NULL AS input, estimated")
# The same for lists: inputs and results may be megabytes each.
LIST_COLUMNS = LIVE_COLUMNS.replace("result,", "NULL AS result,")


def result_text(result: Mapping[str, Any]) -> str:
    """As it is kept. Raises `ResultTooLarge`, and what orjson raises for what is no JSON."""
    encoded = orjson.dumps(dict(result))
    if len(encoded) > _RESULT_BYTES:
        raise ResultTooLarge
    return without_nul(encoded.decode())


def job(row: Row) -> Job:
    error = None
    if row["error_code"] is not None:
        error = JobError(row["error_code"], row["error_message"] or "")
    return Job(
        id=JobId(row["id"]),
        org_id=OrgId(row["org_id"]),
        workspace_id=WorkspaceId(row["workspace_id"]),
        kind=row["kind"],
        state=State(row["state"]),
        seq=row["seq"],
        attempt=row["attempt"],
        progress=row["progress"],
        input=_json(row["input"]) or {},
        estimated_tokens=row["estimated_tokens"],
        created_by_kind=row["created_by_kind"],
        created_by_id=row["created_by_id"],
        created_at=row["created_at"],
        run_at=row["run_at"],
        queued_at=row["queued_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        customer_id=row["customer_id"],
        result=_json(row["result"]),
        error=error,
        provider=row["provider"],
        model=row["model"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        credits=Decimal(row["credits"]),
        cost_usd=row["cost_usd"],
        priority=Priority(row["priority"]),
        expires_at=row["expires_at"],
        cancel_deadline=row["cancel_deadline"],
        estimated_credits=row["estimated_credits"],
        hold_id=row["hold_id"] and HoldId(row["hold_id"]),
        retry_of=row["retry_of"] and JobId(row["retry_of"]),
        retried_by=row["retried_by"] and JobId(row["retried_by"]),
        purged_at=row["purged_at"],
    )


def event(row: Row) -> JobEvent:
    return JobEvent(
        seq=row["seq"],
        kind=row["kind"],
        state=State(row["state"]),
        attempt=row["attempt"],
        progress=row["progress"],
        output_offset=row["output_offset"],
        output_delta=row["output_delta"],
        at=row["at"],
    )


def item(row: Row) -> JobItem:
    error = None
    if row["error_code"] is not None:
        error = JobError(row["error_code"], row["error_message"] or "")
    return JobItem(
        index=row["index"],
        state=State(row["state"]),
        result=_json(row["result"]),
        error=error,
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        at=row["at"],
    )


def _json(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


def calls_text(calls: Sequence[ModelCall]) -> str:
    """As `calls` reads them."""
    return orjson.dumps([[call.provider, kept_model(call.model), call.usage] for call in calls]).decode()


def kept_model(model: str) -> str:
    return storable(model)[:_MODEL_LENGTH]


def calls(text: str) -> list[ModelCall]:
    """As they were saved."""
    return [
        ModelCall(provider, model, Usage(**{**usage, "source": UsageSource(usage["source"])}))
        for provider, model, usage in orjson.loads(text)
    ]
