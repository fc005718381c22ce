"""`/v1/events`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field

from app.core.clock import utcnow
from app.core.principal import Permission, Principal
from app.ingestion import decoding, service
from app.ingestion.errors import MalformedEvents
from app.ingestion.types import MAX_TOKENS, Result, Status
from app.rest.operation import IDEMPOTENCY_KEY, Header, Operation
from app.web import body
from app.web.errors import MalformedBody
from app.web.organisation import sole_org
from app.web.services import SERVICES

Tokens = Annotated[int, Field(ge=0, le=MAX_TOKENS)]
Name = Annotated[str | None, Field(min_length=1, max_length=255)]
Short = Annotated[str | None, Field(min_length=1, max_length=64)]


@dataclass(frozen=True, slots=True)
class EventBody:
    """One event. `event_type` is required but for one that only `voids` another."""

    event_id: Annotated[
        str,
        Field(min_length=1, max_length=255, description="Yours: however often it is sent, it counts once"),
    ]
    event_type: Annotated[
        str | None,
        Field(max_length=64, description="TOKEN_USAGE, IMAGE_GENERATION, CUSTOM, or a name of yours"),
    ] = None
    customer_id: Annotated[Name, Field(description="Your own customer, made when first named")] = None
    user_id: Annotated[Name, Field(description="Your customer's user")] = None
    feature_id: Annotated[Name, Field(description="Your own feature")] = None
    provider: Annotated[Short, Field(description="For example openai; case does not matter")] = None
    model: Annotated[str | None, Field(min_length=1, max_length=128)] = None
    input_tokens: Tokens = 0
    output_tokens: Tokens = 0
    cached_input_tokens: Annotated[Tokens, Field(description="A part of `input_tokens`")] = 0
    cache_write_tokens: Annotated[Tokens, Field(description="A part of `input_tokens`")] = 0
    reasoning_tokens: Annotated[Tokens, Field(description="A part of `output_tokens`")] = 0
    image_count: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    image_size: Annotated[str | None, Field(max_length=32, description="For example 1024x1024")] = None
    quality: Annotated[str | None, Field(max_length=32, description="For example hd")] = None
    unit_type: Annotated[Short, Field(description="Of custom events: what was used, for example pages")] = (
        None
    )
    quantity: Annotated[Decimal | None, Field(ge=0, description="Of custom events: how much of it")] = None
    latency_ms: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None
    timestamp: Annotated[datetime | None, Field(description="With a time zone; default: its receipt")] = None
    properties: Annotated[dict[str, Any] | None, Field(description="Your own, at most 8 KiB of JSON")] = None
    voids: Annotated[Name, Field(description="The id of an event that this one takes back")] = None
    supersedes: Annotated[Name, Field(description="The id of an event whose place this one takes")] = None


@dataclass(frozen=True, slots=True)
class EventsBody:
    events: list[EventBody]
    backfill: Annotated[
        bool, Field(description="History: may be older than other events, and draws no credit")
    ] = False


@dataclass(frozen=True, slots=True)
class ItemError:
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ItemView:
    event_id: str | None
    status: Status
    errors: list[ItemError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class IngestView:
    results: Annotated[list[ItemView], Field(description="One per event, in their order")]
    accepted: int
    duplicate: Annotated[int, Field(description="Sent before, and the same")]
    conflict: Annotated[int, Field(description="Another event was sent with this id")]
    invalid: int


async def ingest(request: web.Request, principal: Principal) -> web.Response:
    services = request.app[SERVICES]
    try:
        batch = decoding.batch(await body.read(request))
    except MalformedEvents as error:
        raise MalformedBody(error.field_errors) from error
    results = await service.ingest(
        principal,
        sole_org(principal),
        intake=services.intake,
        prices=services.prices,
        batch=batch,
        rules=services.ingestion_rules,
        now=utcnow(),
    )
    counts = Counter(result.status for result in results)
    answer = {"results": [_view(result) for result in results], **{s.value: counts[s] for s in Status}}
    # The ids of the events do the work of the key: where all had come before, this is a replay.
    is_replay = 0 < len(results) == counts[Status.DUPLICATE]
    return body.json_response(answer, headers={"Idempotent-Replay": "true"} if is_replay else None)


def _view(result: Result) -> dict[str, object]:
    """A dictionary at once: there may be a thousand."""
    errors = [asdict(error) for error in result.errors] if result.errors else []
    return {"event_id": result.event_id, "status": result.status, "errors": errors}


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/events/ingest",
            "ingest_events",
            "Takes in usage, one event or a batch. Sending the same again is always safe: each event's id counts once.",
            Permission.USAGE_WRITE,
            ingest,
            {200: ("What became of each event", IngestView)},
            body=EventsBody | EventBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={200: (Header("Idempotent-Replay", "`true` where every event had been sent before."),)},
            tag="Usage",
        )
    ]
