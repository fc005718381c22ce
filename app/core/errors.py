"""The seven kinds of expected failure. Every domain derives one class per case from one of them.

A kind says what a client can do about it; a transport maps it to its own status (`app.web.errors`,
`schema.core.errors`). The `code` is stable and equal on both surfaces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar


class Kind(StrEnum):
    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field; `field` is a dotted path, the message says the mend."""

    field: str
    code: str
    message: str


class LaunchKitError(Exception):
    """An expected failure. `str(error)` is shown to the client: no secrets, no internals."""

    kind: ClassVar[Kind]
    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str | None = None, *, retry_after: float | None = None) -> None:
        self.detail = detail or self.title
        self.retry_after = retry_after
        super().__init__(self.detail)

    @property
    def field_errors(self) -> Sequence[FieldError]:
        return ()

    @property
    def members(self) -> Mapping[str, Any]:
        """What programs need to know of this case beside its code: JSON values by stable names."""
        return {}


class InvalidInput(LaunchKitError):
    kind = Kind.INVALID
    code = "invalid_input"
    title = "The request is not valid."
    is_of_free_input: ClassVar[bool] = False
    """Whether the fields are of an input that is the same JSON on every surface: their names are not ours to spell."""

    def __init__(self, errors: Sequence[FieldError], detail: str | None = None) -> None:
        super().__init__(detail or self.sentence(errors))
        self.errors = tuple(errors)

    @staticmethod
    def sentence(errors: Sequence[FieldError]) -> str:
        return "; ".join(f"{e.field}: {e.message}" for e in errors[:3])

    @property
    def field_errors(self) -> Sequence[FieldError]:
        return self.errors


class Unauthenticated(LaunchKitError):
    kind = Kind.UNAUTHENTICATED
    code = "unauthenticated"
    title = "Sign in, or send an API key as a bearer token."


class Forbidden(LaunchKitError):
    kind = Kind.FORBIDDEN
    code = "forbidden"
    title = "This needs a permission that you do not have."


class NotFound(LaunchKitError):
    """Also the answer for what belongs to another tenant: the two must not be told apart."""

    kind = Kind.NOT_FOUND
    code = "not_found"
    title = "There is no such thing, or it is not yours."


class Unavailable(LaunchKitError):
    kind = Kind.UNAVAILABLE
    code = "unavailable"
    title = "LaunchKit cannot answer right now; try again shortly."
