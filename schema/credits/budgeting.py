"""What may be spent in a period."""

from decimal import Decimal
from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.ids import BudgetId
from app.credits import budgets
from app.credits import types as domain
from app.credits.errors import BudgetNotFound
from app.credits.types import (
    Period,
    ScopeKind,
)
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.credits.queries import side
from schema.credits.types import Budget
from schema.orgs.types import Environment

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."


@strawberry.input(description="A budget: it takes the place of the one for the same scope and period.")
class SetBudgetInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    scope_kind: ScopeKind = strawberry.field(description="What it is set for.")
    scope_id: str = strawberry.field(description="Which one: an API key's id of ours, else your own.")
    period: Period = strawberry.field(description="How long it lasts.")
    amount: Decimal = strawberry.field(description="What may be used in each period; 0 allows nothing.")
    is_hard: bool = strawberry.field(default=True, description="Whether more is refused; else it only tells.")
    environment: Environment | None = strawberry.field(
        default=None, description="Live where it is left out; of an API key, its own."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="A budget to be removed.")
class RemoveBudgetInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    budget_id: strawberry.ID = strawberry.field(description="Which one.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="A budget is gone.")
class RemovedBudget:
    budget_id: strawberry.ID = strawberry.field(description="Its id.")


SetBudgetResult = Annotated[
    Budget | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetBudgetResult", description="The budget, or why it is as it was."),
]
RemoveBudgetResult = Annotated[
    RemovedBudget | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RemoveBudgetResult", description="That it is gone, or why it is not."),
]


@strawberry.type
class BudgetMutations:
    @strawberry.mutation(description="Sets a budget, or changes the one for the same scope and period.")
    async def set_budget(
        self, info: Info, input: Annotated[SetBudgetInput, strawberry.argument(description="The budget.")]
    ) -> SetBudgetResult:
        principal, now = info.context.principal, info.context.now
        try:
            command = domain.SetBudget(
                domain.Scope(input.scope_kind, _scope_id(input.scope_kind, input.scope_id)),
                side(input.environment) or principal.environment,
                input.period,
                input.amount,
                is_hard=input.is_hard,
                idempotency_key=input.idempotency_key,
            )
            done = await budgets.set_budget(principal, node.org_id(input.org_id), command=command, now=now)
        except LaunchKitError as error:
            return problem(error)
        return Budget.of(done.value)

    @strawberry.mutation(description="Removes a budget with what was counted of it.")
    async def remove_budget(
        self, info: Info, input: Annotated[RemoveBudgetInput, strawberry.argument(description="Which one.")]
    ) -> RemoveBudgetResult:
        principal, now = info.context.principal, info.context.now
        try:
            budget_id = BudgetId(node.find("bud", input.budget_id, BudgetNotFound))
            await budgets.remove_budget(
                principal,
                node.org_id(input.org_id),
                budget_id=budget_id,
                idempotency_key=input.idempotency_key,
                now=now,
            )
        except LaunchKitError as error:
            return problem(error)
        return RemovedBudget(budget_id=input.budget_id)


def _scope_id(kind: ScopeKind, text: str) -> str:
    """As it is kept: of an API key the UUID. Raises `InvalidInput`."""
    return str(ids.decode("key", text, field="scope_id")) if kind is ScopeKind.API_KEY else text
