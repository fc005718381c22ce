"""What the client asked for, where it decides what to read."""

from collections.abc import Iterable

from strawberry.types.nodes import SelectedField, Selection

from schema.core.context import Info


def selects(info: Info, *names: str) -> bool:
    """Whether a field with one of these names, as the schema spells them, is selected anywhere below this one."""
    return any(_selects(field.selections, names) for field in info.selected_fields)


def _selects(selections: Iterable[Selection], names: tuple[str, ...]) -> bool:
    return any(
        (isinstance(selection, SelectedField) and selection.name in names)
        or _selects(selection.selections, names)
        for selection in selections
    )
