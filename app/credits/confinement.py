"""What happens in a test workspace and what happens for real do not see each other."""

from app.core.principal import Environment, Principal


def environment_of(principal: Principal) -> Environment | None:
    """To what a key is confined: its workspace's side of the org. A person sees both."""
    return principal.environment if principal.kind == "api_key" else None
