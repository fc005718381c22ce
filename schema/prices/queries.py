"""Reading prices."""

from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Annotated

import strawberry

from app.core.pagination import PageRequest
from app.pricing import queries, quoting
from app.pricing.types import PriceFilter
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.prices.enums import AudienceKind, TableStatus
from schema.prices.inputs import RateQuoteInput
from schema.prices.types import BurnTable, ProviderPrice, RateQuote


@strawberry.type
class PriceQueries:
    @strawberry.field(description="Burn tables, drafts and versions, newest first.")
    async def burn_tables(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        audience_kind: Annotated[
            AudienceKind | None, strawberry.argument(description="Only tables for such an audience.")
        ] = None,
        audience_ref: Annotated[
            str | None, strawberry.argument(description="Only tables for this tier or customer.")
        ] = None,
        status: Annotated[
            TableStatus | None, strawberry.argument(description="Only drafts, or only what was published.")
        ] = None,
    ) -> Connection[BurnTable]:
        page = await queries.burn_tables(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            audience_kind=audience_kind,
            audience_ref=audience_ref,
            status=status,
        )
        return connection(page, key=attrgetter("id"), node=BurnTable.of, after=after)

    @strawberry.field(
        description="What models cost: your own prices, newest first, then the list of a moment."
    )
    async def provider_prices(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        provider: Annotated[str | None, strawberry.argument(description="Only of this provider.")] = None,
        model: Annotated[
            str | None, strawberry.argument(description="Only models whose name holds this.")
        ] = None,
        at: Annotated[
            datetime | None, strawberry.argument(description="The moment of the list; without it, now.")
        ] = None,
    ) -> Connection[ProviderPrice]:
        page = await queries.priced_models(
            info.context.principal,
            node.org_id(org_id),
            wanted=PriceFilter(provider, model),
            request=PageRequest.parse(first, after),
            at=at or info.context.now,
        )
        return connection(page, key=itemgetter(0), node=lambda item: ProviderPrice.of(item[1]), after=after)

    @strawberry.field(description="Credits, cost and margin of a call that has not happened.")
    async def rate_quote(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        call: Annotated[RateQuoteInput, strawberry.argument(description="The call.")],
    ) -> RateQuote:
        quote = await quoting.quote(
            info.context.principal,
            node.org_id(org_id),
            book=info.context.services.prices,
            question=call.question(),
            now=info.context.now,
        )
        return RateQuote.of(quote)
