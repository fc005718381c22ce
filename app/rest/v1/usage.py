"""`/v1/usage`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import Field

from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.metering import queries
from app.metering.types import Bucket, Dimension, Figures, Granularity, UsageQuestion
from app.rest import times
from app.rest.operation import Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_DEFAULT_RANGE = timedelta(days=7)
_FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FiguresView:
    requests: int
    input_tokens: int
    output_tokens: int
    tokens: int
    cost_usd: Annotated[str, Field(description="Decimal as text, without the `unrated` requests")]
    credits: Annotated[str, Field(description="Decimal as text")]
    unrated: Annotated[int, Field(description="Requests whose price is not known yet")]


@dataclass(frozen=True, slots=True)
class BucketView(FiguresView):
    start: datetime
    group: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class UsageView:
    start: Annotated[datetime, Field(description="`from`, widened to a whole hour")]
    end: Annotated[datetime, Field(description="`to`, widened to a whole hour")]
    granularity: Granularity
    series: list[BucketView]
    totals: FiguresView


async def report(request: web.Request, principal: Principal) -> web.Response:
    question = _question(request, utcnow())
    found = await queries.report(principal, sole_org(principal), question)
    series = [_bucket(bucket) for bucket in found.series]
    return json_response(
        UsageView(found.start, found.end, question.granularity, series, _figures(found.totals))
    )


def _question(request: web.Request, now: datetime) -> UsageQuestion:
    errors: list[FieldError] = []
    end = times.read(request, "to", now, errors)
    start = times.read(request, "from", end - min(_DEFAULT_RANGE, end - _FIRST_MOMENT), errors)
    granularity = _member(Granularity, "granularity", request.query.get("granularity", "day"), errors)
    names = [name.strip() for name in request.query.get("group_by", "").split(",") if name.strip()]
    group_by = [_member(Dimension, "group_by", name, errors) for name in names]
    if errors:
        raise InvalidInput(errors)
    return UsageQuestion(start, end, granularity, group_by)


E = TypeVar("E", Granularity, Dimension)


def _member(kind: type[E], name: str, text: str, errors: list[FieldError]) -> E:
    try:
        return kind(text)
    except ValueError:
        errors.append(FieldError(name, "unknown", f"Use one of {', '.join(kind)}."))
        return next(iter(kind))


def _figures(figures: Figures) -> FiguresView:
    return FiguresView(
        requests=figures.requests,
        input_tokens=figures.input_tokens,
        output_tokens=figures.output_tokens,
        tokens=figures.tokens,
        cost_usd=to_text(figures.cost_usd),
        credits=to_text(figures.credits),
        unrated=figures.unrated,
    )


def _bucket(bucket: Bucket) -> BucketView:
    group = {dimension.value: value for dimension, value in bucket.group.items()}
    return BucketView(**asdict(_figures(bucket.figures)), start=bucket.start, group=group)


_one_dimension = f"({'|'.join(Dimension)})"
_GroupBy = Annotated[str, Field(pattern=f"^({_one_dimension}(,{_one_dimension}){{0,2}})?$")]


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/usage",
            "get_usage",
            "Usage over time, with totals.",
            Permission.USAGE_READ,
            report,
            {200: ("Series and totals", UsageView)},
            parameters=[
                Parameter("from", "query", datetime, "Default: 7 days before `to`"),
                Parameter("to", "query", datetime, "Default: now"),
                Parameter("granularity", "query", Granularity, "Default: day"),
                Parameter(
                    "group_by", "query", _GroupBy, f"Up to three of {', '.join(Dimension)}, with commas"
                ),
            ],
            tag="Usage",
        )
    ]
