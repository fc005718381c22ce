"""What a subscription's resolver returns: a stream to follow, and how an update of it is shown."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, Generic, TypeVar

from app.core.ids import OrgId
from app.core.principal import Principal
from app.infra.feeds import Stream

T = TypeVar("T")
U = TypeVar("U")


class Live(Generic[U]):
    """Executed and encoded once for everybody who follows the same (`schema.core.sharing`).

    `show` and all resolvers below it see nobody in particular: a principal that may do in the org what the
    subscriber may, and has no id. What is shown must depend on nothing else of who asks.
    """

    def __init__(
        self,
        stream: Stream[Any, T],
        principal: Principal,
        org_id: OrgId,
        *,
        show: Callable[[T], U],
        after: int | None = None,
    ) -> None:
        self.stream = stream
        self.after = after
        self.viewer = Principal(
            principal.kind,
            org_id,  # of no person and of no key
            {org_id: principal.orgs[org_id]},
            principal.workspace_id,
            environment=principal.environment,
        )
        self._show = show

    def show(self, update: object) -> object:
        seen: Any = update
        return self._show(seen)

    async def __aiter__(self) -> AsyncIterator[U]:
        """By itself, where nobody shares."""
        async with aclosing(self.stream.updates(after=self.after)) as updates:
            async for update in updates:
                yield self._show(update)
