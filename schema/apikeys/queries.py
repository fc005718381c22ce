"""Reading API keys."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.apikeys import queries
from app.apikeys.errors import KeyNotFound
from app.core import ids
from app.core.ids import ApiKeyId, WorkspaceId
from app.core.pagination import PageRequest
from app.identity.errors import WorkspaceNotFound
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.orgs.types import ApiKey


@strawberry.type
class ApiKeyQueries:
    @strawberry.field(description="One API key.")
    async def api_key(self, info: Info, id: node.Id) -> ApiKey:
        return ApiKey.of(await queries.get(info.context.principal, key_id(id)))

    @strawberry.field(description="The org's API keys, newest first; a key sees those of its own workspace.")
    async def api_keys(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        workspace_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only keys of this workspace.")
        ] = None,
        include_revoked: Annotated[
            bool, strawberry.argument(description="Also keys that were revoked or have expired.")
        ] = False,
    ) -> Connection[ApiKey]:
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            workspace_id=parse_workspace_id(workspace_id),
            includes_ended=include_revoked,
            now=info.context.now,
        )
        return connection(page, key=attrgetter("id"), node=ApiKey.of, after=after)


def key_id(value: strawberry.ID) -> ApiKeyId:
    """A malformed id is one that does not exist. Raises `KeyNotFound`."""
    found = ids.find("key", value)
    if found is None:
        raise KeyNotFound
    return ApiKeyId(found)


def parse_workspace_id(value: strawberry.ID | None) -> WorkspaceId | None:
    """Raises `WorkspaceNotFound` for a malformed one."""
    if value is None:
        return None
    found = ids.find("ws", value)
    if found is None:
        raise WorkspaceNotFound
    return WorkspaceId(found)
