"""Following wallets."""

from collections.abc import AsyncIterable
from typing import Annotated

import strawberry

from app.core.ids import WalletId
from app.credits import types as domain
from app.credits.errors import WalletNotFound
from schema.core import node
from schema.core.context import Info
from schema.core.live import Live
from schema.core.scalars import BigInt
from schema.credits.types import Wallet


@strawberry.type(description="A wallet after one or several changes.")
class WalletUpdate:
    seq: BigInt = strawberry.field(description="Grows with every change of the wallet.")
    wallet: Wallet = strawberry.field(description="The wallet as it is.")

    @classmethod
    def of(cls, wallet: domain.Wallet) -> "WalletUpdate":
        return cls(seq=BigInt(wallet.seq), wallet=Wallet.of(wallet))


@strawberry.type
class CreditSubscriptions:
    @strawberry.subscription(
        description="The wallet as it is, then as it is after changes: of several in quick succession the last."
    )
    async def wallet_updated(
        self,
        info: Info,
        id: node.Id,
        after: Annotated[
            BigInt | None,
            strawberry.argument(
                description="The last `seq` seen: nothing is sent until there is a newer one."
            ),
        ] = None,
    ) -> AsyncIterable[WalletUpdate]:
        principal = info.context.principal
        wallet_id = WalletId(node.find("wal", id, WalletNotFound))
        stream = await info.context.services.wallet_feeds.open(principal, wallet_id)
        return Live(stream, principal, stream.key.org_id, show=WalletUpdate.of, after=after)
