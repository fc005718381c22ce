"""How a subscription begins, and how its updates are executed for all who share them."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson
from graphql import (
    ArgumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    VariableNode,
    create_source_event_stream,
    execute_subscription_event,
    visit,
)
from graphql.language import Visitor
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.types.graphql import OperationType

from app.core import ids
from app.web.authentication import Credential
from app.web.services import Services
from schema.core import preparation
from schema.core.context import Context
from schema.core.errors import publish
from schema.core.execution import Schema
from schema.core.executor import Executor
from schema.core.live import Live
from schema.core.loaders import Loaders
from schema.core.preparation import Prepared
from schema.core.sharing import Render


@dataclass(frozen=True, slots=True)
class Wish:
    """A subscription as the client asks for it."""

    query: str
    variables: Mapping[str, Any] | None
    operation_name: str | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A subscription that may run. Those of equal `key` are the same."""

    live: Live[Any]
    key: Hashable
    render: Callable[[], Render]


class Unseen(Context):
    """The context of what is executed for many: nobody's request, and no person or key that asks."""

    @property
    def request_id(self) -> str:
        """Of nobody: a fault in an update is found by an id of its own."""
        return ids.encode("req", ids.uuid7())


async def begin(schema: Schema, wish: Wish, context: Context) -> Begun | Sequence[GraphQLError] | None:
    """None for what is no subscription to a `Live`, or is not even well formed: the library runs or refuses it.

    Raises nothing that the client can cause: then the errors are what there is to tell.
    """
    found = _prepared(schema, wish, context.services)
    if found is None:
        return None
    prepared, cost = found
    await context.renew()
    executor = _executor(schema, prepared, wish, context)
    if isinstance(executor, list):
        return publish(executor, context)
    source: Any = create_source_event_stream(executor)
    if executor.is_awaitable(source):
        source = await source
    if isinstance(source, ExecutionResult):
        return publish(source.errors or [], context)
    if not isinstance(source, Live):
        return None
    services = context.services
    key = (prepared.document.text, wish.operation_name, _shared_variables(prepared, wish), _sight(source))
    return Begun(source, key, lambda: _renderer(schema, prepared, wish, cost, source, services))


def _prepared(
    schema: Schema, wish: Wish, services: Services
) -> tuple[Prepared, Mapping[str, int] | None] | None:
    settings = services.settings
    try:
        prepared = preparation.prepare(
            schema._schema, wish.query, is_introspection_open=settings.graphql_introspection
        )
        if prepared.operation_type(wish.operation_name) is not OperationType.SUBSCRIPTION:
            return None
    except (GraphQLError, CannotGetOperationTypeError):
        return None
    variables = dict(wish.variables) if wish.variables is not None else None
    verdict = preparation.judge(prepared, wish.operation_name, variables, settings)
    return None if verdict.errors else (prepared, verdict.cost)


def _executor(
    schema: Schema, prepared: Prepared, wish: Wish, context: Context
) -> Executor | list[GraphQLError]:
    built: Any = Executor.build(
        schema._schema,
        prepared.parsed,
        None,
        context,
        dict(wish.variables) if wish.variables is not None else None,
        wish.operation_name,
        is_awaitable=cast("Any", optimized_is_awaitable),  # a predicate, without saying of what
        operation_extensions=None,
    )
    executor: Executor | list[GraphQLError] = built
    return executor


def _renderer(
    schema: Schema,
    prepared: Prepared,
    wish: Wish,
    cost: Mapping[str, int] | None,
    live: Live[Any],
    services: Services,
) -> Render:
    """Executes and encodes an update: the payload of a `next` message. It holds nothing of who came first."""
    nothing: Any = None
    context = Unseen(nothing, nothing, services, Credential(live.viewer))
    executor = _executor(schema, prepared, wish, context)
    assert isinstance(executor, Executor), "it was built before, of the same"
    told = {} if cost is None else {"extensions": {"cost": cost}}

    async def render(update: Any) -> bytes:
        context.loaders = Loaders()
        result: Any = execute_subscription_event(executor.build_per_event_executor(live.show(update)))
        if executor.is_awaitable(result):
            result = await cast("Awaitable[ExecutionResult]", result)
        payload: dict[str, Any] = {"data": result.data, **told}
        if result.errors:
            payload["errors"] = [error.formatted for error in publish(result.errors, context)]
        return orjson.dumps(payload)

    return render


def _sight(live: Live[Any]) -> Hashable:
    viewer = live.viewer
    granted = tuple(viewer.orgs.items())
    return (viewer.kind, granted, viewer.workspace_id, viewer.environment, live.stream.identity)


def _shared_variables(prepared: Prepared, wish: Wish) -> str:
    """Without the one by which `after` is said: where somebody goes on from is no part of what is followed."""
    if not wish.variables:
        return ""
    after = _variable_of_after(prepared)
    shared = {name: value for name, value in wish.variables.items() if name != after}
    # As text: the bytes would keep the kilobytes that the encoder sets aside.
    return orjson.dumps(shared, option=orjson.OPT_SORT_KEYS).decode()


def _variable_of_after(prepared: Prepared) -> str | None:
    """Its name, where a root field's `after` is all that it is used for."""
    uses = _Uses()
    visit(prepared.parsed, uses)
    for operation in prepared.parsed.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        for field in operation.selection_set.selections:
            if isinstance(field, FieldNode) and (name := _after(field.arguments)) is not None:
                # Once in its definition, once here.
                return name if uses.count.get(name) == 2 else None
    return None


def _after(arguments: Sequence[ArgumentNode] | None) -> str | None:
    for argument in arguments or ():
        if argument.name.value == "after" and isinstance(argument.value, VariableNode):
            return argument.value.name.value
    return None


class _Uses(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self.count[node.name.value] = self.count.get(node.name.value, 0) + 1
