"""What an argument of a registered call holds, where it is not simply written down."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.principal import Permission


@dataclass(frozen=True, slots=True)
class Id:
    """The id of a row of the asker's own. `kind` is the prefix of such ids: `world.TABLES` says of which table."""

    kind: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list of rows of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unique:
    """Text that is new in every call."""

    text: str = "once-{}"


@dataclass(frozen=True, slots=True)
class Ours:
    """Looks like an id, and is one of the org's own choosing: a tenant's customer, for example, is no row here."""

    value: str


@dataclass(frozen=True, slots=True)
class Made:
    """What somebody has to have first: a token by mail, a code of now. Called with the world and the asker.

    Whoever is refused is refused before anybody looks at it, and gives `otherwise`.
    """

    make: Callable[[Any, Any], Awaitable[Any]]
    otherwise: Any = "nothing"


Placeholder = Id | Cursor | Unique | Ours | Made


@dataclass(frozen=True, slots=True)
class Needs:
    """Who may: everybody (`is_public`), or who has a credential and the permission, and is a person, or a key, if it
    says so.
    """

    permission: Permission | None = None
    is_public: bool = False
    people_only: bool = False
    keys_only: bool = False


PUBLIC = Needs(is_public=True)
SIGNED_IN = Needs()
PEOPLE = Needs(people_only=True)


@dataclass(frozen=True, slots=True)
class Call:
    """One way to call an operation that succeeds, with every argument that it has.

    `left_out` are arguments that cannot stand beside the others: another call of the same operation gives them.
    `unless` says for whom, of those who may, it ends otherwise, and with which code: an owner cannot leave.
    """

    arguments: Mapping[str, Any] = field(default_factory=dict)
    needs: Needs | None = None
    left_out: frozenset[str] = frozenset()
    unless: Mapping[str, str] = field(default_factory=dict)


def call(
    needs: Needs | Permission | None = None,
    /,
    left_out: str = "",
    unless: Mapping[str, str] | None = None,
    **arguments: Any,
) -> Call:
    granted = Needs(needs) if isinstance(needs, Permission) else needs
    return Call(arguments, granted, frozenset(left_out.split()), unless or {})


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no container, with its dotted path; the items of a list share the list's path."""
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for item in value:
            yield from leaves(item, path)
    else:
        yield path, value


def filled(value: Any, fill: Callable[[str, Placeholder], Any], path: str = "") -> Any:
    """The same arguments with each placeholder replaced by what `fill` makes of it at its path."""
    if isinstance(value, Placeholder):
        return fill(path, value)
    if isinstance(value, Mapping):
        return {name: filled(item, fill, f"{path}.{name}" if path else name) for name, item in value.items()}
    if isinstance(value, list):
        return [filled(item, fill, path) for item in value]
    return value
