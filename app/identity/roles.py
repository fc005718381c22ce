"""Who may give or take which role: nobody one that has permissions which they lack themselves."""

from app.core.principal import ROLE_PERMISSIONS, Access, Role
from app.identity.errors import RoleBeyondYours


def require_within(access: Access, *roles: Role) -> None:
    """Of a key it is the scopes that count. Raises `RoleBeyondYours`."""
    own = access.principal.orgs[access.org_id]
    if any(not ROLE_PERMISSIONS[role] <= own for role in roles):
        raise RoleBeyondYours
