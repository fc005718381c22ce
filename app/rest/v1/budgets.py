"""`/v1/credits/budgets`: what may be spent in a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import BudgetId
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Environment, Permission, Principal
from app.credits import budgets, queries
from app.credits.errors import BudgetNotFound
from app.credits.types import Budget, Period, Scope, ScopeKind, SetBudget
from app.rest import bodies, idempotent, paging
from app.rest.amounts import AmountOrNone
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.rest.v1.credit import Ref
from app.rest.v1.wallets import ENVIRONMENT, environment
from app.web.body import json_response
from app.web.organisation import sole_org

_PATH = "/v1/credits/budgets"


class ScopeBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: ScopeKind
    id: Annotated[Ref, Field(description="Of an API key key_…, else your own id")]

    def scope(self) -> Scope:
        """An API key is kept by its UUID. Raises `InvalidInput`."""
        if self.kind is ScopeKind.API_KEY:
            return Scope(self.kind, str(ids.decode("key", self.id, field="scope.id")))
        return Scope(self.kind, self.id)


class SetBudgetBody(BaseModel):
    """A budget: it takes the place of the one for the same scope and period."""

    model_config = ConfigDict(extra="forbid")

    scope: ScopeBody
    period: Period
    amount: AmountOrNone
    is_hard: Annotated[bool, Field(description="Whether more is refused; else it only tells")] = True
    environment: Annotated[Environment | None, Field(description="Default: that of your key")] = None


@dataclass(frozen=True, slots=True)
class BudgetScopeView:
    kind: ScopeKind
    id: Annotated[str, Field(description="Of an API key key_…, else your own id")]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """How much may be used in a period."""

    id: Annotated[str, Field(description="bud_…")]
    scope: BudgetScopeView
    environment: Environment
    period: Annotated[Period, Field(description="Calendar periods in UTC; `total` never begins anew")]
    amount: Annotated[str, Field(description="What may be used in each period; decimal as text")]
    is_hard: Annotated[bool, Field(description="Whether more is refused; else it only tells")]
    spent: Annotated[str, Field(description="What was used in the present period; decimal as text")]
    held: Annotated[str, Field(description="What its open holds have set aside; decimal as text")]
    resets_at: Annotated[datetime | None, Field(description="Null where it never begins anew")]


@dataclass(frozen=True, slots=True)
class BudgetList:
    data: list[BudgetView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(budget: Budget) -> BudgetView:
    return BudgetView(
        id=ids.encode("bud", budget.id),
        scope=BudgetScopeView(budget.scope.kind, budget.scope.shown_id),
        environment=budget.environment,
        period=budget.period,
        amount=to_text(budget.amount),
        is_hard=budget.is_hard,
        spent=to_text(budget.spent),
        held=to_text(budget.held),
        resets_at=budget.resets_at,
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.budgets(
        principal,
        sole_org(principal),
        request=paging.read(request),
        now=utcnow(),
        environment=environment(request),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(BudgetList([view(budget) for budget in found.items], cursor))


async def put(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, SetBudgetBody)
    command = SetBudget(
        body.scope.scope(),
        body.environment or principal.environment,
        body.period,
        body.amount,
        is_hard=body.is_hard,
        idempotency_key=idempotent.key_of(request),
    )
    done = await budgets.set_budget(principal, sole_org(principal), command=command, now=utcnow())
    return idempotent.respond(done, view(done.value))


async def remove(request: web.Request, principal: Principal) -> web.Response:
    found = ids.find("bud", request.match_info["id"])
    if found is None:
        raise BudgetNotFound
    done = await budgets.remove_budget(
        principal,
        sole_org(principal),
        budget_id=BudgetId(found),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.empty(done)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            _PATH,
            "list_budgets",
            "Budgets with what was used of them, newest first.",
            Permission.CREDITS_READ,
            page,
            {200: ("A page of budgets", BudgetList)},
            parameters=[ENVIRONMENT, *paging.PARAMETERS],
            tag="Credits",
        ),
        Operation(
            "POST",
            _PATH,
            "set_budget",
            "Sets a budget, or changes the one for the same scope and period.",
            Permission.CREDITS_MANAGE,
            put,
            {200: ("The budget as it is now", BudgetView)},
            body=SetBudgetBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Credits",
        ),
        Operation(
            "DELETE",
            f"{_PATH}/{{id}}",
            "remove_budget",
            "Removes a budget with what was counted of it.",
            Permission.CREDITS_MANAGE,
            remove,
            {204: ("It is gone", None)},
            parameters=[Parameter("id", "path", str, "bud_…", required=True), IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Credits",
        ),
    ]
