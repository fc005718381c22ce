"""`/v1/api-keys`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.apikeys import queries, service, types
from app.apikeys.errors import KeyNotFound
from app.apikeys.types import UNCHANGED, ApiKey, CreateApiKey, NewApiKey, RotateApiKey, UpdateApiKey
from app.audit import naming
from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.ids import ApiKeyId, WorkspaceId
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.identity.errors import WorkspaceNotFound
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Header, Operation, Parameter
from app.web.body import json_response, read
from app.web.organisation import sole_org
from app.web.services import SERVICES

_PATH = "/v1/api-keys"
_MODELS = "By name, or by a prefix and `*`, as requests write them; null or left out: any"

# The bounds are shown here and enforced by the domain, so that both surfaces name a fault alike.
Name = Annotated[
    str,
    Field(
        description="What it is for",
        json_schema_extra={"minLength": 1, "maxLength": types.MAX_NAME_LENGTH, "pattern": r"\S"},
    ),
]
Scope = Annotated[str, Field(json_schema_extra={"enum": sorted(Permission)})]
Model = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": r"^[!-)+-~]*\*?$",
            "minLength": 1,
            "maxLength": types.MAX_MODEL_LENGTH,
        }
    ),
]
Models = Annotated[
    list[Model] | None,
    Field(description=_MODELS, json_schema_extra={"minItems": 1, "maxItems": types.MAX_MODELS}),
]


TokensPerMinute = Annotated[
    int | None,
    Field(
        description="Of models, through the gateway: input and output together; null or left out: any number",
        json_schema_extra={"minimum": 1, "maximum": types.MAX_TOKENS_PER_MINUTE},
    ),
]


class CreateApiKeyBody(BaseModel):
    """A wish for a key, which can be no more than you are."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    scopes: Annotated[
        list[Scope],
        Field(description="Permissions that you hold yourself", json_schema_extra={"minItems": 1}),
    ]
    workspace_id: Annotated[
        str | None, Field(description="ws_…; default: the workspace of the key you use, or the live one")
    ] = None
    expires_at: Annotated[
        datetime | None, Field(description="From when on it is refused, within ten years; null is never")
    ] = None
    allowed_models: Models = None
    tokens_per_minute: TokensPerMinute = None


class RotateApiKeyBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    overlap_hours: Annotated[
        int | None,
        Field(
            description=f"How long the old key stays good: 0 to {types.LONGEST_OVERLAP_HOURS}; default: 24, "
            "unless the installation differs",
            json_schema_extra={"minimum": 0, "maximum": types.LONGEST_OVERLAP_HOURS},
        ),
    ] = None


