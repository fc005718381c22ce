"""Enums of the domains as GraphQL shows them: the domains know nothing of descriptions."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

import strawberry

E = TypeVar("E", bound=Enum)


def describe(cls: type[E], *, name: str, description: str, values: Mapping[E, str]) -> None:
    """Makes `cls` an enum of the schema; `values` must describe each of its members."""
    if missing := set(cls) - set(values):
        raise ValueError(f"{name}: describe {', '.join(sorted(member.name for member in missing))}, too.")
    strawberry.enum(cls, name=name, description=description)
    definition: Any = cls.__strawberry_definition__  # type: ignore[attr-defined]
    by_name = {member.name: text for member, text in values.items()}
    for value in definition.values:
        value.description = by_name[value.name]
