"""What a handler's own exception means: for whoever asked for the job, and for another attempt."""

import contextlib
from dataclasses import dataclass

from app.core import ids
from app.core.errors import Kind, LaunchKitError
from app.core.ids import JobId
from app.core.inference import ProviderError
from app.core.text import storable
from app.infra import telemetry
from app.jobs.types import JobError

log = telemetry.logger(__name__)

CRASH = JobError("internal_error", "The job failed for a reason that was logged.")
# A sentence travels with every event of its job: a provider's page of HTML does not.
_MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Failure:
    """Whether another attempt may help, and how many seconds it should wait at least."""

    error: JobError
    is_retryable: bool
    retry_after: float | None = None


def judge(error: BaseException | None, *, job_id: JobId) -> Failure:
    """Expected errors keep their code and say themselves whether they pass; all else is masked, logged and retried."""
    if isinstance(error, LaunchKitError):
        # One that an application wrote may lack its code, or fail to say its sentence.
        with contextlib.suppress(Exception):
            return _expected(error)
    log.error("job.handler_crashed", job_id=ids.encode("job", job_id), exc_info=error)
    return Failure(CRASH, is_retryable=True)


def _expected(error: LaunchKitError) -> Failure:
    is_passing = error.retryable if isinstance(error, ProviderError) else error.kind is Kind.UNAVAILABLE
    return Failure(told(error), is_passing, error.retry_after)


def told(error: LaunchKitError) -> JobError:
    """As its owner reads it. What a provider or a handler wrote into it may be anything."""
    return JobError(error.code, storable(str(error))[:_MOST_CHARACTERS])