class UpdateApiKeyBody(BaseModel):
    """What is to be different; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    scopes: Annotated[
        list[Scope] | None, Field(description="Fewer than now: for more, create another key")
    ] = None
    allowed_models: Models = None
    tokens_per_minute: TokensPerMinute = None


@dataclass(frozen=True, slots=True)
class ApiKeyView:
    id: str
    name: str
    public_id: Annotated[str, Field(description="The part of the key that is not secret")]
    workspace_id: str
    scopes: list[str]
    allowed_models: Annotated[list[str] | None, Field(description="Null where it may use any")]
    tokens_per_minute: Annotated[int | None, Field(description="Null where it may take any number")]
    created_at: datetime
    created_by: Annotated[str | None, Field(description="user_… or key_…; null for the oldest keys")]
    expires_at: datetime | None
    revoked_at: datetime | None
    replaced_by: Annotated[str | None, Field(description="The key it was rotated to")]
    last_used_at: Annotated[datetime | None, Field(description="Up to a quarter of a minute late")]


@dataclass(frozen=True, slots=True)
class NewApiKeyView:
    """This is the only time that the token is shown."""

    api_key: ApiKeyView
    token: Annotated[
        str | None, Field(description="The key in full; null in a replay, as it is kept nowhere: rotate then")
    ]


@dataclass(frozen=True, slots=True)
class ApiKeyList:
    data: list[ApiKeyView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(key: ApiKey) -> ApiKeyView:
    maker, successor = None, None
    if key.created_by_kind is not None and key.created_by_id is not None:
        maker = naming.encode(key.created_by_kind, key.created_by_id)
    if key.replaced_by_id is not None:
        successor = ids.encode("key", key.replaced_by_id)
    return ApiKeyView(
        id=ids.encode("key", key.id),
        name=key.name,
        public_id=key.public_id,
        workspace_id=ids.encode("ws", key.workspace_id),
        scopes=sorted(key.scopes),
        allowed_models=None if key.allowed_models is None else list(key.allowed_models),
        tokens_per_minute=key.tokens_per_minute,
        created_at=key.created_at,
        created_by=maker,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        replaced_by=successor,
        last_used_at=key.last_used_at,
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.page(
        principal,
        sole_org(principal),
        request=paging.read(request),
        workspace_id=_workspace_id(request.query.get("workspace_id")),
        includes_ended=_flag(request, "include_revoked"),
        now=utcnow(),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(ApiKeyList([view(key) for key in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.get(principal, _key_id(request))))


async def create(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, CreateApiKeyBody)
    command = CreateApiKey(
        name=body.name,
        scopes=body.scopes,
        workspace_id=_workspace_id(body.workspace_id),
        expires_at=body.expires_at,
        allowed_models=body.allowed_models,
        tokens_per_minute=body.tokens_per_minute,
        idempotency_key=idempotent.key_of(request),
    )
    keys = request.app[SERVICES].keys
    new = await service.create(principal, sole_org(principal), command=command, verifier=keys, now=utcnow())
    return _created(new)


async def rotate(request: web.Request, principal: Principal) -> web.Response:
    """The body may be left out."""
    body = await bodies.read(request, RotateApiKeyBody) if await read(request) else RotateApiKeyBody()
    services = request.app[SERVICES]
    new = await service.rotate(
        principal,
        _key_id(request),
        command=RotateApiKey(body.overlap_hours, idempotent.key_of(request)),
        verifier=services.keys,
        default_overlap=timedelta(hours=services.settings.key_rotation_overlap_hours),
        now=utcnow(),
    )
    return _created(new)


async def update(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, UpdateApiKeyBody)
    command = UpdateApiKey(
        name=UNCHANGED if body.name is None else body.name,
        scopes=UNCHANGED if body.scopes is None else body.scopes,
        allowed_models=_sent(body, "allowed_models"),
        tokens_per_minute=_sent(body, "tokens_per_minute"),
        idempotency_key=idempotent.key_of(request),
    )
    done = await service.update(principal, _key_id(request), command=command, now=utcnow())
    return idempotent.respond(done, view(done.value))


async def revoke(request: web.Request, principal: Principal) -> web.Response:
    """Whatever body there is says nothing."""
    key = idempotent.key_of(request)
    done = await service.revoke(principal, _key_id(request), idempotency_key=key, now=utcnow())
    return idempotent.respond(done, view(done.value))


def _sent(body: UpdateApiKeyBody, name: str) -> Any:
    """Null says something else than leaving it out."""
    return getattr(body, name) if name in body.model_fields_set else UNCHANGED


def _created(new: NewApiKey) -> web.Response:
    shown = NewApiKeyView(view(new.key), new.token)
    headers = {"Location": f"{_PATH}/{shown.api_key.id}"} | idempotent.headers(new.is_replay)
    return json_response(shown, status=201, headers=headers)


def _key_id(request: web.Request) -> ApiKeyId:
    found = ids.find("key", request.match_info["id"])
    if found is None:
        raise KeyNotFound
    return ApiKeyId(found)


def _workspace_id(text: str | None) -> WorkspaceId | None:
    if text is None:
        return None
    found = ids.find("ws", text)
    if found is None:
        raise WorkspaceNotFound
    return WorkspaceId(found)


def _flag(request: web.Request, name: str) -> bool:
    text = request.query.get(name, "false")
    if text not in ("true", "false"):
        raise InvalidInput([FieldError(name, "invalid_boolean", "Use true or false.")])
    return text == "true"


_ID = Parameter("id", "path", str, "key_…", required=True)
_NEW = {201: (Header("Location", "Where the key is."), REPLAY)}


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            _PATH,
            "list_api_keys",
            "API keys, newest first; a key sees those of its own workspace.",
            Permission.KEYS_READ,
            page,
            {200: ("A page of keys", ApiKeyList)},
            parameters=[
                Parameter("workspace_id", "query", str, "Only keys of this workspace: ws_…"),
                Parameter("include_revoked", "query", bool, "Also keys that were revoked or have expired"),
                *paging.PARAMETERS,
            ],
            tag="API keys",
        ),
        Operation(
            "POST",
            _PATH,
            "create_api_key",
            "Makes an API key, which can be no more than you are.",
            Permission.KEYS_MANAGE,
            create,
            {201: ("The key, and this once its token", NewApiKeyView)},
            body=CreateApiKeyBody,
            parameters=[IDEMPOTENCY_KEY],
            headers=_NEW,
            tag="API keys",
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}",
            "get_api_key",
            "One API key.",
            Permission.KEYS_READ,
            get,
            {200: ("The key", ApiKeyView)},
            parameters=[_ID],
            tag="API keys",
        ),
        Operation(
            "PATCH",
            f"{_PATH}/{{id}}",
            "update_api_key",
            "Changes an API key's name, models or limit of tokens, or takes scopes away.",
            Permission.KEYS_MANAGE,
            update,
            {200: ("The key as it is now", ApiKeyView)},
            body=UpdateApiKeyBody,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="API keys",
        ),
        Operation(
            "POST",
            f"{_PATH}/{{id}}/rotate",
            "rotate_api_key",
            "Makes a key that takes another's place; the old one stays good for the overlap.",
            Permission.KEYS_MANAGE,
            rotate,
            {201: ("The successor, and this once its token", NewApiKeyView)},
            body=RotateApiKeyBody,
            is_body_required=False,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers=_NEW,
            tag="API keys",
        ),
        Operation(
            "POST",
            f"{_PATH}/{{id}}/revoke",
            "revoke_api_key",
            "Ends an API key for good, everywhere within a second. Repeating it changes nothing.",
            Permission.KEYS_MANAGE,
            revoke,
            {200: ("The key as it is now", ApiKeyView)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="API keys",
        ),
    ]
