"""Burn tables of the demo orgs: with a price of a credit, so that quotes and reports have a margin."""

from datetime import datetime
from decimal import Decimal

from app.core.ids import OrgId
from app.core.principal import Principal
from app.infra import db
from app.pricing import service
from app.pricing.types import BurnTableDraft, NewBurnTable, Rule

_IS_THERE = "SELECT EXISTS (SELECT FROM burn_table WHERE org_id = $1 AND status = 'published')"
_THOUSAND = Decimal(1_000)
_RULES = (
    Rule("tokens", Decimal(1), _THOUSAND),
    Rule("input_tokens", Decimal(2), _THOUSAND, model="gpt-4-turbo*"),
    Rule("output_tokens", Decimal(6), _THOUSAND, model="gpt-4-turbo*"),
    Rule("images", Decimal(16)),
    Rule("pages", Decimal(1)),
)
# What the demo's customers paid.
_CREDIT_PRICE = Decimal("0.01")


async def ensure(owner: Principal, org_id: OrgId, *, now: datetime) -> int:
    """A table for all, in force from `now` on; how many were made. An org that has one keeps it.

    One that was interrupted before it was published leaves a draft, which is nobody's price.
    """
    if await db.fetchval(_IS_THERE, org_id):
        return 0
    command = NewBurnTable(BurnTableDraft("Standard", _RULES, _CREDIT_PRICE))
    made = await service.create_burn_table(owner, org_id, command=command, now=now)
    await service.publish_burn_table(
        owner, org_id, made.value.id, effective_from=now, effective_to=None, now=now
    )
    return 1
