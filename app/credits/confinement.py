"""What happens in a test workspace and what happens for real do not see each other."""

from app.core.errors import Forbidden
from app.core.principal import Environment, Principal


def environment_of(principal: Principal) -> Environment | None:
    """To what a key is confined: its workspace's side of the org. A person sees both."""
    return principal.environment if principal.kind == "api_key" else None


def side(principal: Principal, wanted: Environment | None) -> Environment:
    """The side that is meant: without a wish the principal's own. Raises `Forbidden` where a key asks for the other."""
    own = environment_of(principal)
    if own is not None and wanted not in (None, own):
        raise Forbidden(f"This key is of a {own} workspace.")
    return wanted or principal.environment
