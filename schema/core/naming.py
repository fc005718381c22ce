"""What the domains call the fields of an input, as this schema calls them."""

from collections.abc import Sequence
from typing import NamedTuple

from strawberry.utils.str_converters import to_camel_case

from app.core.errors import FieldError, InvalidInput, LaunchKitError

# REST asks for a page by `cursor`.
_OTHERWISE = {"cursor": "after"}


class Told(NamedTuple):
    fields: Sequence[FieldError]
    sentence: str


def told(error: LaunchKitError) -> Told:
    """What `error` says of fields, and in words."""
    if not isinstance(error, InvalidInput) or error.is_of_free_input:
        return Told(error.field_errors, error.detail)
    fields = [FieldError(of_field(each.field), each.code, each.message) for each in error.errors]
    is_of_fields = error.detail == InvalidInput.sentence(error.errors)
    return Told(fields, InvalidInput.sentence(fields) if is_of_fields else error.detail)


def of_field(path: str) -> str:
    """`rules.0.image_size` is `rules.0.imageSize`."""
    return ".".join(_OTHERWISE.get(name) or to_camel_case(name) for name in path.split("."))
