"""What a document may ask for, checked before anything runs.

The rules are made once: a rule made per request is a new key for the validation cache, which then never hits.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
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
from graphql.validation import NoSchemaIntrospectionCustomRule
from strawberry.extensions import MaxTokensLimiter, ParserCache, SchemaExtension, ValidationCache

from schema.core import cost
from schema.core.errors import PublicErrors

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


_RULES: list[Any] = [BoundedOperations]
_RULES_WITHOUT_INTROSPECTION: list[Any] = [*_RULES, NoSchemaIntrospectionCustomRule]


class OurRules(SchemaExtension):
    """Two constant lists of rules, so that the validation cache keeps hitting."""

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        is_open = context.context.services.settings.graphql_introspection
        context.validation_rules += tuple(_RULES if is_open else _RULES_WITHOUT_INTROSPECTION)
        yield


class CachedParser(ParserCache):
    """Leaves a syntax error to the executor: over a WebSocket the cache's own error would never be sent."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        try:
            context.graphql_document = self.cached_parse_document(context.query, **context.parse_options)
        except GraphQLError:
            context.graphql_document = None
        yield


class FreshCredential(SchemaExtension):
    """A WebSocket lives for hours: each operation on it is judged by the credential as it is now."""

    async def on_operation(self) -> AsyncIterator[None]:
        context = self.execution_context.context
        if context.connection_params is not None:
            await context.renew()
        yield


class CheckedValidation(ValidationCache):
    """Adds what depends on the request, not on the document alone: which operation is meant, and what it costs."""

    _cost: dict[str, int] | None = None

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        document = context.graphql_document
        if document is None:
            yield
            return
        if context._provided_operation_name is None and _holds_several(document):
            # The library would run the first one.
            context.pre_execution_errors = [GraphQLError("Name the operation: the document has several.")]
            yield
            return
        for step in super().on_validate():
            if not context.pre_execution_errors:
                self._check_cost(document)
            yield step

    def _check_cost(self, document: DocumentNode) -> None:
        context = self.execution_context
        requested = cost.of(
            context.schema._schema,
            cost.Document(context.query or "", document),
            context._provided_operation_name,
            context.variables,
        )
        maximum = context.context.services.settings.graphql_max_cost
        self._cost = {"requested": requested, "maximum": maximum}
        if requested > maximum:
            sentence = f"This may cost {requested}; {maximum} are allowed. Ask for smaller pages, or for less of each."
            context.pre_execution_errors = [GraphQLError(sentence, extensions={"code": "cost_exceeded"})]

    def get_results(self) -> dict[str, Any]:
        """Beside the cost, what the tightest rate limit leaves to the caller after this request."""
        if self._cost is None:
            return {}
        allowance = self.execution_context.context.allowance
        if allowance is None:
            return {"cost": self._cost}
        return {"cost": {**self._cost, "remaining": allowance.tightest.remaining}}


def _holds_several(document: DocumentNode) -> bool:
    definitions = document.definitions
    if len(definitions) == 1:
        return False
    return sum(isinstance(one, OperationDefinitionNode) for one in definitions) > 1


def extensions() -> Sequence[Callable[[], Any]]:
    """In order; the last one is innermost."""
    return [
        PublicErrors,
        FreshCredential,
        lambda: MaxTokensLimiter(MAX_TOKENS),
        CachedParser,
        CheckedValidation,
        OurRules,
    ]
