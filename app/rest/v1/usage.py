"""`/v1/usage`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from aiohttp import web
from pydantic import Field

from app.analytics import naming, queries
from app.analytics.types import (
    MAX_FILTER_VALUES,
    MAX_TOP,
    Bucket,
    Comparison,
    Dimension,
    Figures,
    Granularity,
    Latency,
    Measure,
    UsageQuestion,
    Value,
)
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.money import to_text
from app.core.principal import Permission, Principal
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
    revenue_usd: Annotated[str, Field(description="The credits at what they sell for, decimal as text")]
    margin_usd: Annotated[str | None, Field(description="Revenue without cost; null without revenue")]
    margin_percent: Annotated[str | None, Field(description="Of the revenue; null without revenue")]
    unrated: Annotated[int, Field(description="Requests whose price is not known yet")]


@dataclass(frozen=True, slots=True)
class LatencyView:
    """Milliseconds, at most 4.5 % off."""

    calls: Annotated[int, Field(description="Requests that were timed")]
    p50_ms: int
    p95_ms: int
    p99_ms: int


@dataclass(frozen=True, slots=True)
class BucketView(FiguresView):
    start: datetime
    group: Annotated[dict[str, str | None], Field(description="Null: usage that has none")]
    is_other: Annotated[bool, Field(description="All groups but the `top` ones together")]
    latency: Annotated[LatencyView | None, Field(description="With `latency=true`; null where not known")]


@dataclass(frozen=True, slots=True)
class TotalsView(FiguresView):
    latency: Annotated[LatencyView | None, Field(description="With `latency=true`; null where not known")]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """As much time straight before."""

    start: datetime
    end: datetime
    totals: FiguresView
    change_percent: Annotated[
        dict[str, str | None], Field(description="Of each figure since then; null where it was 0")
    ]


@dataclass(frozen=True, slots=True)
class UsageView:
    start: Annotated[datetime, Field(description="`from`, widened to a whole hour")]
    end: Annotated[datetime, Field(description="`to`, widened to a whole hour")]
    granularity: Granularity
    series: list[BucketView]
    totals: TotalsView
    previous: Annotated[ComparisonView | None, Field(description="With `compare=previous`")]


async def report(request: web.Request, principal: Principal) -> web.Response:
    question = _question(request, utcnow())
    found = await queries.report(principal, sole_org(principal), question)
    return json_response(
        UsageView(
            found.start,
            found.end,
            question.granularity,
            [_bucket(bucket) for bucket in found.series],
            TotalsView(**asdict(_figures(found.totals)), latency=_latency(found.latency)),
            None if found.previous is None else _comparison(found.previous),
        )
    )


def _question(request: web.Request, now: datetime) -> UsageQuestion:
    errors: list[FieldError] = []
    query = request.query
    end = times.read(request, "to", now, errors)
    start = times.read(request, "from", end - min(_DEFAULT_RANGE, end - _FIRST_MOMENT), errors)
    granularity = _member(Granularity, "granularity", query.get("granularity", "day"), errors)
    names = [name.strip() for name in query.get("group_by", "").split(",") if name.strip()]
    group_by = [_member(Dimension, "group_by", name, errors) for name in names]
    question = UsageQuestion(
        start,
        end,
        granularity,
        group_by,
        where={name: _values(request, name, errors) for name in Dimension if name.value in query},
        top=_count(query.get("top"), errors),
        top_by=_member(Measure, "top_by", query.get("top_by", "cost"), errors),
        fills=_flag(query.get("fill"), "fill", errors),
        compares=_compares(query.get("compare"), errors),
        times=_flag(query.get("latency"), "latency", errors),
    )
    if errors:
        raise InvalidInput(errors)
    return question


E = TypeVar("E", Granularity, Dimension, Measure)


def _member(kind: type[E], name: str, text: str, errors: list[FieldError]) -> E:
    try:
        return kind(text)
    except ValueError:
        errors.append(FieldError(name, "unknown", f"Use one of {', '.join(kind)}."))
        return next(iter(kind))


def _values(request: web.Request, name: Dimension, errors: list[FieldError]) -> list[Value]:
    return [
        naming.decode(name, text, field=name.value, errors=errors)
        for text in request.query.getall(name.value)
    ]


def _count(text: str | None, errors: list[FieldError]) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 6:
        return int(text)
    errors.append(FieldError("top", "out_of_range", f"Ask for the 1 to {MAX_TOP} greatest groups."))
    return None


def _flag(text: str | None, name: str, errors: list[FieldError]) -> bool:
    if text not in (None, "true", "false"):
        errors.append(FieldError(name, "unknown", "Use true or false."))
    return text == "true"


def _compares(text: str | None, errors: list[FieldError]) -> bool:
    if text not in (None, "previous"):
        errors.append(FieldError("compare", "unknown", "Use `previous`, or leave it out."))
    return text == "previous"


def _figures(figures: Figures) -> FiguresView:
    return FiguresView(
        requests=figures.requests,
        input_tokens=figures.input_tokens,
        output_tokens=figures.output_tokens,
        tokens=figures.tokens,
        cost_usd=to_text(figures.cost_usd),
        credits=to_text(figures.credits),
        revenue_usd=to_text(figures.revenue_usd),
        margin_usd=_text(figures.margin_usd),
        margin_percent=_text(figures.margin_percent),
        unrated=figures.unrated,
    )


def _bucket(bucket: Bucket) -> BucketView:
    return BucketView(
        **asdict(_figures(bucket.figures)),
        start=bucket.start,
        group={name.value: naming.encode(name, value) for name, value in bucket.group.items()},
        is_other=bucket.is_other,
        latency=_latency(bucket.latency),
    )


def _latency(latency: Latency | None) -> LatencyView | None:
    return None if latency is None else LatencyView(**asdict(latency))


def _comparison(previous: Comparison) -> ComparisonView:
    change = {name: _text(value) for name, value in previous.change_percent.items()}
    return ComparisonView(previous.start, previous.end, _figures(previous.totals), change)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else to_text(amount)


_FILTERS = tuple(
    Parameter(
        name.value,
        "query",
        Annotated[list[str], Field(min_length=1, max_length=MAX_FILTER_VALUES)],
        f"Only usage of this {name.value}; repeat it for several, leave it empty for usage that has none",
    )
    for name in Dimension
)


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
                Parameter(
                    "granularity", "query", Granularity, "Default: day. Days and months are those of UTC"
                ),
                Parameter(
                    "group_by", "query", _GroupBy, f"Up to three of {', '.join(Dimension)}, with commas"
                ),
                *_FILTERS,
                Parameter(
                    "top",
                    "query",
                    Annotated[int, Field(ge=1, le=MAX_TOP)],
                    "Only so many groups, the greatest of the whole range; all others together are one more",
                ),
                Parameter("top_by", "query", Measure, "What they are greatest by. Default: cost"),
                Parameter("fill", "query", bool, "Also steps without usage"),
                Parameter(
                    "compare",
                    "query",
                    Literal["previous"],
                    "`previous`: also the totals of as much time before",
                ),
                Parameter("latency", "query", bool, "Also how long calls took"),
            ],
            tag="Usage",
        )
    ]
