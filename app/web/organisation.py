"""Which org a request is about where the address does not say."""

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Principal


def sole_org(principal: Principal) -> OrgId:
    """The one org that the principal belongs to: always so for an API key."""
    if len(principal.orgs) != 1:
        mend = (
            "You belong to several orgs (or none): use an API key of the one you mean, or GraphQL's `orgId`."
        )
        raise InvalidInput([FieldError("org", "ambiguous_org", mend)])
    return next(iter(principal.orgs))
