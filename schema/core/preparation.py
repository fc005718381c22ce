"""What is found out about a document once, however often it comes: its parse, what is wrong with it, its operations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from graphql import DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, specified_rules
from graphql.validation import NoSchemaIntrospectionCustomRule
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.schema.schema import validate_document
from strawberry.types.graphql import OperationType

from app.core.config import Settings
from schema.core import cost
from schema.core.limits import MAX_TOKENS, RULES

_DOCUMENTS = 256


@dataclass(frozen=True, slots=True)
class Prepared:
    """`mistakes` are those that validation found; with any, nothing of the document runs."""

    schema: GraphQLSchema
    document: cost.Document
    mistakes: Sequence[GraphQLError]
    operations: Sequence[tuple[str | None, OperationType]]

    @property
    def parsed(self) -> DocumentNode:
        return self.document.parsed

    def operation_type(self, name: str | None) -> OperationType:
        """Of the operation of this name, or of the first. Raises `CannotGetOperationTypeError`."""
        for own, kind in self.operations:
            if name is None or own == name:
                return kind
        raise CannotGetOperationTypeError(name)


class Verdict(NamedTuple):
    """Whether an operation may run; `cost` is what to tell about its price, where that was computed."""

    errors: Sequence[GraphQLError]
    cost: Mapping[str, int] | None = None


@lru_cache(maxsize=_DOCUMENTS)
def prepare(schema: GraphQLSchema, text: str, *, is_introspection_open: bool) -> Prepared:
    """Raises `GraphQLSyntaxError`, also for more tokens than allowed."""
    parsed = parse(text, max_tokens=MAX_TOKENS)
    rules = [*specified_rules, *RULES]
    if not is_introspection_open:
        rules.append(NoSchemaIntrospectionCustomRule)
    found = [one for one in parsed.definitions if isinstance(one, OperationDefinitionNode)]
    return Prepared(
        schema,
        cost.Document(text, parsed),
        validate_document(schema, parsed, tuple(rules)),
        [(one.name.value if one.name else None, OperationType(one.operation.value)) for one in found],
    )


def judge(
    prepared: Prepared, operation_name: str | None, variables: Mapping[str, Any] | None, settings: Settings
) -> Verdict:
    """What depends on the request, not on the document alone: which operation is meant, and what it costs."""
    if operation_name is None and len(prepared.operations) > 1:
        # The library would run the first one.
        return Verdict([GraphQLError("Name the operation: the document has several.")])
    if prepared.mistakes:
        return Verdict(prepared.mistakes)
    requested = cost.of(prepared.schema, prepared.document, operation_name, variables)
    maximum = settings.graphql_max_cost
    told = {"requested": requested, "maximum": maximum}
    if requested > maximum:
        sentence = (
            f"This may cost {requested}; {maximum} are allowed. Ask for smaller pages, or for less of each."
        )
        return Verdict([GraphQLError(sentence, extensions={"code": "cost_exceeded"})], told)
    return Verdict([], told)
