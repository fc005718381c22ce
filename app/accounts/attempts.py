"""How often a password may be tried: by one network on one account, on one account by all, and by one network on all.

The first beside the second, because the second alone would let a stranger lock its owner out from a single machine.
The third, because one request may try sixteen accounts. None is filled again by a success: with a password of one's
own one could go on trying those of others in between.
"""

from collections.abc import Sequence

from app.accounts.errors import TooManyAttempts
from app.core.token_bucket import Demand, Quota
from app.infra import hashing
from app.limits import scopes
from app.limits.errors import RateLimited
from app.limits.service import Limiter
from app.limits.types import Scope

BY_NETWORK = Quota(10, seconds=15 * 60)
BY_ALL = Quota(100, seconds=3600)
# An office behind one address signs in in the morning.
ON_ALL = Quota(200, seconds=15 * 60)


async def spend(limiter: Limiter | None, wanted: Sequence[tuple[Scope, Demand]]) -> None:
    """Raises `TooManyAttempts`: unlike the limits of requests, one that a form has to show."""
    if limiter is None:
        return
    try:
        await limiter.spend_from(wanted)
    except RateLimited as refusal:
        raise TooManyAttempts(refusal.retry_after or 0) from refusal


def of(key: bytes, email: str, address: str) -> Sequence[tuple[Scope, Demand]]:
    """The same whether or not anybody has the address."""
    # A keyed digest: Redis has no need to know who signs in.
    name = hashing.keyed_digest(key, email.casefold()).hex()[:32]
    network = scopes.network(address)
    return [
        (Scope.IP, Demand(f"sign-in:ip:{network}", ON_ALL)),
        (Scope.ACCOUNT, Demand(f"sign-in:{name}", BY_ALL)),
        (Scope.ACCOUNT, Demand(f"sign-in:{name}:{network}", BY_NETWORK)),
    ]
