"""What can go wrong with an idempotency key."""

from app.core.errors import Kind, LaunchKitError


class KeyReused(LaunchKitError):
    kind = Kind.INVALID
    code = "idempotency_key_reused"
    title = "This Idempotency-Key was used with another request; use a new key for a new request."


class RequestInProgress(LaunchKitError):
    kind = Kind.CONFLICT
    code = "idempotency_in_progress"
    title = "A request with this Idempotency-Key is still running; repeat it in a moment."


class AlreadyClaimed(LaunchKitError):
    """The claim lost: the answer is stored. Never reaches a client; `service.once` turns it into a replay."""

    kind = Kind.CONFLICT
    code = "idempotency_replay"
    title = "This request was already answered."
