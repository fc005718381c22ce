"""Global identification: every object's id is a TypeID, whose prefix says what it is."""

from typing import Annotated

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


def org_id(value: strawberry.ID) -> OrgId:
    """A malformed id is one that does not exist. Raises `NotFound`."""
    found = ids.find("org", value)
    if found is None:
        raise NotFound
    return OrgId(found)
