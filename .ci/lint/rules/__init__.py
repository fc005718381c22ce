"""All rules, in the order of their names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from lint.rules import (
    actors_are_thin,
    clock_at_edges,
    generic_names,
    no_machine_paths,
    no_naked_limit,
    no_task_in_transaction,
    save_names_fields,
)
from lint.source import Source


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    applies: Callable[[Source], bool]
    find: Callable[[Source], Iterator[tuple[int, str]]]


def _rule(module: ModuleType) -> Rule:
    return Rule(module.__name__.rpartition(".")[2], module.applies, module.find)


ALL = tuple(
    _rule(module)
    for module in (
        actors_are_thin,
        clock_at_edges,
        generic_names,
        no_machine_paths,
        no_naked_limit,
        no_task_in_transaction,
        save_names_fields,
    )
)
