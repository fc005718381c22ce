"""`/v1/rate-limit`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.core.principal import Principal
from app.limits.types import Allowance, Level, Scope
from app.rest.operation import Operation
from app.web.body import json_response
from app.web.rate_limit import ALLOWANCE
from app.web.services import SERVICES


@dataclass(frozen=True, slots=True)
class LevelView:
    scope: Scope
    limit: Annotated[int, Field(description="Requests in a window, and at once")]
    window_seconds: int
    remaining: Annotated[int, Field(ge=0, description="Requests that are possible now")]
    reset_seconds: Annotated[int, Field(ge=0, description="Until all of them are, if none is made")]


@dataclass(frozen=True, slots=True)
class TokensView:
    limit: Annotated[int, Field(description="Tokens of models in a window, through the gateway")]
    window_seconds: int
    remaining: Annotated[int, Field(ge=0, description="Tokens that are possible now")]
    reset_seconds: Annotated[int, Field(ge=0, description="Until all of them are, if none is taken")]


@dataclass(frozen=True, slots=True)
class RateLimitView:
    """The figures beside `levels` and `tokens` are those of the tightest; null where nothing is limited."""

    enabled: bool
    limit: int | None
    remaining: int | None
    reset_seconds: int | None
    levels: list[LevelView]
    tokens: Annotated[
        TokensView | None, Field(description="Of the API key that asks; null where they are not limited")
    ]


def view(allowance: Allowance | None, tokens: Level | None = None) -> RateLimitView:
    if allowance is None:
        return RateLimitView(
            enabled=False, limit=None, remaining=None, reset_seconds=None, levels=[], tokens=None
        )
    levels = [
        LevelView(
            scope=level.scope,
            limit=level.quota.amount,
            window_seconds=level.quota.seconds,
            remaining=level.remaining,
            reset_seconds=level.reset_seconds,
        )
        for level in allowance.levels
    ]
    tightest = allowance.tightest
    return RateLimitView(
        True, tightest.quota.amount, tightest.remaining, tightest.reset_seconds, levels, _tokens(tokens)
    )


def _tokens(level: Level | None) -> TokensView | None:
    if level is None:
        return None
    return TokensView(level.quota.amount, level.quota.seconds, level.remaining, level.reset_seconds)


async def get(request: web.Request, principal: Principal) -> web.Response:
    tokens = await request.app[SERVICES].token_limits.look(principal)
    return json_response(view(request.get(ALLOWANCE), tokens))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/rate-limit",
            "get_rate_limit",
            "How many requests are left to you. Asking is not counted.",
            None,
            get,
            {200: ("What is left", RateLimitView)},
            tag="Rate limit",
            cost=0,
        )
    ]
