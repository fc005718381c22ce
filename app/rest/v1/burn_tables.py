"""`/v1/burn-tables`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.ids import BurnTableId
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.pricing import queries, service, types
from app.pricing.errors import BurnTableNotFound
from app.pricing.types import (
    Audience,
    AudienceKind,
    BurnTable,
    BurnTableDraft,
    NewBurnTable,
    Rule,
    TableStatus,
)
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_ID = Parameter("id", "path", str, "burn_…", required=True)
_UNIT = (
    "input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, tokens (all of them), "
    "images, or a unit of your own"
)


class AudienceBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: AudienceKind = AudienceKind.ALL
    ref: Annotated[str, Field(description="A tier, or your own id of a customer; empty for all")] = ""


class TierBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    up_to: Annotated[Decimal, Field(description="The quantity in one event where this tier ends")]
    credits: Annotated[Decimal, Field(description="For `per` of what lies in it")]


class RuleBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    provider: Annotated[str, Field(description="A name, or * for any")] = "*"
    model: Annotated[str, Field(description="A name, a prefix with a final *, or * for any")] = "*"
    unit: Annotated[str, Field(description=_UNIT)]
    credits: Decimal
    per: Decimal = Decimal(1)
    tiers: list[TierBody] = []
    image_size: str | None = None
    image_quality: str | None = None

    def rule(self) -> Rule:
        return Rule(
            self.unit,
            self.credits,
            self.per,
            self.provider,
            self.model,
            tuple(types.RuleTier(tier.up_to, tier.credits) for tier in self.tiers),
            self.image_size,
            self.image_quality,
        )


class DraftBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    credit_price_usd: Annotated[
        Decimal | None, Field(description="What one credit sells for; without it there is no margin")
    ] = None
    rules: list[RuleBody]

    def draft(self) -> BurnTableDraft:
        return BurnTableDraft(self.name, [rule.rule() for rule in self.rules], self.credit_price_usd)


class NewTableBody(DraftBody):
    audience: AudienceBody = AudienceBody()


class Publication(BaseModel):
    model_config = ConfigDict(extra="forbid")

    effective_from: Annotated[datetime | None, Field(description="Default: now")] = None
    effective_to: Annotated[datetime | None, Field(description="Default: until the next version")] = None


@dataclass(frozen=True, slots=True)
class TierView:
    up_to: str
    credits: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """Decimals as text."""

    provider: str
    model: str
    unit: str
    credits: str
    per: str
    tiers: list[TierView]
    image_size: str | None
    image_quality: str | None


@dataclass(frozen=True, slots=True)
class AudienceView:
    kind: AudienceKind
    ref: str


@dataclass(frozen=True, slots=True)
class BurnTableView:
    id: str
    name: str
    audience: AudienceView
    version: int
    status: TableStatus
    credit_price_usd: str | None
    effective_from: datetime | None
    effective_to: datetime | None
    created_at: datetime
    published_at: datetime | None
    rules: list[RuleView]


@dataclass(frozen=True, slots=True)
class BurnTableList:
    data: list[BurnTableView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(table: BurnTable) -> BurnTableView:
    price = table.credit_price_usd
    return BurnTableView(
        id=ids.encode(types.TABLE_PREFIX, table.id),
        name=table.name,
        audience=AudienceView(table.audience.kind, table.audience.ref),
        version=table.version,
        status=table.status,
        credit_price_usd=None if price is None else to_text(price),
        effective_from=table.effective_from,
        effective_to=table.effective_to,
        created_at=table.created_at,
        published_at=table.published_at,
        rules=[rule_view(rule) for rule in table.rules],
    )


def rule_view(rule: Rule) -> RuleView:
    return RuleView(
        rule.provider,
        rule.model,
        rule.unit,
        to_text(rule.credits),
        to_text(rule.per),
        [TierView(to_text(tier.up_to), to_text(tier.credits)) for tier in rule.tiers],
        rule.image_size,
        rule.image_quality,
    )


async def create(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, NewTableBody)
    audience = Audience(body.audience.kind, body.audience.ref)
    command = NewBurnTable(body.draft(), audience, idempotent.key_of(request))
    done = await service.create_burn_table(principal, sole_org(principal), command=command, now=utcnow())
    made = view(done.value)
    return idempotent.respond(done, made, status=201, location=f"/v1/burn-tables/{made.id}")


async def page(request: web.Request, principal: Principal) -> web.Response:
    errors: list[FieldError] = []
    kind = _member(AudienceKind, request, "audience_kind", errors)
    status = _member(TableStatus, request, "status", errors)
    if errors:
        raise InvalidInput(errors)
    found = await queries.burn_tables(
        principal,
        sole_org(principal),
        request=paging.read(request),
        audience_kind=kind,
        audience_ref=request.query.get("audience_ref"),
        status=status,
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(BurnTableList([view(table) for table in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.burn_table(principal, sole_org(principal), _table_id(request))))


async def update(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, DraftBody)
    done = await service.update_burn_table(
        principal,
        sole_org(principal),
        _table_id(request),
        draft=body.draft(),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.respond(done, view(done.value))


async def delete(request: web.Request, principal: Principal) -> web.Response:
    done = await service.delete_burn_table(
        principal,
        sole_org(principal),
        _table_id(request),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.empty(done)


async def publish(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, Publication)
    done = await service.publish_burn_table(
        principal,
        sole_org(principal),
        _table_id(request),
        effective_from=body.effective_from,
        effective_to=body.effective_to,
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.respond(done, view(done.value))


def _table_id(request: web.Request) -> BurnTableId:
    found = ids.find(types.TABLE_PREFIX, request.match_info["id"])
    if found is None:
        raise BurnTableNotFound
    return BurnTableId(found)


E = TypeVar("E", AudienceKind, TableStatus)


def _member(kind: type[E], request: web.Request, name: str, errors: list[FieldError]) -> E | None:
    text = request.query.get(name)
    if text is None or text in list(kind):
        return None if text is None else kind(text)
    errors.append(FieldError(name, "unknown", f"Use one of {', '.join(kind)}."))
    return None


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/burn-tables",
            "create_burn_table",
            "Makes a draft of a burn table: how many credits usage burns. Publish it to put it in force.",
            Permission.PRICES_MANAGE,
            create,
            {201: ("The draft", BurnTableView)},
            body=NewTableBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Prices",
        ),
        Operation(
            "GET",
            "/v1/burn-tables",
            "list_burn_tables",
            "Burn tables, drafts and versions, newest first.",
            Permission.PRICES_READ,
            page,
            {200: ("A page of tables", BurnTableList)},
            parameters=[
                Parameter("audience_kind", "query", AudienceKind, "Only tables for such an audience"),
                Parameter("audience_ref", "query", str, "Only tables for this tier or customer"),
                Parameter("status", "query", TableStatus, "Only drafts, or only what was published"),
                *paging.PARAMETERS,
            ],
            tag="Prices",
        ),
        Operation(
            "GET",
            "/v1/burn-tables/{id}",
            "get_burn_table",
            "One burn table.",
            Permission.PRICES_READ,
            get,
            {200: ("The table", BurnTableView)},
            parameters=[_ID],
            tag="Prices",
        ),
        Operation(
            "PATCH",
            "/v1/burn-tables/{id}",
            "update_burn_table",
            "Replaces what a draft says.",
            Permission.PRICES_MANAGE,
            update,
            {200: ("The draft", BurnTableView)},
            body=DraftBody,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Prices",
        ),
        Operation(
            "DELETE",
            "/v1/burn-tables/{id}",
            "delete_burn_table",
            "Drops a draft.",
            Permission.PRICES_MANAGE,
            delete,
            {204: ("It is gone", None)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Prices",
        ),
        Operation(
            "POST",
            "/v1/burn-tables/{id}/publish",
            "publish_burn_table",
            "Puts a draft in force and ends the version before. From then on it is not changed.",
            Permission.PRICES_MANAGE,
            publish,
            {200: ("The version", BurnTableView)},
            body=Publication,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Prices",
        ),
    ]
