"""What can go wrong when usage is rated again."""

from app.core.errors import Kind, LaunchKitError


class ReratingNotFound(LaunchKitError):
    kind = Kind.NOT_FOUND
    code = "rerating_not_found"
    title = "There is no such re-rating, or it is not yours."


class ReceiptNotFound(LaunchKitError):
    kind = Kind.NOT_FOUND
    code = "usage_event_not_found"
    title = "There is no such usage event, or it is not yours."
