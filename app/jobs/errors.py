"""What can go wrong with a job."""

from app.core.errors import Kind, LaunchKitError, NotFound


class JobNotFound(NotFound):
    code = "job_not_found"
    title = "There is no such job."


class UnknownKind(LaunchKitError):
    kind = Kind.NOT_FOUND
    code = "job_kind_unknown"
    title = "There is no such kind of job."


class LeaseLost(LaunchKitError):
    """The worker no longer holds the job: whatever it still writes would be someone else's."""

    kind = Kind.CONFLICT
    code = "lease_lost"
    title = "The job was taken from this worker."
