"""Tokens of models that a key may take in a minute: reserved by estimate before a call, corrected by what it used."""

from app.core.principal import Principal
from app.core.token_bucket import Buckets, Demand, Volume
from app.infra import telemetry
from app.limits.errors import BeyondTokenLimit, TokensRateLimited
from app.limits.service import Limiter
from app.limits.types import Allowance, Level, Scope

log = telemetry.logger(__name__)


class Reservation:
    """Of one call. It is corrected once, where it was taken; what cannot be corrected flows back within a minute."""

    __slots__ = ("_buckets", "_demand", "_is_open", "_limits", "_reserved", "level")

    def __init__(
        self, limits: "TokenLimits", demand: Demand, buckets: Buckets, reserved: int, level: Level
    ) -> None:
        self.level = level
        self._limits = limits
        self._demand = demand
        self._buckets = buckets
        self._reserved = reserved
        self._is_open = True

    async def settle(self, used: int) -> None:
        """`used` is 0 for a call that came to nothing. Never raises."""
        if not self._is_open:
            return
        self._is_open = False
        if used == self._reserved:
            return
        try:
            await self._buckets.correct(self._demand, tokens=used - self._reserved)
        except ConnectionError as error:
            log.warning("token_limits.not_corrected", bucket=self._demand.bucket, error=str(error))

    async def again(self) -> "Reservation":
        """As much, for the same call at another upstream. Raises `TokensRateLimited`, `LimitsUnavailable`."""
        return await self._limits.take(self._demand, self._reserved)


class TokenLimits:
    """One per process. Keys without a limit of their own cost nothing here."""

    def __init__(self, limiter: Limiter | None) -> None:
        self._limiter = limiter

    async def reserve(
        self, principal: Principal, *, input_tokens: int, output_tokens: int
    ) -> Reservation | None:
        """None where nothing is limited. Raises `BeyondTokenLimit`, `TokensRateLimited`, `LimitsUnavailable`."""
        demand = _demand(principal)
        if self._limiter is None or demand is None:
            return None
        wanted = max(1, input_tokens + output_tokens)
        if wanted > demand.quota.amount:
            raise BeyondTokenLimit(input_tokens, output_tokens, demand.quota.amount)
        return await self.take(demand, wanted)

    async def take(self, demand: Demand, wanted: int) -> Reservation:
        """Raises `TokensRateLimited`, `LimitsUnavailable`."""
        assert self._limiter is not None, "nothing is taken where nothing is limited"
        taken, buckets = await self._limiter.take([demand], cost=wanted)
        level = Level(Scope.API_KEY_TOKENS, demand.quota, taken.missing[0])
        if not taken.is_granted:
            telemetry.RATE_LIMITED.labels(level.scope).inc()
            raise TokensRateLimited(Allowance([level]), cost=wanted)
        return Reservation(self, demand, buckets, wanted, level)

    async def look(self, principal: Principal) -> Level | None:
        """What is left, spending nothing. Raises `LimitsUnavailable`."""
        demand = _demand(principal)
        if self._limiter is None or demand is None:
            return None
        taken, _ = await self._limiter.take([demand], cost=0)
        return Level(Scope.API_KEY_TOKENS, demand.quota, taken.missing[0])


def _demand(principal: Principal) -> Demand | None:
    if principal.tokens_per_minute is None:
        return None
    return Demand(f"{Scope.API_KEY_TOKENS}:{principal.id}", Volume(principal.tokens_per_minute))
