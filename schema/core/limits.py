"""What a document may ask for, checked before anything runs."""

from collections.abc import Sequence
from typing import NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)

# Every connection takes two levels; GraphiQL's introspection needs 13.
MAX_DEPTH = 15
MAX_ALIASES = 15
MAX_TOKENS = 2_000


class _Size(NamedTuple):
    """Levels of fields below the outermost, and aliases as if every fragment were written out."""

    depth: int
    aliases: int


class BoundedOperations(ValidationRule):
    """No operation is deeper or has more aliases than allowed.

    Each fragment is measured once: a walk that follows every spread takes for ever where fragments name each
    other twice (twenty-five lines make thirty million visits).
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        definitions = context.document.definitions
        self._fragments = {
            one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)
        }
        # A fragment within itself, and one that is not there, count nothing: other rules refuse them.
        self._measured: dict[str, _Size] = {}
        for operation in definitions:
            if isinstance(operation, OperationDefinitionNode):
                self._check(operation)

    def _check(self, operation: OperationDefinitionNode) -> None:
        depth, aliases = self._measure(operation.selection_set)
        if depth > MAX_DEPTH:
            self._refuse(f"This is {depth} levels deep; {MAX_DEPTH} are allowed.", operation)
        if aliases > MAX_ALIASES:
            self._refuse(f"This has {aliases} aliases; {MAX_ALIASES} are allowed.", operation)

    def _refuse(self, message: str, operation: OperationDefinitionNode) -> None:
        self.context.report_error(GraphQLError(message, operation))

    def _measure(self, selections: SelectionSetNode | None) -> _Size:
        sizes = [self._selection(one) for one in selections.selections] if selections else []
        return _Size(max((size.depth for size in sizes), default=0), sum(size.aliases for size in sizes))

    def _selection(self, selection: SelectionNode) -> _Size:
        if isinstance(selection, FragmentSpreadNode):
            return self._fragment(selection.name.value)
        if isinstance(selection, FieldNode):
            inner = self._measure(selection.selection_set)
            # graphql-core has a rule of its own for how deep introspection may go.
            is_own = selection.selection_set is not None and not selection.name.value.startswith("__")
            return _Size(inner.depth + 1 if is_own else 0, inner.aliases + (selection.alias is not None))
        assert isinstance(selection, InlineFragmentNode)
        return self._measure(selection.selection_set)

    def _fragment(self, name: str) -> _Size:
        if name not in self._measured:
            self._measured[name] = _Size(0, 0)
            if name in self._fragments:
                self._measured[name] = self._measure(self._fragments[name].selection_set)
        return self._measured[name]


RULES: Sequence[type[ValidationRule]] = (BoundedOperations,)
