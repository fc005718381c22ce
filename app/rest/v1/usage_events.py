"""`/v1/usage/events`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import orjson
from aiohttp import web
from pydantic import Field

from app.analytics import cursors, queries
from app.analytics.cursors import EventPageRequest, Position
from app.analytics.types import MAX_FILTER_VALUES, EventFilter, UsageEventRecord
from app.core import ids
from app.core.errors import FieldError, InvalidInput
from app.core.money import to_text
from app.core.pagination import DEFAULT_PAGE, MAX_PAGE
from app.core.principal import Permission, Principal
from app.rest import exports, times
from app.rest.operation import Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org


@dataclass(frozen=True, slots=True)
class UsageEventView:
    """A metered call as its corrections left it: a voided one counts for nothing."""

    id: str
    event_id: Annotated[str, Field(description="Your own id of it")]
    event_type: str
    occurred_at: datetime
    received_at: datetime
    workspace_id: str
    customer_id: str | None
    user_id: str | None
    feature_id: str | None
    api_key_id: str | None
    job_id: str | None
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached_input_tokens: Annotated[int, Field(description="Part of the input tokens")]
    cache_write_tokens: int
    reasoning_tokens: Annotated[int, Field(description="Part of the output tokens")]
    unit_type: str | None
    quantity: Annotated[str | None, Field(description="Decimal as text")]
    image_size: str | None
    image_quality: str | None
    latency_ms: int | None
    usage_source: str
    is_voided: bool
    is_unrated: Annotated[bool, Field(description="Its price is not known yet")]
    cost_usd: Annotated[str | None, Field(description="Decimal as text; null while it is unrated")]
    credits: Annotated[str, Field(description="Decimal as text")]
    revenue_usd: Annotated[str | None, Field(description="Decimal as text; null without a credit price")]
    cost_ref: Annotated[str | None, Field(description="The provider price that was used")]
    burn_ref: Annotated[str, Field(description="The burn rule that was used")]
    superseded_by: Annotated[str | None, Field(description="The event id of the one that replaces it")]
    properties: dict[str, Any]


_COLUMNS = tuple(UsageEventView.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class UsageEvents:
    data: list[UsageEventView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(record: UsageEventRecord) -> UsageEventView:
    values: dict[str, Any] = {name: getattr(record, name) for name in _COLUMNS}
    values |= {
        "id": ids.encode("evt", record.id),
        "workspace_id": ids.encode("ws", record.workspace_id),
        "api_key_id": None if record.api_key_id is None else ids.encode("key", record.api_key_id),
        "job_id": None if record.job_id is None else ids.encode("job", record.job_id),
        "properties": dict(record.properties),
    }
    for name in ("quantity", "cost_usd", "credits", "revenue_usd"):
        values[name] = None if values[name] is None else to_text(values[name])
    return UsageEventView(**values)


async def page(request: web.Request, principal: Principal) -> web.Response:
    text = request.query.get("limit", str(DEFAULT_PAGE))
    limit = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    wanted = EventPageRequest.parse(limit, request.query.get("cursor"), field="limit")
    found = await queries.events(principal, sole_org(principal), request=wanted, where=_filter(request))
    cursor = None
    if found.has_next:
        cursor = cursors.encode(Position(found.items[-1].occurred_at, found.items[-1].id))
    return json_response(UsageEvents([view(record) for record in found.items], cursor))


async def export(request: web.Request, principal: Principal) -> web.StreamResponse:
    batches = queries.export(principal, sole_org(principal), where=_filter(request))
    return await exports.send(request, "usage", _COLUMNS, batches, cells=_cells)


def _cells(record: UsageEventRecord) -> list[object]:
    seen = view(record)
    return [_cell(getattr(seen, name)) for name in _COLUMNS]


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return orjson.dumps(value).decode() if isinstance(value, dict) else value


def _filter(request: web.Request) -> EventFilter:
    errors: list[FieldError] = []
    start = times.read(request, "from", None, errors)
    end = times.read(request, "to", None, errors)
    unrated = request.query.get("unrated")
    if unrated not in (None, "true", "false"):
        errors.append(FieldError("unrated", "unknown", "Use true or false."))
    if errors:
        raise InvalidInput(errors)
    return EventFilter(
        start,
        end,
        customers=_named(request, "customer"),
        models=_named(request, "model"),
        features=_named(request, "feature"),
        event_ids=_named(request, "event_id"),
        is_unrated=unrated == "true",
    )


def _named(request: web.Request, name: str) -> list[str] | None:
    return request.query.getall(name, []) or None


_NAMES = Annotated[list[str], Field(min_length=1, max_length=MAX_FILTER_VALUES)]
_FILTERS = (
    Parameter("from", "query", datetime, "Only events at or after this time"),
    Parameter("to", "query", datetime, "Only events before this time"),
    Parameter("customer", "query", _NAMES, "Only of this customer; repeat it for several"),
    Parameter("model", "query", _NAMES, "Only of this model; repeat it for several"),
    Parameter("feature", "query", _NAMES, "Only of this feature; repeat it for several"),
    Parameter("event_id", "query", _NAMES, "Only this event, while its id is kept; repeat it for several"),
    Parameter("unrated", "query", bool, "Only those whose price is not known yet"),
)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/usage/events",
            "list_usage_events",
            "Single usage events, newest first.",
            Permission.USAGE_READ,
            page,
            {200: ("A page of events", UsageEvents)},
            parameters=[
                *_FILTERS,
                Parameter(
                    "limit", "query", Annotated[int, Field(ge=1, le=MAX_PAGE)], f"Default {DEFAULT_PAGE}"
                ),
                Parameter("cursor", "query", str, "`next_cursor` of the page before"),
            ],
            tag="Usage",
        ),
        Operation(
            "GET",
            "/v1/usage/events.csv",
            "export_usage_events",
            "Usage events as a CSV file, newest first, all of them.",
            Permission.USAGE_READ,
            export,
            {200: ("A line of names, then a line per event", str)},
            parameters=_FILTERS,
            tag="Usage",
            media_type="text/csv",
        ),
    ]
