"""graphql-core's executor, for which what objects already hold goes the short way of `reading`."""

from typing import Any, NamedTuple, cast

from graphql import GraphQLObjectType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.core.reading import LongWay, Read, readers


class _Plan(NamedTuple):
    """The fields asked of one type: those to read by the name they have in the answer, and all others.

    `grouped` is what it was made from; it is held so that no other can get its identity.
    """

    short: list[tuple[str, Read]]
    others: dict[str, Any]
    grouped: dict[str, Any]


class Executor(StrawberryGraphQLCoreExecutionContext):
    """For documents that were validated."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._plans: dict[tuple[GraphQLObjectType, int], _Plan] = {}

    def build_per_event_executor(self, payload: Any) -> "Executor":
        """What is remembered of one event's selections is of no use to the next, and the library would keep it:
        a subscription would grow with every event for as long as it lasts.
        """
        executor = cast("Executor", super().build_per_event_executor(payload))
        executor._plans = {}
        executor._relevant_sub_fields = {}
        return executor

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Any,
        grouped_field_set: dict[str, Any],
        position_context: Any,
    ) -> Any:
        plan = self._plan(parent_type, grouped_field_set)
        if not plan.short:
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        results: dict[str, Any] = dict.fromkeys(grouped_field_set)
        others = plan.others
        for name, read in plan.short:
            try:
                results[name] = read(source_value)
            except Exception:  # noqa: BLE001 - the long way says what is wrong
                others = {**others, name: grouped_field_set[name]}
        if not others:
            return results
        rest: Any = super().execute_fields(parent_type, source_value, path, others, position_context)
        if self.is_awaitable(rest):
            return _completed(results, rest)
        results.update(rest)
        return results

    def read_object(self, type_: GraphQLObjectType, details: Any, value: object) -> dict[str, Any]:
        plan = self._plan(type_, self.collect_subfields(type_, details).grouped_field_set)
        if plan.others:
            raise LongWay
        return {name: read(value) for name, read in plan.short}

    def _plan(self, type_: GraphQLObjectType, grouped: dict[str, Any]) -> _Plan:
        key = (type_, id(grouped))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._planned(type_, grouped)
        return plan

    def _planned(self, type_: GraphQLObjectType, grouped: dict[str, Any]) -> _Plan:
        known = readers(type_)
        plan = _Plan([], {}, grouped)
        for name, details in grouped.items():
            reader = known.get(details[0].node.name.value)
            if reader is None:
                plan.others[name] = details
            else:
                plan.short.append((name, reader(self, details)))
        return plan


async def _completed(results: dict[str, Any], rest: Any) -> dict[str, Any]:
    results.update(await rest)
    return results
