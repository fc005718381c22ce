"""What a document costs at most, computed before it runs: the objects that it may make the server read.

An object costs 1 and its plain fields nothing; a connection costs its page (`first`, or what that is by default)
times what is asked of each node; other lists count `LIST_LENGTH`. Types that exclude each other are added up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from app.core.pagination import DEFAULT_PAGE, MAX_PAGE

OBJECT = 1
WRITE = 10
LIST_LENGTH = 10
# By `Type.field`, for those that are dearer than what they return.
WEIGHTS: Mapping[str, int] = {
    "Mutation.changePassword": 100,
    "Mutation.resetPassword": 50,
    "Mutation.signIn": 50,
    "Mutation.signUp": 50,
    "Query.usage": 20,
}

_PAGE_ARGUMENT = "first"
# Of a connection, the fields of which there is one for each node.
_PER_NODE = frozenset({"edges", "nodes"})


@dataclass(frozen=True, slots=True)
class Document:
    """Known by its text: the hash of a parsed document is computed anew each time, which takes longer than the cost."""

    text: str
    parsed: DocumentNode = field(compare=False)


def of(
    schema: GraphQLSchema,
    document: Document,
    operation_name: str | None,
    variables: Mapping[str, Any] | None,
) -> int:
    """Of the operation that would run. The document must be valid."""
    names = _page_variables(document)
    given = variables or {}
    sizes = tuple((name, _page(given[name])) for name in names if name in given)
    return _of(schema, document, operation_name, sizes)


@lru_cache(maxsize=128)
def _page_variables(document: Document) -> tuple[str, ...]:
    """The variables that say how long a page is: no others change the cost."""
    found: set[str] = set()
    waiting: list[Any] = list(document.parsed.definitions)
    while waiting:
        node = waiting.pop()
        if isinstance(node, FieldNode):
            found.update(
                argument.value.name.value
                for argument in node.arguments or ()
                if argument.name.value == _PAGE_ARGUMENT and isinstance(argument.value, VariableNode)
            )
        if getattr(node, "selection_set", None) is not None:
            waiting.extend(node.selection_set.selections)
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def _of(
    schema: GraphQLSchema,
    document: Document,
    operation_name: str | None,
    sizes: tuple[tuple[str, int], ...],
) -> int:
    operation = next(
        one
        for one in document.parsed.definitions
        if isinstance(one, OperationDefinitionNode)
        and (operation_name is None or (one.name is not None and one.name.value == operation_name))
    )
    root = schema.get_root_type(operation.operation)
    return _Sum(schema, document.parsed, operation, dict(sizes)).of(operation.selection_set, root)


def _page(value: object) -> int:
    """More than may be asked for is refused by the field itself, with a better sentence."""
    return min(max(value, 1), MAX_PAGE) if isinstance(value, int) else DEFAULT_PAGE


class _Sum:
    """One walk over an operation; each fragment is measured once, however often it is used."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        sizes: dict[str, int],
    ) -> None:
        self._schema = schema
        self._sizes = {**_defaults(operation), **sizes}
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._measured: dict[tuple[str, int | None], int] = {}

    def of(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, page: int | None = None
    ) -> int:
        """With `page`, `parent` is a connection with so many nodes."""
        if selections is None:
            return 0
        return sum(self._selection(one, parent, page) for one in selections.selections)

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None, page: int | None) -> int:
        if isinstance(node, FieldNode):
            return self._field(node, parent, page)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value, page)
        inline = cast("InlineFragmentNode", node)
        condition = inline.type_condition
        inner = self._schema.get_type(condition.name.value) if condition else parent
        return self.of(inline.selection_set, inner, page)

    def _fragment(self, name: str, page: int | None) -> int:
        key = (name, page)
        if key not in self._measured:
            fragment = self._fragments[name]
            inner = self._schema.get_type(fragment.type_condition.name.value)
            self._measured[key] = self.of(fragment.selection_set, inner, page)
        return self._measured[key]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, page: int | None) -> int:
        name = node.name.value
        if name.startswith("__") or not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            # How deep introspection may go is bounded elsewhere; what it reads is in memory.
            return OBJECT if node.selection_set is not None else 0
        field = parent.fields[name]
        own = self._weight(parent, name, node)
        inner = get_named_type(field.type)
        if _PAGE_ARGUMENT in field.args:
            return own + self.of(node.selection_set, inner, self._page_of(node, field))
        per_item = own + self.of(node.selection_set, inner)
        if page is not None:
            return per_item * (page if name in _PER_NODE else 1)
        is_list = is_list_type(get_nullable_type(field.type)) and node.selection_set is not None
        return per_item * (LIST_LENGTH if is_list else 1)

    def _weight(self, parent: GraphQLNamedType, name: str, node: FieldNode) -> int:
        weight = WEIGHTS.get(f"{parent.name}.{name}")
        if weight is not None:
            return weight
        if parent is self._schema.mutation_type:
            return WRITE
        return OBJECT if node.selection_set is not None else 0

    def _page_of(self, node: FieldNode, field: GraphQLField) -> int:
        for argument in node.arguments or ():
            if argument.name.value == _PAGE_ARGUMENT:
                value = argument.value
                if isinstance(value, IntValueNode):
                    return _page(int(value.value))
                if isinstance(value, VariableNode) and value.name.value in self._sizes:
                    return self._sizes[value.name.value]
        return _page(field.args[_PAGE_ARGUMENT].default_value)


def _defaults(operation: OperationDefinitionNode) -> dict[str, int]:
    return {
        one.variable.name.value: _page(int(one.default_value.value))
        for one in operation.variable_definitions or ()
        if isinstance(one.default_value, IntValueNode)
    }
