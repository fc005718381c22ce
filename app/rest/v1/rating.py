"""`/v1/rating`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.inference import Usage
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.metering.types import EventType, Metered
from app.pricing import quoting
from app.pricing.quoting import Question, Quote
from app.rest import bodies
from app.rest.operation import Operation
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES


class CallToRate(BaseModel):
    """A call, as an event would tell of it."""

    model_config = ConfigDict(extra="forbid")

    event_type: Annotated[
        EventType | None,
        Field(description="Default: CUSTOM with a `unit_type`, images with a count of them, else tokens"),
    ] = None
    provider: Annotated[str, Field(max_length=64)] = ""
    model: Annotated[str, Field(max_length=128)] = ""
    input_tokens: Annotated[int, Field(description="With cached and written ones")] = 0
    output_tokens: Annotated[int, Field(description="With reasoning")] = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0
    image_count: int | None = None
    image_size: Annotated[str | None, Field(max_length=32)] = None
    quality: Annotated[str | None, Field(max_length=32)] = None
    unit_type: Annotated[str | None, Field(max_length=64, description="Of a CUSTOM event")] = None
    quantity: Annotated[Decimal | None, Field(description="Of a CUSTOM event")] = None
    customer_id: Annotated[str | None, Field(description="Your own customer, who may have a burn table")] = (
        None
    )
    tier: Annotated[str | None, Field(description="Instead of the customer's own")] = None
    timestamp: Annotated[datetime | None, Field(description="Default: now")] = None

    def question(self) -> Question:
        """Raises `InvalidInput` where images would be quoted as nothing, as no event with them is taken in either."""
        usage = Usage(
            self.input_tokens,
            self.output_tokens,
            self.cached_input_tokens,
            self.cache_write_tokens,
            self.reasoning_tokens,
        )
        kind = self.event_type or quoting.kind_of(self.unit_type, counts_images=self.image_count is not None)
        is_image = kind is EventType.IMAGE_GENERATION
        if is_image and self.image_count is None:
            raise InvalidInput([FieldError("image_count", "required", "Say how many images are made.")])
        if self.image_count is not None and not is_image:
            mend = "Images are counted in an event of the type IMAGE_GENERATION: here they would be free."
            raise InvalidInput([FieldError("image_count", "unexpected", mend)])
        count = None if self.image_count is None else Decimal(self.image_count)
        metered = Metered(
            kind,
            self.provider,
            self.model,
            usage,
            self.unit_type,
            count if is_image else self.quantity,
            self.image_size,
            self.quality,
        )
        return Question(metered, self.customer_id, self.tier, self.timestamp)


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What the call would come to; null where that is not known. Decimals as text."""

    credits: Annotated[str | None, Field(description="Null: no burn rule applies")]
    usd_cost: Annotated[str | None, Field(description="Null: the provider's price is not known")]
    usd_revenue: Annotated[str | None, Field(description="Null: the burn table has no price of a credit")]
    margin_usd: Annotated[str | None, Field(description="Revenue less cost")]
    margin_percent: Annotated[str | None, Field(description="Of the revenue, two digits")]
    burn_ref: Annotated[str | None, Field(description="The burn table and its rules, as events keep it")]
    cost_ref: Annotated[str | None, Field(description="The provider's price, as events keep it")]
    at: Annotated[datetime, Field(description="The time whose prices these are")]


def view(quote: Quote) -> QuoteView:
    return QuoteView(
        credits=_text(quote.credits),
        usd_cost=_text(quote.cost_usd),
        usd_revenue=_text(quote.revenue_usd),
        margin_usd=_text(quote.margin_usd),
        margin_percent=_text(quote.margin_percent),
        burn_ref=quote.burn_ref,
        cost_ref=quote.cost_ref,
        at=quote.at,
    )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else to_text(amount)


async def calculate(request: web.Request, principal: Principal) -> web.Response:
    call = await bodies.read(request, CallToRate)
    quote = await quoting.quote(
        principal,
        sole_org(principal),
        book=request.app[SERVICES].prices,
        question=call.question(),
        now=utcnow(),
    )
    return json_response(view(quote))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/rating/calculate",
            "calculate_rating",
            "Credits, cost and margin of a call that has not happened. Nothing is recorded.",
            Permission.PRICES_READ,
            calculate,
            {200: ("What it would come to", QuoteView)},
            body=CallToRate,
            tag="Prices",
        )
    ]
