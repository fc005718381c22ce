"""Who may act on an account: its person, signed in. A key has none."""

from app.core.errors import Forbidden
from app.core.ids import UserId
from app.core.principal import Principal


def user_of(principal: Principal) -> UserId:
    """Raises `Forbidden` for a key."""
    if principal.kind != "user":
        raise Forbidden("Only a person who signed in has an account; an API key has none.")
    return UserId(principal.id)
