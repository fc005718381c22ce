"""`/v1/customers`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core import ids
from app.core.clock import utcnow
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.customers import queries, service, types
from app.customers.types import CreateCustomer, Customer, CustomerFilter, UpdateCustomer
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Header, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_PATH = "/v1/customers"


# The bounds are shown here and enforced by the domain, so that both surfaces name a fault alike.
def _shown(longest: int) -> JsonDict:
    return {
        "minLength": 1,
        "maxLength": longest,
        "pattern": r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$",
    }


Name = Annotated[str, Field(description="For people", json_schema_extra=_shown(types.MAX_NAME_LENGTH))]
Tier = Annotated[
    str,
    Field(
        description="Chooses burn tables and entitlements", json_schema_extra=_shown(types.MAX_TIER_LENGTH)
    ),
]
Team = Annotated[
    str,
    Field(
        description="Whose wallet it draws from, instead of its own",
        json_schema_extra=_shown(types.MAX_TEAM_LENGTH),
    ),
]


class CreateCustomerBody(BaseModel):
    """A customer that usage has not named yet."""

    model_config = ConfigDict(extra="forbid")

    external_id: Annotated[
        str,
        Field(description="Your own id for it, for good", json_schema_extra=_shown(types.MAX_ID_LENGTH)),
    ]
    name: Name | None = None
    tier: Tier | None = None
    team: Team | None = None


class UpdateCustomerBody(BaseModel):
    """What is to be different; what is left out stays, null takes away."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    tier: Tier | None = None
    team: Team | None = None

    def command(self, key: str | None) -> UpdateCustomer:
        wishes = {field: getattr(self, field) for field in self.model_fields_set}
        return UpdateCustomer(**wishes, idempotency_key=key)


@dataclass(frozen=True, slots=True)
class CustomerView:
    id: Annotated[str, Field(description="cus_…")]
    external_id: Annotated[str, Field(description="Your own id for it: what usage names")]
    name: str | None
    tier: Annotated[str | None, Field(description="Chooses burn tables and entitlements")]
    team: Annotated[str | None, Field(description="Whose wallet it draws from, instead of its own")]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerList:
    data: list[CustomerView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(customer: Customer) -> CustomerView:
    return CustomerView(
        id=ids.encode("cus", customer.id),
        external_id=customer.external_id,
        name=customer.name,
        tier=customer.tier,
        team=customer.team,
        created_at=customer.created_at,
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.page(
        principal,
        sole_org(principal),
        request=paging.read(request),
        where=CustomerFilter(*(request.query.get(name) for name in ("search", "tier", "team"))),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(CustomerList([view(customer) for customer in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.get(principal, sole_org(principal), request.match_info["id"])
    return json_response(view(found))


async def create(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, CreateCustomerBody)
    command = CreateCustomer(**body.model_dump(), idempotency_key=idempotent.key_of(request))
    done = await service.create(principal, sole_org(principal), command=command, now=utcnow())
    shown = view(done.value)
    return idempotent.respond(done, shown, status=201, location=f"{_PATH}/{shown.id}")


async def update(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, UpdateCustomerBody)
    done = await service.update(
        principal,
        sole_org(principal),
        request.match_info["id"],
        command=body.command(idempotent.key_of(request)),
        now=utcnow(),
    )
    return idempotent.respond(done, view(done.value))


_ID = Parameter("id", "path", str, "Your own id for the customer, or cus_…", required=True)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            _PATH,
            "list_customers",
            "Your customers, newest first.",
            Permission.USAGE_READ,
            page,
            {200: ("A page of customers", CustomerList)},
            parameters=[
                Parameter(
                    "search",
                    "query",
                    Annotated[str, Field(json_schema_extra=_shown(types.MAX_SEARCH_LENGTH))],
                    "A part of your own id for it or of its name, in any case",
                ),
                Parameter("tier", "query", Tier, "Only those of this tier"),
                Parameter("team", "query", Team, "Only those of this team"),
                *paging.PARAMETERS,
            ],
            tag="Customers",
        ),
        Operation(
            "POST",
            _PATH,
            "create_customer",
            "Makes a customer before usage names it.",
            Permission.CREDITS_MANAGE,
            create,
            {201: ("The customer", CustomerView)},
            body=CreateCustomerBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (Header("Location", "Where the customer is."), REPLAY)},
            tag="Customers",
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}",
            "get_customer",
            "One customer.",
            Permission.USAGE_READ,
            get,
            {200: ("The customer", CustomerView)},
            parameters=[_ID],
            tag="Customers",
        ),
        Operation(
            "PATCH",
            f"{_PATH}/{{id}}",
            "update_customer",
            "Changes a customer's name, tier or team.",
            Permission.CREDITS_MANAGE,
            update,
            {200: ("The customer as it is now", CustomerView)},
            body=UpdateCustomerBody,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Customers",
        ),
    ]
