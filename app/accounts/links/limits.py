"""How many mails may be asked for."""

import hashlib
from collections.abc import Sequence

from app.core.token_bucket import Demand, Quota
from app.limits import scopes
from app.limits.types import Scope

# Enough for who waits impatiently, too little to fill somebody's inbox.
PER_ACCOUNT = Quota(5, seconds=3600)
# An office behind one address forgets more passwords than a person.
PER_ADDRESS = Quota(30, seconds=3600)


def of_mails(account: str, address: str) -> Sequence[tuple[Scope, Demand]]:
    """`account` is the e-mail address that was named, whether or not anybody has it, or a user's id."""
    # A digest: Redis has no need to know who forgot a password.
    name = hashlib.sha256(account.lower().encode("utf-8", "replace")).hexdigest()[:32]
    return [
        (Scope.ACCOUNT, Demand(f"mails:account:{name}", PER_ACCOUNT)),
        (Scope.IP, Demand(f"mails:ip:{scopes.network(address)}", PER_ADDRESS)),
    ]
