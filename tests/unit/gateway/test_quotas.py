"""Header fields of what is left to a key."""

from datetime import UTC, datetime

import pytest

from app.core.token_bucket import Volume
from app.gateway.types import Dialect
from app.limits.types import Level, Scope
from app.rest.gateway import quotas

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def told(missing: int, dialect: Dialect = Dialect.OPENAI) -> dict[str, str]:
    level = Level(Scope.API_KEY_TOKENS, Volume(6_000), missing)
    return dict(quotas.headers(level, dialect, now=NOW))


class TestHeaders:
    @pytest.mark.parametrize(
        ("missing", "text"),
        [(0, "0ms"), (1, "1ms"), (819_001, "820ms"), (12_500_000, "12.5s"), (63_000_000, "1m3s")],
    )
    def test_say_when_all_is_there_as_openai_does(self, missing: int, text: str) -> None:
        assert told(missing)["x-ratelimit-reset-tokens"] == text

    def test_say_it_as_anthropic_does_on_its_routes(self) -> None:
        assert told(30_000_000, Dialect.ANTHROPIC) == {
            "x-ratelimit-limit-tokens": "6000",
            "x-ratelimit-remaining-tokens": "3000",
            "x-ratelimit-reset-tokens": "30s",
            "anthropic-ratelimit-tokens-limit": "6000",
            "anthropic-ratelimit-tokens-remaining": "3000",
            "anthropic-ratelimit-tokens-reset": "2026-11-20T12:00:30Z",
        }

    def test_take_the_place_of_an_upstreams_however_it_writes_them(self) -> None:
        level = Level(Scope.API_KEY_TOKENS, Volume(6_000), 0)
        passed = {
            "X-RateLimit-Limit-Tokens": "30000000",
            "x-ratelimit-limit-requests": "500",
            "Retry-After": "1",
        }
        found = quotas.with_own(passed, level, Dialect.OPENAI, now=NOW)
        assert sorted(name.lower() for name in found) == [
            "retry-after",
            "x-ratelimit-limit-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-tokens",
        ]
        assert found["x-ratelimit-limit-tokens"] == "6000"
        assert quotas.with_own(passed, None, Dialect.OPENAI, now=NOW) == passed

    def test_say_nothing_of_what_is_not_limited(self) -> None:
        assert quotas.headers(None, Dialect.OPENAI, now=NOW) == {}
