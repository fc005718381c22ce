"""How clients write what usage is grouped and filtered by: keys and workspaces by their ids, others by name."""

from uuid import UUID

from app.analytics.types import Dimension, Value
from app.core import ids
from app.core.errors import FieldError

_PREFIXES = {Dimension.KEY: "key", Dimension.WORKSPACE: "ws"}


def encode(dimension: Dimension, value: str | None) -> str | None:
    """A value of a group; None is usage that has none."""
    prefix = _PREFIXES.get(dimension)
    return value if prefix is None or value is None else ids.encode(prefix, UUID(value))


def decode(dimension: Dimension, text: str | None, *, field: str, errors: list[FieldError]) -> Value:
    """A value to filter by; empty text is usage that has none. What is malformed is told in `errors`."""
    prefix = _PREFIXES.get(dimension)
    if not text:
        return None
    if prefix is None:
        return text
    found = ids.find(prefix, text)
    if found is None:
        errors.append(FieldError(field, "invalid_id", f"Expected an id of the form {prefix}_…."))
    return found
