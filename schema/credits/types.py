"""Wallets, grants, holds, budgets and the ledger."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core import ids
from app.credits import types as domain
from app.credits.types import Category, GrantSource, HoldState, OwnerKind, Period, ScopeKind
from schema.core import enums
from schema.core.context import Info
from schema.core.node import Node
from schema.credits.top_ups import AutoTopUp
from schema.orgs.types import Environment

enums.describe(
    OwnerKind,
    name="WalletOwnerKind",
    description="Whose a wallet is.",
    values={
        OwnerKind.ORG: "The org's own: what customers without one draw from.",
        OwnerKind.TEAM: "A pool that every customer of the team draws from.",
        OwnerKind.CUSTOMER: "One customer's.",
    },
)
enums.describe(
    GrantSource,
    name="GrantSource",
    description="Why credit was given.",
    values={
        GrantSource.PURCHASE: "It was bought.",
        GrantSource.PLAN: "A plan includes it.",
        GrantSource.PROMOTION: "As a gift.",
        GrantSource.ADJUSTMENT: "To put something right.",
    },
)
enums.describe(
    Category,
    name="GrantCategory",
    description="Whether money was paid for credit.",
    values={Category.PAID: "It was paid for.", Category.PROMOTIONAL: "It was not; it burns first."},
)
enums.describe(
    ScopeKind,
    name="BudgetScopeKind",
    description="What a budget is set for.",
    values={
        ScopeKind.API_KEY: "An API key.",
        ScopeKind.USER: "Your own user.",
        ScopeKind.TEAM: "A team of customers.",
        ScopeKind.CUSTOMER: "Your own customer.",
    },
)
enums.describe(
    HoldState,
    name="HoldState",
    description="What became of a hold.",
    values={
        HoldState.OPEN: "Its credit is set aside.",
        HoldState.SETTLED: "It ended with what was really used.",
        HoldState.RELEASED: "Its credit was given back.",
        HoldState.EXPIRED: "Its lease ended before the work began: its credit was given back.",
    },
)


@strawberry.type(description="Credit that was given at once.")
class CreditGrant:
    id: strawberry.ID = strawberry.field(description="Its id.")
    source: GrantSource = strawberry.field(description="Why it was given.")
    category: Category = strawberry.field(description="Whether money was paid for it.")
    amount: Decimal = strawberry.field(description="What was given.")
    remaining: Decimal = strawberry.field(description="Of it, what was not used.")
    held: Decimal = strawberry.field(description="Of what remains, what open holds have set aside.")
    cost_basis: Decimal | None = strawberry.field(description="What one credit cost, in `currency`.")
    currency: str | None = strawberry.field(description="ISO 4217.")
    priority: int = strawberry.field(description="The lowest burns first.")
    feature_id: str | None = strawberry.field(description="Only this feature may use it.")
    effective_at: datetime = strawberry.field(description="From when on it can be used.")
    expires_at: datetime | None = strawberry.field(description="From when on it cannot.")
    created_at: datetime = strawberry.field(description="When it was given.")

    @classmethod
    def of(cls, grant: domain.Grant) -> "CreditGrant":
        return cls(
            id=strawberry.ID(ids.encode("grant", grant.id)),
            source=grant.source,
            category=grant.category,
            amount=grant.amount,
            remaining=grant.remaining,
            held=grant.held,
            cost_basis=grant.cost_basis,
            currency=grant.currency,
            priority=grant.priority,
            feature_id=grant.feature_id,
            effective_at=grant.effective_at,
            expires_at=grant.expires_at,
            created_at=grant.created_at,
        )


@strawberry.type(description="Prepaid credit of an org, a team or a customer.")
class Wallet(Node):
    owner_kind: OwnerKind = strawberry.field(description="Whose it is.")
    owner_ref: str | None = strawberry.field(
        description="The customer's or team's name; null of the org's own."
    )
    environment: Environment = strawberry.field(description="Live or test.")
    balance: Decimal = strawberry.field(
        description="The sum of its ledger: what its grants have left, less debt."
    )
    held: Decimal = strawberry.field(description="Of the balance, what open holds have set aside.")
    debt: Decimal = strawberry.field(description="Used beyond what there was; the next grant repays it.")
    created_at: datetime = strawberry.field(description="When it was made.")
    source: strawberry.Private[domain.Wallet]

    @classmethod
    def of(cls, wallet: domain.Wallet) -> "Wallet":
        return cls(
            id=strawberry.ID(ids.encode("wal", wallet.id)),
            owner_kind=wallet.owner.kind,
            owner_ref=wallet.owner.ref or None,
            environment=Environment(wallet.environment),
            balance=wallet.balance,
            held=wallet.held,
            debt=wallet.debt,
            created_at=wallet.created_at,
            source=wallet,
        )

    @strawberry.field(description="What any use could take now. Credit of one feature is not counted.")
    async def available(self, info: Info) -> Decimal:
        grants = await info.context.loaders.grants.load(self.source.id)
        return self.source.available(grants or (), now=info.context.now)

    @strawberry.field(description="Its grants with something left, in the order in which they burn.")
    async def grants(self, info: Info) -> list[CreditGrant]:
        grants, now = await info.context.loaders.grants.load(self.source.id), info.context.now
        return [
            CreditGrant.of(grant)
            for grant in grants or ()
            if grant.expires_at is None or grant.expires_at > now
        ]

    @strawberry.field(description="What tops it up by itself; null where nothing does.")
    async def auto_top_up(self, info: Info) -> AutoTopUp | None:
        found = await info.context.loaders.auto_top_up.load(self.source.id)
        return None if found is None else AutoTopUp.of(found)


@strawberry.type(description="One line of a ledger transaction; those of one transaction sum to zero.")
class LedgerEntry:
    account: str = strawberry.field(description="`credit`, `debt`, `issued`, `consumed` or `expired`.")
    grant_id: strawberry.ID | None = strawberry.field(description="Of `credit`: which grant.")
    amount: Decimal = strawberry.field(description="Positive or negative.")


@strawberry.type(description="A change of a wallet's balance, never changed itself.")
class LedgerTransaction:
    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: str = strawberry.field(
        description="`grant`, `consume`, `settle`, `repay`, `expire`, `refund` or `claw_back`."
    )
    at: datetime = strawberry.field(description="When it was.")
    amount: Decimal = strawberry.field(description="What it moved.")
    balance_after: Decimal = strawberry.field(description="The wallet's balance after it.")
    hold_id: strawberry.ID | None = strawberry.field(description="The hold that it ended.")
    reverses_id: strawberry.ID | None = strawberry.field(
        description="What it gives back or takes back: a transaction, or a grant, whose id is its transaction's."
    )
    note: str | None = strawberry.field(description="Why.")
    entries: list[LedgerEntry] = strawberry.field(description="Its lines.")

    @classmethod
    def of(cls, transaction: domain.Transaction) -> "LedgerTransaction":
        hold_id, reverses_id = transaction.hold_id, transaction.reverses_id
        return cls(
            id=strawberry.ID(ids.encode("txn", transaction.id)),
            kind=transaction.kind,
            at=transaction.at,
            amount=transaction.amount,
            balance_after=transaction.balance_after,
            hold_id=None if hold_id is None else strawberry.ID(ids.encode("hold", hold_id)),
            reverses_id=None if reverses_id is None else strawberry.ID(ids.encode("txn", reverses_id)),
            note=transaction.note,
            entries=[
                LedgerEntry(
                    account=entry.account,
                    grant_id=None
                    if entry.grant_id is None
                    else strawberry.ID(ids.encode("grant", entry.grant_id)),
                    amount=entry.amount,
                )
                for entry in transaction.entries
            ],
        )


@strawberry.type(description="Credit that is set aside for work that will cost some.")
class CreditHold(Node):
    wallet_id: strawberry.ID = strawberry.field(description="Of which wallet.")
    amount: Decimal = strawberry.field(description="What was set aside.")
    state: HoldState = strawberry.field(description="What became of it.")
    feature_id: str | None = strawberry.field(description="What it is used for.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime = strawberry.field(description="When it is ended if nobody settles or releases it.")
    started_at: datetime | None = strawberry.field(description="Since when its work may have cost something.")
    ended_at: datetime | None = strawberry.field(description="When it ended.")
    settled: Decimal | None = strawberry.field(description="What was really used.")
    transaction_id: strawberry.ID | None = strawberry.field(description="Where the ledger says so.")

    @classmethod
    def of(cls, hold: domain.Hold) -> "CreditHold":
        transaction_id = hold.transaction_id
        return cls(
            id=strawberry.ID(ids.encode("hold", hold.id)),
            wallet_id=strawberry.ID(ids.encode("wal", hold.wallet_id)),
            amount=hold.amount,
            state=hold.state,
            feature_id=hold.feature_id,
            created_at=hold.created_at,
            expires_at=hold.lease_expires_at,
            started_at=hold.started_at,
            ended_at=hold.ended_at,
            settled=hold.settled,
            transaction_id=None
            if transaction_id is None
            else strawberry.ID(ids.encode("txn", transaction_id)),
        )


@strawberry.type(description="How much may be used in a period.")
class Budget:
    id: strawberry.ID = strawberry.field(description="Its id.")
    scope_kind: ScopeKind = strawberry.field(description="What it is set for.")
    scope_id: str = strawberry.field(description="Which one: an API key's id of ours, else your own.")
    environment: Environment = strawberry.field(description="Live or test.")
    period: Period = strawberry.field(description="How long it lasts.")
    amount: Decimal = strawberry.field(description="What may be used in each period.")
    is_hard: bool = strawberry.field(description="Whether more is refused; else it only tells.")
    spent: Decimal = strawberry.field(description="What was used in the present period.")
    held: Decimal = strawberry.field(description="What open holds of this period have set aside.")
    resets_at: datetime | None = strawberry.field(
        description="When it begins anew; null where it never does."
    )

    @classmethod
    def of(cls, budget: domain.Budget) -> "Budget":
        return cls(
            id=strawberry.ID(ids.encode("bud", budget.id)),
            scope_kind=budget.scope.kind,
            scope_id=budget.scope.shown_id,
            environment=Environment(budget.environment),
            period=budget.period,
            amount=budget.amount,
            is_hard=budget.is_hard,
            spent=budget.spent,
            held=budget.held,
            resets_at=budget.resets_at,
        )
