"""A GraphQL request as it arrives over HTTP, and what can be wrong with it before GraphQL looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from aiohttp import web

from app.web import body

# The parsed documents of a process are cached: without a bound, a few long ones would fill its memory.
MAX_DOCUMENT_CHARACTERS = 100_000
_JSON = "application/json"
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii"})


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    query: str | None
    variables: dict[str, Any] | None
    operation_name: str | None
    extensions: dict[str, Any] | None
    digest: str | None = None
    """The SHA-256 of the document, which may then be left out."""


class Refused(Exception):
    """The request is not one: its method, its media type or its form is wrong."""

    def __init__(
        self, status: HTTPStatus, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


async def read(request: web.Request) -> GraphQLRequest:
    """The request that the query string or the body holds. Raises `Refused`."""
    if request.method == "GET":
        return checked(_of_address(request.query))
    if request.method == "POST":
        _check_media_type(request)
        return checked(_object(await body.read(request)))
    raise Refused(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "method_not_allowed",
        f"Use POST, or GET for queries, instead of {request.method}.",
        {"Allow": "GET, POST"},
    )


def _of_address(query: Mapping[str, str]) -> dict[str, Any]:
    """`variables` and `extensions` are JSON in the address; an empty one is absent."""
    return {
        "query": query.get("query"),
        "operationName": query.get("operationName") or None,
        "variables": _json(query["variables"], "variables") if query.get("variables") else None,
        "extensions": _json(query["extensions"], "extensions") if query.get("extensions") else None,
    }


def _check_media_type(request: web.Request) -> None:
    # Only JSON: a form of a foreign site can send the other media types without asking.
    if request.content_type != _JSON:
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", f"Send the request as {_JSON}."
        )
    if request.charset is not None and request.charset.lower() not in _UTF8:
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Send the request in UTF-8."
        )


def _object(raw: bytes) -> dict[str, Any]:
    value = _json(raw, "The body")
    if isinstance(value, list):
        raise _malformed("batching_disabled", "Batches are not accepted: send one operation per request.")
    if not isinstance(value, dict):
        raise _malformed("malformed_body", "The body must be a JSON object.")
    return value


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _malformed("malformed_body", f"{what} is not valid JSON: {error}") from None


def checked(value: Mapping[str, Any]) -> GraphQLRequest:
    """The request in a body, or in a WebSocket's message. Raises `Refused`."""
    query = _parameter(value, "query", str, "a string")
    if query is not None and len(query) > MAX_DOCUMENT_CHARACTERS:
        raise _malformed(
            "document_too_large",
            f"The document has {len(query)} characters; {MAX_DOCUMENT_CHARACTERS} are allowed. "
            "Long texts belong into variables.",
        )
    extensions = _parameter(value, "extensions", dict, "an object")
    return GraphQLRequest(
        query=query,
        variables=_parameter(value, "variables", dict, "an object"),
        operation_name=_parameter(value, "operationName", str, "a string"),
        extensions=extensions,
        digest=_digest(extensions) if extensions else None,
    )


def _digest(extensions: Mapping[str, Any]) -> str | None:
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    is_digest = isinstance(digest, str) and len(digest) == 64 and not digest.strip("0123456789abcdef")
    if not is_digest or persisted.get("version", 1) != 1:
        raise _malformed(
            "invalid_parameter",
            "`extensions.persistedQuery` must be of version 1, with the SHA-256 as 64 hexadecimal digits.",
        )
    return str(digest)


def _parameter(value: Mapping[str, Any], name: str, kind: type, described: str) -> Any:
    found = value.get(name)
    if found is not None and not isinstance(found, kind):
        raise _malformed("invalid_parameter", f"`{name}` must be {described}, or null.")
    return found


def _malformed(code: str, message: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, code, message)
