"""How long it takes to rate an event, against the price list's own calculation. Prints microseconds of CPU and ratios.

Run: python -m bench.rating
"""

import time
import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import genai_prices

from app.core.inference import Usage
from app.metering.types import EventType, Metered
from app.pricing.rating import DEFAULT_PRICES, OrgPrices, Schedule
from app.pricing.sheet import Line, Sheet, Tier

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
PLAIN = Metered(EventType.TOKEN_USAGE, "openai", "gpt-4o", Usage(1_000, 500))
CACHED = Metered(EventType.TOKEN_USAGE, "anthropic", "claude-sonnet-4-5", Usage(10_000, 500, 8_000, 1_000))
ROUNDS, CALLS = 15, 2_000


def table() -> OrgPrices:
    """A rule for each kind of token of fifty models, and one for all."""
    rules = [
        Line(3 * n + m, "openai", name, unit, Decimal("1.5"), Decimal(1_000), tiers)
        for n, name in enumerate([f"model-{k}" for k in range(50)] + ["gpt-4*", "claude*"])
        for m, (unit, tiers) in enumerate(
            (
                ("input_tokens", ()),
                ("cached_input_tokens", ()),
                ("output_tokens", (Tier(Decimal(100), Decimal(2)),)),
            )
        )
    ]
    rules.append(Line(999, "*", "*", "tokens", Decimal(1), Decimal(1_000)))
    return OrgPrices("1", {("all", ""): [Schedule("burn_x@1", Sheet(rules), AT, None, Decimal("0.01"))]})


def rating(prices: OrgPrices, metered: Metered) -> Callable[[], object]:
    return lambda: prices.rate(metered, at=AT, customer="c", tier=None)


def listed() -> object:
    usage = genai_prices.Usage(
        input_tokens=10_000, output_tokens=500, cache_read_tokens=8_000, cache_write_tokens=1_000
    )
    return genai_prices.calc_price(
        usage, "claude-sonnet-4-5", provider_id="anthropic", genai_request_timestamp=AT
    )


def main() -> None:
    own = table()
    cases: dict[str, Callable[[], object]] = {
        "genai_prices.calc_price, cost alone": listed,
        "rate: default burn": rating(DEFAULT_PRICES, PLAIN),
        "rate: default burn, cached": rating(DEFAULT_PRICES, CACHED),
        "rate: table of 157 rules": rating(own, PLAIN),
        "rate: table of 157 rules, cached": rating(own, CACHED),
    }
    # Interleaved, so that a busy moment of the machine meets them all.
    best = dict.fromkeys(cases, float("inf"))
    for _ in range(ROUNDS):
        for name, case in cases.items():
            best[name] = min(
                best[name], timeit.timeit(case, timer=time.process_time, number=CALLS) / CALLS * 1e6
            )
    floor = best["genai_prices.calc_price, cost alone"]
    for name, microseconds in best.items():
        print(f"{name:40} {microseconds:7.2f} us   {floor / microseconds:5.1f}x")


if __name__ == "__main__":
    main()
