"""What can go wrong with an API key. Why one does not verify is told apart in logs, not by the client."""

from app.core.errors import Forbidden, Kind, LaunchKitError, NotFound, Unauthenticated
from app.limits.errors import PlanLimitReached


class KeyInvalid(Unauthenticated):
    code = "api_key_invalid"
    title = "The API key is not valid."


class KeyNotFound(NotFound):
    code = "api_key_not_found"
    title = "There is no such API key."


class KeyLimitReached(PlanLimitReached):
    code = "api_key_limit_reached"
    title = "The plan allows no more API keys."

    def __init__(self, plan: str, limit: int) -> None:
        keys = "1 API key" if limit == 1 else f"{limit} API keys"
        super().__init__(f"The plan {plan} allows {keys}: revoke one, rotate one, or change the plan.")


class BeyondOwn(Forbidden):
    """Rotating a key shows its successor's text: nobody is shown more than they hold."""

    code = "api_key_beyond_own"
    title = "The API key may do more than you."


class KeyRevoked(LaunchKitError):
    kind = Kind.CONFLICT
    code = "api_key_revoked"
    title = "The API key was revoked; create another."


class KeyExpired(LaunchKitError):
    kind = Kind.CONFLICT
    code = "api_key_expired"
    title = "The API key has expired; create another."


class KeyReplaced(LaunchKitError):
    kind = Kind.CONFLICT
    code = "api_key_replaced"
    title = "The API key was rotated before; rotate its successor."
