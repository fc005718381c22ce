"""Giving credit, and taking it back."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import FieldError, LaunchKitError
from app.core.errors import InvalidInput as InvalidInputError
from app.core.ids import GrantId
from app.credits import granting, requests
from app.credits import types as domain
from app.credits.errors import GrantNotFound, TransactionNotFound
from app.credits.types import (
    DEFAULT_PRIORITY,
    Category,
    GrantSource,
    OwnerKind,
)
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.credits.descriptions import AMOUNT, CUSTOMER, KEY
from schema.credits.postings import PostedTransaction, TransactionResult
from schema.credits.queries import side
from schema.orgs.types import Environment


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
    amount: Decimal = strawberry.field(description=AMOUNT)
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
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Credit that was paid for outside LaunchKit.")
class PurchaseCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    customer_id: str | None = strawberry.field(default=None, description=CUSTOMER)
    amount: Decimal = strawberry.field(description=AMOUNT)
    cost_basis: Decimal | None = strawberry.field(
        default=None, description="What one credit cost, in `currency`."
    )
    currency: str | None = strawberry.field(default=None, description="ISO 4217.")
    expires_at: datetime | None = strawberry.field(
        default=None, description="From when on what is left cannot be used."
    )
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Used credit to be given back.")
class RefundCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    transaction_id: strawberry.ID = strawberry.field(description="What took it: a `consume` or `settle`.")
    amount: Decimal = strawberry.field(description=AMOUNT)
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A grant to be taken back.")
class ClawBackGrantInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    grant_id: strawberry.ID = strawberry.field(description="Which one.")
    amount: Decimal = strawberry.field(description="How much of it, spent or not.")
    note: str | None = strawberry.field(default=None, description="Why, for the ledger.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="There is credit that was not there before.")
class GrantedCredits:
    grant_id: strawberry.ID = strawberry.field(description="The grant's id.")
    amount: Decimal = strawberry.field(description="What was given.")
    balance: Decimal = strawberry.field(description="The wallet's after it.")
    debt: Decimal = strawberry.field(description="What the wallet still owes.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had given it before.")


GrantCreditsResult = Annotated[
    GrantedCredits | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("GrantCreditsResult", description="The credit, or why there is none."),
]


@strawberry.type
class GrantMutations:
    @strawberry.mutation(description="Gives credit; what the wallet owes is repaid of it first.")
    async def grant_credits(
        self,
        info: Info,
        input: Annotated[GrantCreditsInput, strawberry.argument(description="The credit, and whose.")],
    ) -> GrantCreditsResult:
        principal, now = info.context.principal, info.context.now
        try:
            owner = domain.Owner(input.owner.kind, input.owner.ref or "")
            grant = requests.grant(
                principal,
                owner=owner,
                amount=input.amount,
                source=input.source,
                category=input.category,
                environment=side(input.environment),
                effective_at=_aware(input.effective_at, "effective_at"),
                expires_at=_aware(input.expires_at, "expires_at"),
                priority=input.priority,
                feature_id=input.feature_id,
                cost_basis=input.cost_basis,
                currency=input.currency,
                note=input.note,
                idempotency_key=input.idempotency_key,
                now=now,
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


def _aware(at: datetime | None, name: str) -> datetime | None:
    if at is not None and at.tzinfo is None:
        raise InvalidInputError(
            [FieldError(name, "no_timezone", "Say of which time zone: 2026-11-20T10:00:00Z.")]
        )
    return at
