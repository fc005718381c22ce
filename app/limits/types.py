"""Who calls, and what is left to them, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core import token_bucket
from app.core.principal import Principal
from app.core.token_bucket import Quota


class Scope(StrEnum):
    """What a limit is about; also its name in the `RateLimit` fields."""

    ORG = "org"
    API_KEY = "api_key"
    USER = "user"
    ACCOUNT = "account"
    IP = "ip"
    ANONYMOUS = "anonymous"
    # Of models, not requests.
    API_KEY_TOKENS = "api_key_tokens"


@dataclass(frozen=True, slots=True)
class Caller:
    """`principal` is None where there is no valid credential."""

    principal: Principal | None
    address: str


@dataclass(frozen=True, slots=True)
class Level:
    """How full one bucket is: it lacks `missing` microseconds of flow."""

    scope: Scope
    quota: Quota
    missing: int

    @property
    def remaining(self) -> int:
        return token_bucket.remaining(self.quota, self.missing)

    @property
    def reset_seconds(self) -> int:
        """Until the bucket is full, rounded up."""
        return token_bucket.seconds_until_full(self.missing)

    def seconds_until(self, cost: int) -> float:
        return token_bucket.seconds_until(self.quota, self.missing, cost=cost)


@dataclass(frozen=True, slots=True)
class Allowance:
    """All buckets of one request, widest owner first."""

    levels: Sequence[Level]

    @property
    def tightest(self) -> Level:
        """The one that will refuse first."""
        return min(self.levels, key=lambda level: level.remaining)
