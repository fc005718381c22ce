"""Giving and taking credit, and what it may be used for."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import strawberry

from app.core import ids
from app.core.errors import FieldError, LaunchKitError
from app.core.errors import InvalidInput as InvalidInputError
from app.core.ids import BudgetId, GrantId, WalletId
from app.credits import budgets, granting, requests, service
from app.credits import types as domain
from app.credits.errors import BudgetNotFound, GrantNotFound, TransactionNotFound
from app.credits.types import (
    DEFAULT_LEASE,
    DEFAULT_PRIORITY,
    Category,
    GrantSource,
    OwnerKind,
    Period,
    ScopeKind,
)
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.credits.problems import BudgetExceeded, InsufficientCredits, spending_problem
from schema.credits.queries import hold_id, side
from schema.credits.types import Budget
from schema.orgs.types import Environment

_KEY = "Makes repeating safe: the same key means the same effect."
_AMOUNT = "Credits, at most 12 digits after the point."
_CUSTOMER = "Your own id for the customer, or ours; without one the org's own credit is meant."


@strawberry.input(description="Whose wallet.")
class WalletOwnerInput:
    kind: OwnerKind = strawberry.field(description="Whose it is.")
    ref: str | None = strawberry.field(
        default=None, description="Your own id for the customer, or the team's name; none for the org's own."
    )


@strawberry.input(description="Credit to be given.")
class GrantCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    owner: WalletOwnerInput = strawberry.field(description="Whose wallet; it is made where there is none.")
    amount: Decimal = strawberry.field(description=_AMOUNT)
    source: GrantSource = strawberry.field(default=GrantSource.PROMOTION, description="Why it is given.")
    category: Category = strawberry.field(
        default=Category.PROMOTIONAL, description="Whether money was paid for it."
    )
    environment: Environment | None = strawberry.field(
        default=None, description="Live where it is left out; of an API key, its own."
    )
    effective_at: datetime | None = strawberry.field(
        default=None, description="From when on it can be used: now, where it is left out."
    )
    expires_at: datetime | None = strawberry.field(default=None, description="From when on it cannot.")
    priority: int = strawberry.field(
        default=DEFAULT_PRIORITY, description="0 to 1000: the lowest burns first."
    )
    feature_id: str | None = strawberry.field(default=None, description="Only this feature may use it.")
    cost_basis: Decimal | None = strawberry.field(
        default=None, description="What one credit cost, in `currency`."
    )
    currency: str | None = strawberry.field(default=None, description="ISO 4217.")
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="Credit that was paid for outside LaunchKit.")
class PurchaseCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    customer_id: str | None = strawberry.field(default=None, description=_CUSTOMER)
    amount: Decimal = strawberry.field(description=_AMOUNT)
    cost_basis: Decimal | None = strawberry.field(
        default=None, description="What one credit cost, in `currency`."
    )
    currency: str | None = strawberry.field(default=None, description="ISO 4217.")
    expires_at: datetime | None = strawberry.field(
        default=None, description="From when on what is left cannot be used."
    )
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="Used credit to be given back.")
class RefundCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    transaction_id: strawberry.ID = strawberry.field(description="What took it: a `consume` or `settle`.")
    amount: Decimal = strawberry.field(description=_AMOUNT)
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="A grant to be taken back.")
class ClawBackGrantInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    grant_id: strawberry.ID = strawberry.field(description="Which one.")
    amount: Decimal = strawberry.field(description="How much of it, spent or not.")
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


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


@strawberry.input(description="A budget to be removed.")
class RemoveBudgetInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    budget_id: strawberry.ID = strawberry.field(description="Which one.")


@strawberry.input(description="Credit to be used at once.")
class ConsumeCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    customer_id: str | None = strawberry.field(default=None, description=_CUSTOMER)
    amount: Decimal = strawberry.field(description=_AMOUNT)
    user_id: str | None = strawberry.field(default=None, description="Your own user.")
    feature_id: str | None = strawberry.field(default=None, description="What it is used for.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="Credit to be set aside before work that costs some.")
class HoldCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    customer_id: str | None = strawberry.field(default=None, description=_CUSTOMER)
    amount: Decimal = strawberry.field(description=_AMOUNT)
    lease_seconds: int | None = strawberry.field(
        default=None, description="After how long it is ended if nobody settles or releases it: 1 to 86400."
    )
    user_id: str | None = strawberry.field(default=None, description="Your own user.")
    feature_id: str | None = strawberry.field(default=None, description="What it is used for.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="What work really took.")
class SettleHoldInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    hold_id: strawberry.ID = strawberry.field(description="What was set aside for it.")
    amount: Decimal = strawberry.field(
        description="More than was held is drawn from further credit, then owed."
    )


@strawberry.input(description="A hold whose work is not going to be.")
class ReleaseHoldInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    hold_id: strawberry.ID = strawberry.field(description="Which one.")


@strawberry.type(description="A wallet's ledger has a new transaction.")
class PostedTransaction:
    transaction_id: strawberry.ID = strawberry.field(description="Its id.")
    amount: Decimal = strawberry.field(description="What it moved.")
    balance: Decimal = strawberry.field(description="The wallet's after it.")
    debt: Decimal = strawberry.field(description="What the wallet owes.")
    is_replay: bool = strawberry.field(description="Whether it was there before.")

    @classmethod
    def of(cls, done: domain.Settlement) -> "PostedTransaction":
        assert done.transaction_id is not None
        return cls(
            transaction_id=strawberry.ID(ids.encode("txn", done.transaction_id)),
            amount=done.amount,
            balance=done.balance,
            debt=done.debt,
            is_replay=done.is_replay,
        )


@strawberry.type(description="There is credit that was not there before.")
class GrantedCredits:
    grant_id: strawberry.ID = strawberry.field(description="The grant's id.")
    amount: Decimal = strawberry.field(description="What was given.")
    balance: Decimal = strawberry.field(description="The wallet's after it.")
    debt: Decimal = strawberry.field(description="What the wallet still owes.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had given it before.")


@strawberry.type(description="Credit is set aside.")
class HeldCredits:
    hold_id: strawberry.ID = strawberry.field(description="The hold's id.")
    amount: Decimal = strawberry.field(description="How much.")
    expires_at: datetime = strawberry.field(description="When it is ended if nobody settles or releases it.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had set it aside before.")


@strawberry.type(description="A hold was given back.")
class ReleasedHold:
    hold_id: strawberry.ID = strawberry.field(description="The hold's id.")
    amount: Decimal = strawberry.field(description="How much.")


@strawberry.type(description="A budget is gone.")
class RemovedBudget:
    budget_id: strawberry.ID = strawberry.field(description="Its id.")


GrantCreditsResult = Annotated[
    GrantedCredits | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("GrantCreditsResult", description="The credit, or why there is none."),
]
TransactionResult = Annotated[
    PostedTransaction | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("TransactionResult", description="The transaction, or why there is none."),
]
SpendCreditsResult = Annotated[
    PostedTransaction
    | InsufficientCredits
    | BudgetExceeded
    | InvalidInput
    | Conflict
    | LimitReached
    | Missing,
    strawberry.union("SpendCreditsResult", description="The transaction, or why there is none."),
]
HoldCreditsResult = Annotated[
    HeldCredits | InsufficientCredits | BudgetExceeded | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("HoldCreditsResult", description="The hold, or why there is none."),
]
ReleaseHoldResult = Annotated[
    ReleasedHold | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ReleaseHoldResult", description="What was given back, or why nothing was."),
]
SetBudgetResult = Annotated[
    Budget | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetBudgetResult", description="The budget, or why it is as it was."),
]
RemoveBudgetResult = Annotated[
    RemovedBudget | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RemoveBudgetResult", description="That it is gone, or why it is not."),
]


@strawberry.type
class CreditMutations:
    @strawberry.mutation(description="Gives credit; what the wallet owes is repaid of it first.")
    async def grant_credits(
        self,
        info: Info,
        input: Annotated[GrantCreditsInput, strawberry.argument(description="The credit, and whose.")],
    ) -> GrantCreditsResult:
        principal, now = info.context.principal, info.context.now
        try:
            owner = domain.Owner(input.owner.kind, input.owner.ref or "")
            key, fingerprint = requests.operation_key(
                principal, "grant", input.idempotency_key, strawberry.asdict(input)
            )
            grant = domain.NewGrant(
                WalletId(UUID(int=0)),
                key,
                input.amount,
                input.source,
                input.category,
                _aware(input.effective_at, "effective_at") or now,
                expires_at=_aware(input.expires_at, "expires_at"),
                feature_id=input.feature_id,
                priority=input.priority,
                cost_basis=input.cost_basis,
                currency=input.currency,
                note=input.note,
                fingerprint=fingerprint,
            )
            done = await granting.grant_to(
                principal,
                node.org_id(input.org_id),
                owner=owner,
                grant=grant,
                now=now,
                environment=side(input.environment),
            )
        except LaunchKitError as error:
            return problem(error)
        assert done.transaction_id is not None
        return GrantedCredits(
            grant_id=strawberry.ID(ids.encode("grant", done.transaction_id)),
            amount=done.amount,
            balance=done.balance,
            debt=done.debt,
            is_replay=done.is_replay,
        )

    @strawberry.mutation(description="Records credit that was paid for outside LaunchKit.")
    async def purchase_credits(
        self,
        info: Info,
        input: Annotated[PurchaseCreditsInput, strawberry.argument(description="What was bought.")],
    ) -> GrantCreditsResult:
        principal, now = info.context.principal, info.context.now
        try:
            command = requests.purchase(
                principal,
                amount=input.amount,
                customer_id=input.customer_id,
                cost_basis=input.cost_basis,
                currency=input.currency,
                expires_at=_aware(input.expires_at, "expires_at"),
                note=input.note,
                idempotency_key=input.idempotency_key,
            )
            done = await granting.purchase(principal, node.org_id(input.org_id), purchase=command, now=now)
        except LaunchKitError as error:
            return problem(error)
        return GrantedCredits(
            grant_id=strawberry.ID(ids.encode("grant", done.grant_id)),
            amount=done.amount,
            balance=done.balance,
            debt=done.debt,
            is_replay=done.is_replay,
        )

    @strawberry.mutation(description="Gives back what a consumption took, to the grants that it came from.")
    async def refund_credits(
        self,
        info: Info,
        input: Annotated[RefundCreditsInput, strawberry.argument(description="What, and how much.")],
    ) -> TransactionResult:
        principal = info.context.principal
        try:
            transaction_id = node.find("txn", input.transaction_id, TransactionNotFound)
            key, _ = requests.operation_key(principal, "refund", input.idempotency_key, {})
            done = await granting.refund(
                principal,
                node.org_id(input.org_id),
                transaction_id=transaction_id,
                amount=input.amount,
                key=key,
                note=input.note,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return PostedTransaction.of(done)

    @strawberry.mutation(
        description="Takes a grant back, as when its payment was: what was spent of it becomes debt."
    )
    async def claw_back_grant(
        self,
        info: Info,
        input: Annotated[ClawBackGrantInput, strawberry.argument(description="Which, and how much.")],
    ) -> TransactionResult:
        principal = info.context.principal
        try:
            grant_id = GrantId(node.find("grant", input.grant_id, GrantNotFound))
            key, _ = requests.operation_key(principal, "claw_back", input.idempotency_key, {})
            done = await granting.claw_back(
                principal,
                node.org_id(input.org_id),
                grant_id=grant_id,
                amount=input.amount,
                key=key,
                note=input.note,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return PostedTransaction.of(done)

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
            )
            found = await budgets.set_budget(principal, node.org_id(input.org_id), command=command, now=now)
        except LaunchKitError as error:
            return problem(error)
        return Budget.of(found)

    @strawberry.mutation(description="Removes a budget with what was counted of it.")
    async def remove_budget(
        self, info: Info, input: Annotated[RemoveBudgetInput, strawberry.argument(description="Which one.")]
    ) -> RemoveBudgetResult:
        principal, now = info.context.principal, info.context.now
        try:
            budget_id = BudgetId(node.find("bud", input.budget_id, BudgetNotFound))
            await budgets.remove_budget(principal, node.org_id(input.org_id), budget_id=budget_id, now=now)
        except LaunchKitError as error:
            return problem(error)
        return RemovedBudget(budget_id=input.budget_id)

    @strawberry.mutation(description="Takes credit at once.")
    async def consume_credits(
        self,
        info: Info,
        input: Annotated[ConsumeCreditsInput, strawberry.argument(description="Whose, and how much.")],
    ) -> SpendCreditsResult:
        principal = info.context.principal
        try:
            spend = requests.spend(
                principal,
                "consume",
                amount=input.amount,
                customer_id=input.customer_id,
                user_id=input.user_id,
                feature_id=input.feature_id,
                idempotency_key=input.idempotency_key,
            )
            done = await service.consume(
                principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                spend=spend,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return spending_problem(error)
        return PostedTransaction.of(done)

    @strawberry.mutation(
        description="Sets credit aside: from the wallet and from every budget, or not at all."
    )
    async def hold_credits(
        self,
        info: Info,
        input: Annotated[HoldCreditsInput, strawberry.argument(description="Whose, and how much.")],
    ) -> HoldCreditsResult:
        principal = info.context.principal
        try:
            spend = requests.spend(
                principal,
                "hold",
                amount=input.amount,
                customer_id=input.customer_id,
                user_id=input.user_id,
                feature_id=input.feature_id,
                idempotency_key=input.idempotency_key,
                lease_seconds=input.lease_seconds,
            )
            lease = DEFAULT_LEASE if input.lease_seconds is None else timedelta(seconds=input.lease_seconds)
            held = await service.hold(
                principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                spend=spend,
                now=info.context.now,
                lease=lease,
            )
        except LaunchKitError as error:
            return spending_problem(error)
        return HeldCredits(
            hold_id=strawberry.ID(ids.encode("hold", held.id)),
            amount=held.amount,
            expires_at=held.lease_expires_at,
            is_replay=held.is_replay,
        )

    @strawberry.mutation(description="Ends a hold with what was really used, once.")
    async def settle_hold(
        self,
        info: Info,
        input: Annotated[SettleHoldInput, strawberry.argument(description="Which, and how much.")],
    ) -> TransactionResult:
        try:
            done = await service.settle(
                info.context.principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                hold_id=hold_id(input.hold_id),
                actual=input.amount,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return PostedTransaction.of(done)

    @strawberry.mutation(description="Gives back what was held.")
    async def release_hold(
        self, info: Info, input: Annotated[ReleaseHoldInput, strawberry.argument(description="Which one.")]
    ) -> ReleaseHoldResult:
        try:
            done = await service.release(
                info.context.principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                hold_id=hold_id(input.hold_id),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ReleasedHold(hold_id=input.hold_id, amount=done.amount)


def _scope_id(kind: ScopeKind, text: str) -> str:
    """As it is kept: of an API key the UUID. Raises `InvalidInput`."""
    return str(ids.decode("key", text, field="scope_id")) if kind is ScopeKind.API_KEY else text


def _aware(at: datetime | None, name: str) -> datetime | None:
    if at is not None and at.tzinfo is None:
        raise InvalidInputError(
            [FieldError(name, "no_timezone", "Say of which time zone: 2026-11-20T10:00:00Z.")]
        )
    return at
