"""How often who is signed in may prove again who they are: a stolen session must not become a stolen account."""

from app.core.ids import UserId
from app.core.token_bucket import Demand, Quota
from app.limits.service import Limiter
from app.limits.types import Scope

QUOTA = Quota(10, seconds=600)


async def allow(limiter: Limiter | None, user_id: UserId) -> None:
    """Counts a try of a password or of a code; raises `RateLimited`."""
    if limiter is not None:
        await limiter.spend_from([(Scope.ACCOUNT, Demand(f"guesses:account:{user_id}", QUOTA))])
