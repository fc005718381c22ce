"""What a model call costs us: the price list of the `genai-prices` package, by provider, model and time.

The list is data inside the package: no network, and a given version always gives the same answer, so the
version is part of the reference that a rated event keeps.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import genai_prices

from app.core.inference import Usage

# Our own models run in our own process: their price is known, and it is nothing.
_LOCAL = "local"
_TOKEN_PRICES = {"input_mtok", "output_mtok"}


@dataclass(frozen=True, slots=True)
class Cost:
    usd: Decimal
    ref: str


def of(provider: str, model: str, usage: Usage, *, at: datetime) -> Cost | None:
    """USD, exact and unrounded; None when the list cannot price it, which is not the same as free.

    That is an unknown model, one that is priced by the hour or the page only, or a provider's report that
    contradicts itself (more cached input than input).
    """
    if provider == _LOCAL:
        return Cost(Decimal(0), f"launchkit:{model}")
    try:
        price = genai_prices.calc_price(
            genai_prices.Usage(
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cache_read_tokens=usage.cached_input_tokens,
                cache_write_tokens=usage.cache_write_tokens,
            ),
            model,
            provider_id=provider,
            genai_request_timestamp=at,
        )
    except (LookupError, ValueError):
        return None
    priced = {unit for unit, amount in vars(price.model_price).items() if amount is not None}
    if priced and not priced & _TOKEN_PRICES:
        return None
    return Cost(
        price.total_price, f"genai-prices@{genai_prices.__version__}:{price.provider.id}/{price.model.id}"
    )
