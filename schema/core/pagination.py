"""Relay connections over the kernel's pages."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar
from uuid import UUID

import strawberry

from app.core.pagination import DEFAULT_PAGE, Page, encode_cursor
from schema.core.reading import at_once

N = TypeVar("N")
T = TypeVar("T")

First = Annotated[int, strawberry.argument(description="How many, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The `endCursor` of the page before.")]

DEFAULT_FIRST = DEFAULT_PAGE


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether this page was reached with `after`.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first node here.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last node here: the next `after`.")


@strawberry.type(description="A node and its place in the list.")
class Edge(Generic[N]):
    cursor: str = strawberry.field(description="Pass as `after` to go on from here.")
    node: N = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list, newest first.")
class Connection(Generic[N]):
    edges: list[Edge[N]] = strawberry.field(description="The items with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    def known_nodes(self) -> list[N]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="The items alone.")
    @at_once(known_nodes)
    def nodes(self) -> list[N]:
        return self.known_nodes()


def connection(
    page: Page[T], *, key: Callable[[T], UUID], node: Callable[[T], N], after: str | None
) -> Connection[N]:
    edges = [Edge(cursor=encode_cursor(key(item)), node=node(item)) for item in page.items]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Connection(edges=edges, page_info=info)
