"""Writing prices."""

from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.ids import BurnTableId
from app.pricing import records, service
from app.pricing import types as domain
from app.pricing.errors import BurnTableNotFound, ProviderPriceNotFound
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.prices.inputs import (
    BurnTableInput,
    CreateBurnTableInput,
    CreateProviderPriceInput,
    EndProviderPriceInput,
    PublishBurnTableInput,
    UpdateBurnTableInput,
)
from schema.prices.types import BurnTable, ProviderPrice


@strawberry.type(description="The burn table is there.")
class SavedBurnTable:
    burn_table: BurnTable = strawberry.field(description="The table as it is now.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had done it before.")


@strawberry.type(description="The draft is gone.")
class DeletedBurnTable:
    id: strawberry.ID = strawberry.field(description="What it was called by.")


@strawberry.type(description="The price is there.")
class SavedProviderPrice:
    provider_price: ProviderPrice = strawberry.field(description="The price as it is now.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had done it before.")


BurnTableResult = Annotated[
    SavedBurnTable | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("BurnTableResult", description="The burn table, or why it is as it was."),
]
DeleteBurnTableResult = Annotated[
    DeletedBurnTable | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("DeleteBurnTableResult", description="What is gone, or why it is not."),
]
ProviderPriceResult = Annotated[
    SavedProviderPrice | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ProviderPriceResult", description="The price, or why it is as it was."),
]


@strawberry.type
class PriceMutations:
    @strawberry.mutation(description="Makes a draft of a burn table: how many credits usage burns.")
    async def create_burn_table(
        self,
        info: Info,
        input: Annotated[CreateBurnTableInput, strawberry.argument(description="The table that is wanted.")],
    ) -> BurnTableResult:
        given = input.audience
        audience = domain.Audience(given.kind, given.ref) if given else domain.Audience()
        try:
            command = domain.NewBurnTable(input.draft.draft(), audience, input.idempotency_key)
            done = await service.create_burn_table(
                info.context.principal, node.org_id(input.org_id), command=command, now=info.context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return SavedBurnTable(burn_table=BurnTable.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Replaces what a draft of a burn table says.")
    async def update_burn_table(
        self,
        info: Info,
        input: Annotated[UpdateBurnTableInput, strawberry.argument(description="The draft.")],
    ) -> BurnTableResult:
        try:
            done = await service.update_burn_table(
                info.context.principal,
                node.org_id(input.org_id),
                _table_id(input.id),
                draft=input.draft.draft(),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return SavedBurnTable(burn_table=BurnTable.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Drops a draft of a burn table.")
    async def delete_burn_table(
        self,
        info: Info,
        input: Annotated[BurnTableInput, strawberry.argument(description="The draft.")],
    ) -> DeleteBurnTableResult:
        try:
            await service.delete_burn_table(
                info.context.principal,
                node.org_id(input.org_id),
                _table_id(input.id),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return DeletedBurnTable(id=input.id)

    @strawberry.mutation(
        description="Puts a burn table in force and ends the version before; from then on it is not changed."
    )
    async def publish_burn_table(
        self,
        info: Info,
        input: Annotated[PublishBurnTableInput, strawberry.argument(description="Which, and from when.")],
    ) -> BurnTableResult:
        try:
            done = await service.publish_burn_table(
                info.context.principal,
                node.org_id(input.org_id),
                _table_id(input.id),
                effective_from=input.effective_from,
                effective_to=input.effective_to,
                idempotency_key=input.idempotency_key,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return SavedBurnTable(burn_table=BurnTable.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Sets your own price of a model and ends the one before.")
    async def create_provider_price(
        self,
        info: Info,
        input: Annotated[
            CreateProviderPriceInput, strawberry.argument(description="The price that is wanted.")
        ],
    ) -> ProviderPriceResult:
        try:
            done = await service.create_provider_price(
                info.context.principal,
                node.org_id(input.org_id),
                command=input.command(),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return SavedProviderPrice(
            provider_price=ProviderPrice.of(records.priced(done.value)), is_replay=done.is_replay
        )

    @strawberry.mutation(description="Ends your own price of a model: the list's holds again.")
    async def end_provider_price(
        self,
        info: Info,
        input: Annotated[EndProviderPriceInput, strawberry.argument(description="Which, and when.")],
    ) -> ProviderPriceResult:
        try:
            price_id = ids.find(domain.PRICE_PREFIX, input.id)
            if price_id is None:
                raise ProviderPriceNotFound
            done = await service.end_provider_price(
                info.context.principal,
                node.org_id(input.org_id),
                price_id,
                effective_to=input.effective_to,
                idempotency_key=input.idempotency_key,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return SavedProviderPrice(
            provider_price=ProviderPrice.of(records.priced(done.value)), is_replay=done.is_replay
        )


def _table_id(value: strawberry.ID) -> BurnTableId:
    found = ids.find(domain.TABLE_PREFIX, value)
    if found is None:
        raise BurnTableNotFound
    return BurnTableId(found)
