"""What can go wrong with a job."""

from app.core.errors import InvalidInput, Kind, LaunchKitError, NotFound


class JobNotFound(NotFound):
    code = "job_not_found"
    title = "There is no such job."


class InputRefused(InvalidInput):
    """By the kind, which says what its input looks like."""

    is_of_free_input = True


class UnknownKind(LaunchKitError):
    kind = Kind.NOT_FOUND
    code = "job_kind_unknown"
    title = "There is no such kind of job."


class LeaseLost(LaunchKitError):
    """The worker no longer holds the job: whatever it still writes would be someone else's."""

    kind = Kind.CONFLICT
    code = "lease_lost"
    title = "The job was taken from this worker."


class JobEnded(LaunchKitError):
    kind = Kind.CONFLICT
    code = "job_ended"
    title = "The job has ended already."


class JobNotRetriable(LaunchKitError):
    kind = Kind.CONFLICT
    code = "job_not_retriable"
    title = "This job cannot be retried: only jobs that failed or expired can."


class JobPurged(LaunchKitError):
    kind = Kind.CONFLICT
    code = "job_purged"
    title = "The job's input is not kept any more; make a new job."


class ResultTooLarge(LaunchKitError):
    kind = Kind.INVALID
    code = "result_too_large"
    title = "The result is larger than 8 MiB of JSON: keep it elsewhere and return its address."
