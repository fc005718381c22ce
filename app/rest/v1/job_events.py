"""`/v1/jobs/{id}/events`: a job followed live, as server-sent events."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from aiohttp import web
from pydantic import Field

from app.core import ids
from app.core.errors import FieldError, InvalidInput
from app.core.ids import JobId
from app.core.principal import Permission, Principal
from app.jobs.errors import JobNotFound
from app.jobs.live import JobStream
from app.jobs.types import JobUpdate
from app.rest import event_stream
from app.rest.event_stream import Event
from app.rest.operation import EVENT_STREAM, Operation, Parameter
from app.rest.v1.jobs import JobView, view
from app.web.services import SERVICES

_MOST = 2**63 - 1
_MOST_DIGITS = len(str(_MOST))


@dataclass(frozen=True, slots=True)
class JobUpdateView:
    """The data of an event `update`."""

    seq: Annotated[int, Field(description="Also the event's id; grows with every step")]
    job: JobView
    output: Annotated[str, Field(description="Text that is new with this step")]
    output_offset: Annotated[
        int, Field(description="Where it belongs in the text of this attempt, in characters")
    ]
    resynced: Annotated[
        bool, Field(description="Steps before were skipped; `output` is the whole text so far, from offset 0")
    ]
    output_withheld: Annotated[
        bool, Field(description="Your plan sends no text while it is written; the result comes all the same")
    ]


async def follow(request: web.Request, principal: Principal) -> web.StreamResponse:
    job_id = ids.find("job", request.match_info["id"])
    if job_id is None:
        raise JobNotFound
    after = _after(request)
    stream = await request.app[SERVICES].job_feeds.open(principal, JobId(job_id))
    if after is not None and await stream.is_over(after):
        # A browser that lost the connection after the last event asks once more; by this it is told to stop.
        return web.Response(status=204)
    return await event_stream.send(request, principal, _events(stream, after))


async def _events(stream: JobStream, after: int | None) -> AsyncGenerator[Event, None]:
    async with aclosing(stream.updates(after=after)) as updates:
        async for update in updates:
            yield Event("update", orjson.dumps(_view(update)), id=update.job.seq)
    yield Event("end", b"{}")


def _view(update: JobUpdate) -> JobUpdateView:
    return JobUpdateView(
        seq=update.job.seq,
        job=view(update.job),
        output=update.output,
        output_offset=update.output_offset,
        resynced=update.resynced,
        output_withheld=update.is_withheld,
    )


def _after(request: web.Request) -> int | None:
    """The header, which browsers send by themselves, before the parameter, with which they began."""
    found = {"Last-Event-ID": request.headers.get("Last-Event-ID"), "after": request.query.get("after")}
    given = {name: text for name, text in found.items() if text is not None}
    if wrong := [name for name, text in given.items() if not _is_position(text)]:
        mend = "Send the `id` of an event, or leave it out."
        raise InvalidInput([FieldError(name, "not_a_position", mend) for name in wrong])
    return next((int(text) for text in given.values()), None)


def _is_position(text: str) -> bool:
    # The length first: reading a number takes time that grows with its square.
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and int(text) <= _MOST


_POSITION = Annotated[int, Field(ge=0, le=_MOST)]


def operations() -> Sequence[Operation]:
    answer: dict[int, tuple[str, Any]] = {
        200: (
            "Events `update`, each with this as its data; then `end`, or `closed` with the reason as `code`",
            JobUpdateView,
        ),
        204: ("The job has ended, and you have seen that: do not come back", None),
    }
    return [
        Operation(
            "GET",
            "/v1/jobs/{id}/events",
            "follow_job",
            "A job's updates as server-sent events: what it is now, then every newer step until it ends.",
            Permission.JOBS_READ,
            follow,
            answer,
            parameters=[
                Parameter("id", "path", str, "job_…", required=True),
                Parameter(
                    "Last-Event-ID", "header", _POSITION, "Only what came since that event, if still kept"
                ),
                Parameter("after", "query", _POSITION, "The same, where no header can be sent"),
            ],
            tag="Jobs",
            media_type=EVENT_STREAM,
        )
    ]
