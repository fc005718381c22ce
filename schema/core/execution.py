"""How an operation runs: prepared once, judged each time, executed, its errors masked.

Over HTTP by `Schema.execute`, which does these four things and nothing else. Over a WebSocket by the library's
`stream`, whose extensions do the same: they are made anew for every operation, which costs a fifth of a small
query, but a socket's operations are few and long.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, cast

import strawberry
from graphql import ExecutionResult as GraphQLExecutionResult
from graphql import GraphQLError, execute_root_selection_set
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import StreamExecutionResult
from strawberry.types.graphql import OperationType

from schema.core import preparation
from schema.core.context import Context
from schema.core.errors import publish
from schema.core.executor import Executor
from schema.core.limits import MAX_TOKENS
from schema.core.preparation import Prepared, Verdict

_QUERIES_AND_MUTATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})


class Schema(strawberry.Schema):
    """A schema whose documents are limited and whose errors are masked, however they come."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            extensions=[PublicErrors, FreshCredential, PreparedDocuments],
            execution_context_class=Executor,
            **options,
        )

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Context | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """A query or a mutation. Raises `CannotGetOperationTypeError` and `InvalidOperationTypeError`."""
        assert context_value is not None
        allowed = _QUERIES_AND_MUTATIONS if allowed_operation_types is None else allowed_operation_types
        try:
            prepared = _prepare(self, query or "", context_value)
            kind = prepared.operation_type(operation_name)
            if kind not in allowed:
                raise InvalidOperationTypeError(kind)
            verdict = preparation.judge(
                prepared, operation_name, variable_values, context_value.services.settings
            )
            told = _told(verdict, context_value)
            if verdict.errors:
                return ExecutionResult(None, publish(verdict.errors, context_value), told)
            result = await self._run(
                prepared, variable_values, context_value, root_value, operation_name, operation_extensions
            )
        except (CannotGetOperationTypeError, InvalidOperationTypeError):
            raise
        except GraphQLError as error:
            return ExecutionResult(None, publish([error], context_value))
        except Exception as error:  # noqa: BLE001 - masked and logged
            unexpected = GraphQLError(str(error), original_error=error)
            return ExecutionResult(None, publish([unexpected], context_value))
        errors = publish(result.errors, context_value) if result.errors else None
        return ExecutionResult(result.data, errors, told)

    async def _run(
        self,
        prepared: Prepared,
        variables: dict[str, Any] | None,
        context: Context,
        root_value: Any | None,
        operation_name: str | None,
        operation_extensions: dict[str, Any] | None,
    ) -> GraphQLExecutionResult:
        executor = Executor.build(
            self._schema,
            prepared.parsed,
            root_value,
            context,
            variables,
            operation_name,
            is_awaitable=cast("Any", optimized_is_awaitable),  # a predicate, without saying of what
            operation_extensions=operation_extensions,
        )
        if isinstance(executor, list):
            return GraphQLExecutionResult(None, executor)
        result = execute_root_selection_set(executor)
        return result if isinstance(result, GraphQLExecutionResult) else await result

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """`publish` logs what nobody expected. The library would log every error, and with it the document
        and the values that were sent: passwords among them.
        """


def _prepare(schema: strawberry.Schema, text: str, context: Context) -> Prepared:
    is_open = context.services.settings.graphql_introspection
    return preparation.prepare(schema._schema, text, is_introspection_open=is_open)


def _told(verdict: Verdict | None, context: Context) -> dict[str, Any]:
    """The `extensions` of an answer: the cost, and what the tightest rate limit leaves to the caller after it."""
    if verdict is None or verdict.cost is None:
        return {}
    allowance = context.allowance
    if allowance is None:
        return {"cost": verdict.cost}
    return {"cost": {**verdict.cost, "remaining": allowance.tightest.remaining}}


class PublicErrors(SchemaExtension):
    def on_operation(self) -> Iterator[None]:
        self._streamed = False
        yield
        if not self._streamed:
            self._publish(self.execution_context.result)

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        self._streamed = True
        self._publish(result)
        yield

    def _publish(self, result: Any) -> None:
        errors = getattr(result, "errors", None)
        if errors:
            result.errors = publish(errors, self.execution_context.context)


class FreshCredential(SchemaExtension):
    """A WebSocket lives for hours: each operation on it is judged by the credential as it is now."""

    async def on_operation(self) -> AsyncIterator[None]:
        context = self.execution_context.context
        if context.connection_params is not None:
            await context.renew()
        yield


class PreparedDocuments(SchemaExtension):
    _prepared: Prepared | None = None
    _verdict: Verdict | None = None

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = MAX_TOKENS
        try:
            self._prepared = _prepare(context.schema, context.query or "", context.context)
            context.graphql_document = self._prepared.parsed
        except GraphQLError:
            # Left to the library, which parses again: what an extension raises would never be sent.
            context.graphql_document = None
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if self._prepared is not None:
            self._verdict = preparation.judge(
                self._prepared,
                context._provided_operation_name,
                context.variables,
                context.context.services.settings,
            )
            context.pre_execution_errors = list(self._verdict.errors)
        yield

    def get_results(self) -> dict[str, Any]:
        return _told(self._verdict, self.execution_context.context)
