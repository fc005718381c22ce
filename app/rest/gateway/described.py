"""The gateway's part of the OpenAPI document.

What is asked and answered there is the providers': bodies are open objects of which only that is said which LaunchKit
looks at, and the providers' own references say the rest. Errors have the providers' shapes, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.core.principal import Permission
from app.gateway.caching.answers import HEADER as CACHE_HEADER
from app.gateway.types import MAX_MODEL_LENGTH, Dialect

Json = dict[str, Any]

PERMISSION: Final = Permission.GATEWAY_USE
_REFERENCES: Final = "https://platform.openai.com/docs/api-reference"
_TEXT: Final[Json] = {"type": "string"}
_COUNT: Final[Json] = {"type": "integer"}
_MODEL: Final[Json] = {"type": "string", "minLength": 1, "maxLength": MAX_MODEL_LENGTH}
_NAME: Final[Json] = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[^\x00-\x1f\x7f]+$"}
_VERSIONS: Final = ("v1", "v1beta")

_SCHEMES: Final[Mapping[str, Json]] = {
    "anthropicKey": {"type": "apiKey", "in": "header", "name": "x-api-key"},
    "googleKey": {"type": "apiKey", "in": "header", "name": "x-goog-api-key"},
    "googleKeyInQuery": {"type": "apiKey", "in": "query", "name": "key"},
}
_SECURITY: Final[Mapping[Dialect, Sequence[Json]]] = {
    Dialect.OPENAI: [{"apiKey": []}],
    Dialect.ANTHROPIC: [{"apiKey": []}, {"anthropicKey": []}],
    Dialect.GOOGLE: [{"apiKey": []}, {"googleKey": []}, {"googleKeyInQuery": []}],
}
_OURS: Final[Json] = {"type": "string", "description": "LaunchKit's own code, as in other problems"}


def _object(required: Sequence[str], **properties: Json) -> Json:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": {},
    }


# A provider's own refusals pass as they are, and what else they hold is its business.
_ERRORS: Final[Mapping[Dialect, Json]] = {
    Dialect.OPENAI: _object(
        ["error"],
        error=_object(
            ["message"],
            message=_TEXT,
            type=_TEXT,
            code={**_OURS, "type": ["string", "integer", "null"]},
            param={"type": ["string", "null"]},
            request_id=_TEXT,
        ),
    ),
    Dialect.ANTHROPIC: _object(
        ["error"],
        type=_TEXT,
        error=_object(["message"], type=_TEXT, message=_TEXT, code=_OURS, request_id=_TEXT),
        request_id=_TEXT,
    ),
    Dialect.GOOGLE: _object(
        ["error"],
        error=_object(
            ["message"],
            code=_COUNT,
            message=_TEXT,
            status=_TEXT,
            details={"type": "array", "items": _object([], reason=_OURS, metadata=_object([]))},
        ),
    ),
}
_STATUSES: Final = {
    "400": "The request is wrong, or no model can be asked so",
    "401": "The key is missing or wrong",
    "402": "Credit, a budget or your plan has no room for this",
    "403": "The key may not do this, or not with this model",
    "404": "There is no upstream for this model, or no such customer",
    "409": "In conflict with another request; try again",
    "413": "The body is too large",
    "429": "Too many requests; `Retry-After` says when to come back",
    "500": "A fault of ours; quote the request's id",
    "502": "The provider failed, or refused LaunchKit's own credentials",
    "503": "Not available right now; see `Retry-After`",
    "504": "The provider did not answer in time",
}
_ATTRIBUTION: Final = (
    (
        "X-LK-Customer-Id",
        "Your own customer, or ours (`cus_…`), for whom it is counted; the customer's wallet pays.",
    ),
    ("X-LK-User-Id", "Your own user, for whom it is counted."),
    ("X-LK-Feature-Id", "The feature that it belongs to."),
)


@dataclass(frozen=True, slots=True)
class Route:
    """`fields` are those of the body that LaunchKit looks at; None is no body. `also` is whose path it is, too."""

    method: str
    path: str
    name: str
    summary: str
    dialect: Dialect
    reference: str
    fields: Mapping[str, Json] | None = None
    required: Sequence[str] = ()
    is_streamed: bool = False
    is_metered: bool = True
    also: Sequence[Dialect] = ()

    @property
    def dialects(self) -> Sequence[Dialect]:
        """Those whose errors it may answer with."""
        return [self.dialect, *self.also]


def routes() -> Iterator[Route]:
    stream: Json = {"type": "boolean", "description": "Whether the answer comes as server-sent events"}
    tokens: Json = {"description": "The longest answer: so much is held. A number, or null"}
    one_model = {"model": _MODEL}
    yield Route(
        *("POST", "/v1/chat/completions", "create_chat_completion", "A chat completion, as OpenAI makes it."),
        *(Dialect.OPENAI, f"{_REFERENCES}/chat/create"),
        {**one_model, "stream": stream, "max_tokens": tokens, "max_completion_tokens": tokens},
        required=["model"],
        is_streamed=True,
    )
    yield Route(
        *("POST", "/v1/responses", "create_response", "A response, as OpenAI makes it."),
        *(Dialect.OPENAI, f"{_REFERENCES}/responses/create"),
        {**one_model, "stream": stream, "max_output_tokens": tokens},
        required=["model"],
        is_streamed=True,
    )
    yield Route(
        *("POST", "/v1/embeddings", "create_embeddings", "Embeddings, as OpenAI makes them."),
        *(Dialect.OPENAI, f"{_REFERENCES}/embeddings/create"),
        one_model,
        required=["model"],
    )
    yield from _of_anthropic(stream, tokens)
    yield from _of_models()
    for version in _VERSIONS:
        yield from _of_google(version)


def _of_anthropic(stream: Json, tokens: Json) -> Iterator[Route]:
    reference = "https://platform.claude.com/docs/en/api/messages"
    yield Route(
        *("POST", "/v1/messages", "create_message", "A message, as Anthropic makes it."),
        *(Dialect.ANTHROPIC, reference),
        {"model": _MODEL, "stream": stream, "max_tokens": tokens},
        required=["model"],
        is_streamed=True,
    )
    yield Route(
        *("POST", "/v1/messages/count_tokens", "count_message_tokens", "Counts tokens; costs nothing."),
        *(Dialect.ANTHROPIC, "https://platform.claude.com/docs/en/api/messages-count-tokens"),
        {"model": _MODEL},
        required=["model"],
        is_metered=False,
    )


def _of_models() -> Iterator[Route]:
    told = "OpenAI's, with the header `anthropic-version` Anthropic's, with the key in `x-goog-api-key` Google's."
    listed, one = "The provider's models that the key may use:", "One of the provider's models:"
    for path, name, summary in (
        ("/v1/models", "list_models", listed),
        ("/v1/models/{id}", "get_model", one),
    ):
        yield Route(
            *("GET", path, name, f"{summary} {told}", Dialect.OPENAI, f"{_REFERENCES}/models"),
            is_metered=False,
            also=(Dialect.ANTHROPIC, Dialect.GOOGLE),
        )
    for path, name, summary in (
        ("/v1beta/models", "list_models_v1beta", listed),
        ("/v1beta/models/{id}", "get_model_v1beta", one),
    ):
        yield Route(
            *("GET", path, name, f"{summary} Google's."),
            *(Dialect.GOOGLE, "https://ai.google.dev/api/models"),
            is_metered=False,
        )


def _of_google(version: str) -> Iterator[Route]:
    for verb, summary in (
        ("generateContent", "An answer, as Gemini makes it."),
        (
            "streamGenerateContent",
            "The same piece by piece: as server-sent events with `alt=sse`, else as an array.",
        ),
        ("embedContent", "An embedding, as Gemini makes it."),
        ("batchEmbedContents", "Embeddings, as Gemini makes them."),
        ("countTokens", "Counts tokens; costs nothing."),
    ):
        yield Route(
            *("POST", f"/{version}/models/{{model}}:{verb}", f"{verb}_{version}", summary, Dialect.GOOGLE),
            "https://ai.google.dev/api/generate-content",
            {},
            is_streamed=verb.startswith("stream"),
            is_metered=verb != "countTokens",
        )


def add_to(document: Json) -> None:
    """Puts the routes and what they refer to into the document."""
    components = document["components"]
    components["securitySchemes"].update(_SCHEMES)
    components["schemas"].update({_error_of(dialect): schema for dialect, schema in _ERRORS.items()})
    for route in routes():
        document["paths"].setdefault(route.path, {})[route.method.lower()] = _operation(route)


def _error_of(dialect: Dialect) -> str:
    return f"{dialect.value.title()}Error"


def _operation(route: Route) -> Json:
    described: Json = {
        "operationId": route.name,
        "summary": route.summary,
        "description": (
            f"Needs an API key with the permission `{PERMISSION}`. Everything else is described by the provider; "
            "unknown fields are passed on."
        ),
        "externalDocs": {"url": route.reference},
        "tags": ["Gateway"],
        "security": _security(route),
        "parameters": list(_parameters(route)),
        "responses": _responses(route),
    }
    if route.fields is not None:
        body: Json = {"type": "object", "properties": dict(route.fields), "required": list(route.required)}
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return described


def _security(route: Route) -> Sequence[Json]:
    if not route.also:
        return list(_SECURITY[route.dialect])
    # A key in the query is read where the path alone says that it is Google's.
    found: list[Json] = []
    for scheme in (scheme for dialect in route.dialects for scheme in _SECURITY[dialect]):
        if scheme not in found and "googleKeyInQuery" not in scheme:
            found.append(scheme)
    return found


def _parameters(route: Route) -> Iterator[Json]:
    if "{id}" in route.path:
        yield _parameter("id", "path", "As in a request's `model`.", _MODEL)
    if "{model}" in route.path:
        # What follows the colon is what is wanted of it.
        yield _parameter("model", "path", "The model's name.", {**_MODEL, "pattern": "^[^:]+$"})
    if route.is_metered:
        for name, description in _ATTRIBUTION:
            yield _parameter(name, "header", description, _NAME)
        told = "`on`, `off`, or for how many seconds the answer may be kept for equal requests."
        yield _parameter(
            CACHE_HEADER, "header", told, {"type": "string", "pattern": "^(on|off|[1-9][0-9]{0,5})$"}
        )


def _parameter(name: str, place: str, description: str, schema: Json) -> Json:
    return {
        "name": name,
        "in": place,
        "description": description,
        "required": place == "path",
        "schema": schema,
    }


def _responses(route: Route) -> Json:
    request_id = {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}}
    kept: Json = {"schema": {"type": ["object", "array"]}}
    content = {"application/json": kept}
    if route.is_streamed:
        content["text/event-stream"] = {"schema": _TEXT}
    told = {
        name: {"description": description, "schema": _TEXT}
        for name, description in (
            ("X-LK-Model", "The model that answered"),
            ("X-LK-Upstream", "Where it was asked"),
            ("Server-Timing", "What LaunchKit took of the time, in milliseconds"),
        )
        if route.is_metered
    }
    errors: list[Json] = [{"$ref": f"#/components/schemas/{_error_of(one)}"} for one in route.dialects]
    error = {"application/json": {"schema": errors[0] if len(errors) == 1 else {"anyOf": errors}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    # Where nothing fits a path it is nobody's in particular.
    unrouted = {**error, **problem} if "{model}" in route.path else error
    return {
        "200": {
            "description": "The provider's answer",
            "headers": {**request_id, **told},
            "content": content,
        },
        **{
            status: {
                "description": text,
                "headers": request_id,
                "content": unrouted if status == "404" else error,
            }
            for status, text in _STATUSES.items()
        },
        **(
            {"405": {"description": "No such verb", "headers": request_id, "content": problem}}
            if "{model}" in route.path
            else {}
        ),
        "431": {
            "description": "The address or the headers are too large",
            "headers": request_id,
            "content": problem,
        },
        "default": {"description": "What the provider refused with", "content": {"application/json": kept}},
    }
