"""What can go wrong when usage is recorded."""

from app.core.errors import Kind, LaunchKitError


class UsageAlreadyRecorded(LaunchKitError):
    """The deduplication key is taken; the unit of work that would have counted it twice was rolled back."""

    kind = Kind.CONFLICT
    code = "usage_already_recorded"
    title = "This usage was recorded before."
