"""Pages of a list, as every listing operation takes them."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.core.pagination import DEFAULT_PAGE, MAX_PAGE, PageRequest
from app.rest.operation import Parameter

PARAMETERS = (
    Parameter("limit", "query", Annotated[int, Field(ge=1, le=MAX_PAGE)], f"Default {DEFAULT_PAGE}"),
    # 128 bits in base64url: of the last character four bits are none of them.
    Parameter(
        "cursor",
        "query",
        Annotated[str, Field(pattern="^[A-Za-z0-9_-]{21}[AQgw]$")],
        "`next_cursor` of the page before",
    ),
)


def read(request: web.Request) -> PageRequest:
    """Raises `InvalidInput` naming `limit` or `cursor`."""
    text = request.query.get("limit", str(DEFAULT_PAGE))
    limit = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    return PageRequest.parse(limit, request.query.get("cursor"), field="limit")
