"""The OpenAPI 3.1 document, generated from the operations and their types."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import pydantic
from aiohttp import web
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from app import version
from app.rest.operation import EVENT_STREAM, Operation, Parameter

_REFS = "#/components/schemas/{model}"

_PROBLEM_STATUSES = {
    "400": "The request is malformed",
    "401": "The credential is missing or wrong",
    "402": "Credit, a budget or your plan has no room for this",
    "403": "A permission is missing",
    "404": "There is no such thing, or it is not yours",
    "409": "In conflict with another request",
    "413": "The body is too large",
    "422": "Fields are wrong; `errors` names each",
    "429": "Too many requests; `Retry-After` says when to come back",
    "431": "The address or the headers are too large",
    "500": "A fault of ours; quote `request_id`",
    "503": "Not available right now; see `Retry-After`",
}
_LIMIT_HEADERS = (
    "RateLimit-Policy",
    "RateLimit",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
)
_HEADERS = {
    name: {"description": text, "schema": {"type": kind}}
    for name, kind, text in (
        ("RateLimit-Policy", "string", 'Every limit that the request counts towards: `"org";q=300;w=60, …`'),
        (
            "RateLimit",
            "string",
            'The tightest of them, what is left and seconds until all is: `"org";r=9;t=59`',
        ),
        ("X-RateLimit-Limit", "integer", "Requests a minute, and at once, of the tightest limit"),
        ("X-RateLimit-Remaining", "integer", "Requests that are possible now"),
        ("X-RateLimit-Reset", "integer", "When all of them are again, as Unix time"),
        ("Retry-After", "integer", "Seconds after which trying again makes sense"),
        ("WWW-Authenticate", "string", "What to send"),
        ("X-Request-Id", "string", "Yours, if it is fit for a log line, else ours"),
    )
}
_PROBLEM_HEADERS = {
    "401": ("WWW-Authenticate",),
    "409": ("Retry-After",),
    "429": (*_LIMIT_HEADERS, "Retry-After"),
    "503": ("Retry-After",),
}
_PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457)",
    "required": ["type", "title", "status", "code", "detail", "request_id", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable: what programs should look at"},
        "detail": {"type": "string", "description": "For people"},
        "request_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
        "scope": {
            "type": ["object", "null"],
            "description": "With 402: whose credit or limit it is; null where there is no wallet",
            "required": ["kind", "id"],
            "properties": {
                "kind": {"type": "string", "description": "wallet, api_key, user, team, customer, …"},
                "id": {"type": "string"},
            },
        },
        "resets_at": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "With 402: when the limit begins anew; null where it never does",
        },
        "available": {"type": "string", "description": "With 402: credits there are, decimal as text"},
        "needed": {"type": "string", "description": "With 402: credits it takes, decimal as text"},
    },
}


def add_routes(app: web.Application, document: Mapping[str, Any]) -> None:
    body = orjson.dumps(document)

    async def serve(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    app.router.add_get("/v1/openapi.json", serve)


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    operations = list(operations)
    schemas, definitions = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "LaunchKit",
            "version": version.VERSION,
            "description": (
                "Jobs, usage, prices, credit, customers, webhooks and upstreams of the gateway, for servers. "
                "Authenticate with an API key as bearer token. Pages may use the cookies of a session instead; what "
                "is not a GET then needs its `X-CSRF-Token`, else it is refused with 403 `csrf_failed`. The paths of "
                "the AI gateway (`/v1/chat/completions`, `/v1/messages` and so on) take API keys alone; what is asked "
                "and answered there, errors included, has the form of the providers' own APIs."
            ),
        },
        "servers": [{"url": "/"}],
        "security": [{"apiKey": []}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM, **definitions},
            "headers": _HEADERS,
            "securitySchemes": {
                "apiKey": {"type": "http", "scheme": "bearer", "description": "lk_live_… or lk_test_…"}
            },
        },
    }


def _operation(operation: Operation, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": (
            f"Needs the permission `{operation.permission}`."
            if operation.permission
            else "Needs any valid credential."
        ),
        "tags": [operation.tag],
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": {
            **{
                str(status): {
                    "description": text,
                    "headers": {**_header_refs(_LIMIT_HEADERS), **_own_headers(operation, status)},
                    **_content(operation, kind, schemas),
                }
                for status, (text, kind) in operation.responses.items()
            },
            **{
                status: {
                    "description": text,
                    "headers": _header_refs(_PROBLEM_HEADERS.get(status, ())),
                    "content": {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                    },
                }
                for status, text in _PROBLEM_STATUSES.items()
            },
        },
    }
    if operation.body is not None:
        described["requestBody"] = {
            "required": operation.is_body_required,
            "content": {"application/json": {"schema": schemas[operation.body]}},
        }
    return described


def _content(operation: Operation, kind: Any, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    if kind is None:
        return {}
    schema = schemas[kind]
    if operation.media_type == EVENT_STREAM:
        schema = _event(schema)
    return {"content": {operation.media_type: {"schema": schema}}}


def _event(update: Any) -> dict[str, Any]:
    """Each event of a stream, as its fields are named there. What ends it has less to say."""
    text = {"type": "string"}
    closed = {"type": "object", "required": ["code"], "properties": {"code": text}}
    end = {"type": "object", "additionalProperties": False}
    data = {"anyOf": [update, closed, end]}
    return {
        "type": "object",
        "properties": {
            "event": text,
            "id": text,
            "data": {**text, "contentMediaType": "application/json", "contentSchema": data},
        },
    }


def _header_refs(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*names, "X-Request-Id")}


def _own_headers(operation: Operation, status: int) -> dict[str, Any]:
    return {
        header.name: {"description": header.description, "schema": {"type": "string"}}
        for header in operation.headers.get(status, ())
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "required": parameter.required,
        "schema": _inline_schema(parameter.type),
    }


def _inline_schema(kind: Any) -> dict[str, Any]:
    """Parameters are scalars and enums: a definition of its own would only hide them."""
    schema = pydantic.TypeAdapter(kind).json_schema(mode="validation")
    for noise in ("title", "description"):
        schema.pop(noise, None)
    return schema


def _schemas(operations: Sequence[Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """The schema of every type used, by type, and their shared definitions."""
    bodies = dict.fromkeys(op.body for op in operations if op.body is not None)
    answers = dict.fromkeys(
        kind for op in operations for _, kind in op.responses.values() if kind is not None
    )
    inputs: list[tuple[Any, JsonSchemaMode, pydantic.TypeAdapter[Any]]] = [
        *((kind, "validation", pydantic.TypeAdapter(kind)) for kind in bodies),
        *((kind, "serialization", pydantic.TypeAdapter(kind)) for kind in answers),
    ]
    by_key, rest = pydantic.TypeAdapter.json_schemas(
        inputs, ref_template=_REFS, schema_generator=GenerateJsonSchema
    )
    return {kind: schema for (kind, _mode), schema in by_key.items()}, rest.get("$defs", {})
