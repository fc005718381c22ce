"""`/v1/providers/pricing`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.pricing import queries, records, service, types
from app.pricing.errors import ProviderPriceNotFound
from app.pricing.types import (
    NewProviderPrice,
    PricedModel,
    PriceFilter,
    PriceLine,
    PriceSource,
    ProviderPrice,
)
from app.rest import bodies, idempotent, paging, times
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_PER_MILLION = Decimal(1_000_000)


class LineBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: Annotated[str, Field(description="A kind of token, tokens, images, or a unit of your own")]
    usd: Annotated[Decimal, Field(description="For `per` of it")]
    per: Decimal = _PER_MILLION
    image_size: str | None = None
    image_quality: str | None = None


class NewPriceBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    provider: Annotated[str, Field(description="A name, or * for any")]
    model: Annotated[str, Field(description="A name, a prefix with a final *, or * for any")]
    lines: list[LineBody]
    effective_from: Annotated[datetime | None, Field(description="Default: now")] = None
    effective_to: Annotated[datetime | None, Field(description="Default: until the next price")] = None


class End(BaseModel):
    model_config = ConfigDict(extra="forbid")

    effective_to: Annotated[datetime | None, Field(description="Default: now")] = None


@dataclass(frozen=True, slots=True)
class LineView:
    """Decimals as text."""

    unit: str
    usd: str
    per: str
    image_size: str | None
    image_quality: str | None


@dataclass(frozen=True, slots=True)
class BandView:
    unit: str
    above: Annotated[int, Field(description="Where the whole input is longer than this")]
    usd: Annotated[str, Field(description="For a million, of every token")]


@dataclass(frozen=True, slots=True)
class PriceView:
    provider: str
    model: str
    source: Annotated[PriceSource, Field(description="Your own price, or the list's")]
    ref: Annotated[
        str, Field(description="What events that were rated by it keep; of your own price, its id")
    ]
    lines: list[LineView]
    bands: list[BandView]
    effective_from: datetime | None
    effective_to: datetime | None


@dataclass(frozen=True, slots=True)
class PriceList:
    data: list[PriceView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(priced: PricedModel) -> PriceView:
    return PriceView(
        provider=priced.provider,
        model=priced.model,
        source=priced.source,
        ref=priced.ref,
        lines=[
            LineView(line.unit, to_text(line.usd), to_text(line.per), line.image_size, line.image_quality)
            for line in priced.lines
        ],
        bands=[BandView(band.unit, band.above, to_text(band.usd)) for band in priced.bands],
        effective_from=priced.effective_from,
        effective_to=priced.effective_to,
    )


def _view_of_own(price: ProviderPrice) -> PriceView:
    return view(records.priced(price))


async def page(request: web.Request, principal: Principal) -> web.Response:
    errors: list[FieldError] = []
    at = times.read(request, "at", utcnow(), errors)
    if errors:
        raise InvalidInput(errors)
    found = await queries.priced_models(
        principal,
        sole_org(principal),
        wanted=PriceFilter(request.query.get("provider"), request.query.get("model")),
        request=paging.read(request),
        at=at,
    )
    cursor = encode_cursor(found.items[-1][0]) if found.has_next else None
    return json_response(PriceList([view(priced) for _, priced in found.items], cursor))


async def create(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, NewPriceBody)
    lines = [
        PriceLine(line.unit, line.usd, line.per, line.image_size, line.image_quality) for line in body.lines
    ]
    command = NewProviderPrice(
        body.provider,
        body.model,
        lines,
        body.effective_from,
        body.effective_to,
        idempotent.key_of(request),
    )
    done = await service.create_provider_price(principal, sole_org(principal), command=command, now=utcnow())
    return idempotent.respond(done, _view_of_own(done.value), status=201)


async def end(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, End)
    done = await service.end_provider_price(
        principal,
        sole_org(principal),
        _price_id(request),
        effective_to=body.effective_to,
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.respond(done, _view_of_own(done.value))


def _price_id(request: web.Request) -> UUID:
    found = ids.find(types.PRICE_PREFIX, request.match_info["id"])
    if found is None:
        raise ProviderPriceNotFound
    return found


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/providers/pricing",
            "list_provider_prices",
            "What models cost: your own prices, newest first, then the list of a moment.",
            Permission.PRICES_READ,
            page,
            {200: ("A page of prices", PriceList)},
            parameters=[
                Parameter("provider", "query", str, "Only of this provider"),
                Parameter("model", "query", str, "Only models whose name holds this"),
                Parameter("at", "query", datetime, "The moment of the list; default: now"),
                *paging.PARAMETERS,
            ],
            tag="Prices",
        ),
        Operation(
            "POST",
            "/v1/providers/pricing",
            "create_provider_price",
            "Sets your own price of a model, instead of the list's, and ends the one before.",
            Permission.PRICES_MANAGE,
            create,
            {201: ("The price", PriceView)},
            body=NewPriceBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Prices",
        ),
        Operation(
            "POST",
            "/v1/providers/pricing/{id}/end",
            "end_provider_price",
            "Ends your own price: from then on the list's holds again.",
            Permission.PRICES_MANAGE,
            end,
            {200: ("The price", PriceView)},
            body=End,
            parameters=[Parameter("id", "path", str, "price_…", required=True), IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Prices",
        ),
    ]
