"""Reading credit."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.core.ids import HoldId, WalletId
from app.core.pagination import PageRequest
from app.core.principal import Environment as Side
from app.credits import queries
from app.credits.errors import HoldNotFound, WalletNotFound
from app.credits.types import HoldState, OwnerKind
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.credits.types import Budget, CreditHold, LedgerTransaction, Wallet
from schema.orgs.types import Environment

EnvironmentArgument = Annotated[
    Environment | None,
    strawberry.argument(description="Live where it is left out; of an API key, its own."),
]


@strawberry.type
class CreditQueries:
    @strawberry.field(description="The org's wallets, newest first.")
    async def wallets(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        owner_kind: Annotated[
            OwnerKind | None, strawberry.argument(description="Only those of owners of this kind.")
        ] = None,
        environment: EnvironmentArgument = None,
    ) -> Connection[Wallet]:
        page = await queries.wallets(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            kind=owner_kind,
            environment=side(environment),
        )
        return connection(page, key=attrgetter("id"), node=Wallet.of, after=after)

    @strawberry.field(description="One wallet.")
    async def wallet(self, info: Info, id: node.Id) -> Wallet:
        return Wallet.of(await queries.wallet_by_id(info.context.principal, wallet_id(id)))

    @strawberry.field(description="What changed a wallet's balance, newest first.")
    async def ledger(
        self,
        info: Info,
        wallet_id: Annotated[strawberry.ID, strawberry.argument(description="The wallet.")],
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[LedgerTransaction]:
        request = PageRequest.parse(first, after)
        found = await queries.wallet_by_id(info.context.principal, _wallet_id(wallet_id))
        page = await queries.ledger(info.context.principal, found.org_id, found.id, request=request)
        return connection(page, key=attrgetter("id"), node=LedgerTransaction.of, after=after)

    @strawberry.field(description="The org's holds, newest first.")
    async def holds(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        wallet_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those of this wallet.")
        ] = None,
        state: Annotated[
            HoldState | None, strawberry.argument(description="Only those in this state.")
        ] = None,
    ) -> Connection[CreditHold]:
        page = await queries.holds(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            wallet_id=None if wallet_id is None else _wallet_id(wallet_id),
            state=state,
        )
        return connection(page, key=attrgetter("id"), node=CreditHold.of, after=after)

    @strawberry.field(description="The org's budgets with what was used of them, newest first.")
    async def budgets(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        environment: EnvironmentArgument = None,
    ) -> Connection[Budget]:
        page = await queries.budgets(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            now=info.context.now,
            environment=side(environment),
        )
        return connection(page, key=attrgetter("id"), node=Budget.of, after=after)


def side(environment: Environment | None) -> Side | None:
    if environment is None:
        return None
    return "test" if environment is Environment.TEST else "live"


def wallet_id(value: strawberry.ID) -> WalletId:
    return WalletId(node.find("wal", value, WalletNotFound))


# Where an argument has the name.
_wallet_id = wallet_id


def hold_id(value: strawberry.ID) -> HoldId:
    return HoldId(node.find("hold", value, HoldNotFound))
