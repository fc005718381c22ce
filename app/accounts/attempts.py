"""How often a password may be tried: by one network on one account, and on one account by all of them.

Two buckets, because one alone would let a stranger lock its owner out from a single machine. Neither is filled again
by a success: with a password of one's own one could go on trying those of others in between.
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
    return [
        (Scope.ACCOUNT, Demand(f"sign-in:{name}", BY_ALL)),
        (Scope.ACCOUNT, Demand(f"sign-in:{name}:{scopes.network(address)}", BY_NETWORK)),
    ]
