"""`/v1/rate-limit`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.core.principal import Principal
from app.limits.types import Allowance, Scope
from app.rest.operation import Operation
from app.web.body import json_response
from app.web.rate_limit import ALLOWANCE


@dataclass(frozen=True, slots=True)
class LevelView:
    scope: Scope
    limit: Annotated[int, Field(description="Requests in a window, and at once")]
    window_seconds: int
    remaining: Annotated[int, Field(ge=0, description="Requests that are possible now")]
    reset_seconds: Annotated[int, Field(ge=0, description="Until all of them are, if none is made")]


@dataclass(frozen=True, slots=True)
class RateLimitView:
    """The figures beside `levels` are those of the tightest; null where nothing is limited."""

    enabled: bool
    limit: int | None
    remaining: int | None
    reset_seconds: int | None
    levels: list[LevelView]


def view(allowance: Allowance | None) -> RateLimitView:
    if allowance is None:
        return RateLimitView(enabled=False, limit=None, remaining=None, reset_seconds=None, levels=[])
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
    return RateLimitView(True, tightest.quota.amount, tightest.remaining, tightest.reset_seconds, levels)


async def get(request: web.Request, _principal: Principal) -> web.Response:
    return json_response(view(request.get(ALLOWANCE)))


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
