"""`/v1/features` and `/v1/entitlements`: what an org sells to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.credits.types import Period
from app.entitlements import queries, service, types
from app.entitlements.errors import EntitlementNotFound
from app.entitlements.types import (
    Audience,
    AudienceKind,
    CreateFeature,
    Entitlement,
    Feature,
    Limit,
    LimitUnit,
    SetEntitlement,
)
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

Key = Annotated[
    str,
    Field(
        description="The `feature_id` of usage events",
        json_schema_extra={"minLength": 1, "maxLength": types.MAX_KEY_LENGTH},
    ),
]


class CreateFeatureBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: Key
    name: Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": types.MAX_NAME_LENGTH})]


class AudienceBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: AudienceKind
    ref: Annotated[str, Field(description="Your own id for the customer, or the tier; left out for all")] = ""


class LimitBody(BaseModel):
    """So much in a calendar period, in UTC."""

    model_config = ConfigDict(extra="forbid")

    unit: LimitUnit
    amount: Annotated[Decimal, Field(description="Decimal as text")]
    period: Period
    is_hard: Annotated[bool, Field(description="Whether it refuses, or is only told about")] = True


class SetEntitlementBody(BaseModel):
    """Takes the place of what was said before of this feature and audience."""

    model_config = ConfigDict(extra="forbid")

    feature: Key
    audience: AudienceBody
    is_enabled: bool = True
    limit: LimitBody | None = None


@dataclass(frozen=True, slots=True)
class FeatureView:
    id: str
    key: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AudienceView:
    kind: AudienceKind
    ref: str


@dataclass(frozen=True, slots=True)
class LimitView:
    unit: LimitUnit
    amount: Annotated[str, Field(description="Decimal as text")]
    period: Period
    is_hard: bool


@dataclass(frozen=True, slots=True)
class EntitlementView:
    id: str
    feature: str
    audience: AudienceView
    is_enabled: bool
    limit: LimitView | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FeatureList:
    data: list[FeatureView]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class EntitlementList:
    data: list[EntitlementView]
    next_cursor: str | None


def feature_view(feature: Feature) -> FeatureView:
    return FeatureView(ids.encode("feat", feature.id), feature.key, feature.name, feature.created_at)


def entitlement_view(found: Entitlement) -> EntitlementView:
    limit = found.limit
    return EntitlementView(
        ids.encode("ent", found.id),
        found.feature_key,
        AudienceView(found.audience.kind, found.audience.ref),
        found.is_enabled,
        None if limit is None else LimitView(limit.unit, to_text(limit.amount), limit.period, limit.is_hard),
        found.updated_at,
    )


async def create_feature(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, CreateFeatureBody)
    command = CreateFeature(body.key, body.name, idempotent.key_of(request))
    done = await service.create_feature(principal, sole_org(principal), command=command, now=utcnow())
    return idempotent.respond(done, feature_view(done.value), status=201)


async def features(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.features(principal, sole_org(principal), request=paging.read(request))
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(FeatureList([feature_view(one) for one in found.items], cursor))


async def set_entitlement(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, SetEntitlementBody)
    limit = body.limit
    command = SetEntitlement(
        body.feature,
        Audience(body.audience.kind, body.audience.ref),
        body.is_enabled,
        None if limit is None else Limit(limit.unit, limit.amount, limit.period, limit.is_hard),
        idempotent.key_of(request),
    )
    done = await service.set_entitlement(principal, sole_org(principal), command=command, now=utcnow())
    return idempotent.respond(done, entitlement_view(done.value))


async def entitlements(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.entitlements(
        principal,
        sole_org(principal),
        request=paging.read(request),
        feature=request.query.get("feature"),
        customer=request.query.get("customer_id"),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(EntitlementList([entitlement_view(one) for one in found.items], cursor))


async def remove_entitlement(request: web.Request, principal: Principal) -> web.Response:
    """Whatever body there is says nothing."""
    entitlement_id = ids.find("ent", request.match_info["id"])
    if entitlement_id is None:
        raise EntitlementNotFound
    done = await service.remove_entitlement(
        principal,
        sole_org(principal),
        entitlement_id=entitlement_id,
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return idempotent.empty(done)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/features",
            "create_feature",
            "Registers a feature that you sell: from then on nobody has it but those you entitle.",
            Permission.PRICES_MANAGE,
            create_feature,
            {201: ("The feature", FeatureView)},
            body=CreateFeatureBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (REPLAY,)},
            tag="Entitlements",
        ),
        Operation(
            "GET",
            "/v1/features",
            "list_features",
            "Features, newest first.",
            Permission.PRICES_READ,
            features,
            {200: ("A page of features", FeatureList)},
            parameters=paging.PARAMETERS,
            tag="Entitlements",
        ),
        Operation(
            "POST",
            "/v1/entitlements",
            "set_entitlement",
            "Says what a customer, a tier or everybody may do with a feature; the most special decides.",
            Permission.PRICES_MANAGE,
            set_entitlement,
            {200: ("The entitlement as it is now", EntitlementView)},
            body=SetEntitlementBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Entitlements",
        ),
        Operation(
            "GET",
            "/v1/entitlements",
            "list_entitlements",
            "Entitlements, newest first.",
            Permission.PRICES_READ,
            entitlements,
            {200: ("A page of entitlements", EntitlementList)},
            parameters=[
                Parameter("feature", "query", str, "Only those of this feature"),
                Parameter("customer_id", "query", str, "Only those of this customer itself"),
                *paging.PARAMETERS,
            ],
            tag="Entitlements",
        ),
        Operation(
            "DELETE",
            "/v1/entitlements/{id}",
            "remove_entitlement",
            "Takes an entitlement away.",
            Permission.PRICES_MANAGE,
            remove_entitlement,
            {204: ("It is gone", None)},
            parameters=[Parameter("id", "path", str, "ent_…", required=True), IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Entitlements",
        ),
    ]
