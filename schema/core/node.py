"""Global identification: every object's id is a TypeID, whose prefix says what it is."""

from typing import Annotated
from uuid import UUID

import strawberry

from app.core import ids
from app.core.errors import NotFound
from app.core.ids import OrgId


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    id: strawberry.ID = strawberry.field(description="Stable and global; its prefix names the type.")


# Arguments that many fields take.
Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
OrgIdArgument = Annotated[strawberry.ID, strawberry.argument(description="The org that it is about.")]


def find(prefix: str, value: strawberry.ID, missing: type[NotFound]) -> UUID:
    """The id in `value`; raises `missing` where it is malformed or of another kind."""
    found = ids.find(prefix, value)
    if found is None:
        raise missing
    return found


def org_id(value: strawberry.ID) -> OrgId:
    """A malformed id is one that does not exist. Raises `NotFound`."""
    return OrgId(find("org", value, NotFound))
