"""A second factor as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A secret that counts for nothing until a code of it was seen; `uri` is for the QR code."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """Each stands in for an authenticator's code once. They exist nowhere else."""

    codes: Sequence[str] = field(repr=False)
