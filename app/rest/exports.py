"""Everything there is as one CSV file, in bounded memory."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TypeVar

from aiohttp import web

from app.infra import telemetry
from app.web import spreadsheet
from app.web.errors import REQUEST_ID

log = telemetry.logger(__name__)

T = TypeVar("T")


async def send(
    request: web.Request,
    name: str,
    columns: Sequence[str],
    batches: AsyncGenerator[Sequence[T], None],
    *,
    cells: Callable[[T], Sequence[object]],
) -> web.StreamResponse:
    """Batch by batch, each sent before the next is read: as slow as the client, as small as a batch."""
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/csv; charset=utf-8; header=present",
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "X-Request-Id": request[REQUEST_ID],
        }
    )
    async with aclosing(batches):
        # What fails before the first byte is answered as a problem.
        # A list: with a tuple as its default, CPython 3.11's `anext` raises SystemError instead of returning it.
        first: Sequence[T] = await anext(batches, [])
        await response.prepare(request)
        await response.write(spreadsheet.lines([columns, *(cells(record) for record in first)]))
        try:
            async for batch in batches:
                await response.write(spreadsheet.lines(cells(record) for record in batch))
        except Exception as error:  # noqa: BLE001 - whatever it was, a file that ends early must not look whole
            log.warning("export.cut_off", name=name, error=str(error))
            if request.transport is not None:
                request.transport.abort()
    return response
