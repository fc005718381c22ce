"""A new transaction of a wallet, as the mutations answer it."""

from decimal import Decimal
from typing import Annotated

import strawberry

from app.core import ids
from app.credits import types as domain
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing


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


TransactionResult = Annotated[
    PostedTransaction | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("TransactionResult", description="The transaction, or why there is none."),
]
