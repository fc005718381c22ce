"""GraphQL over HTTP, after the draft of its specification: https://graphql.github.io/graphql-over-http/draft/

With `application/graphql-response+json` the status tells how far a request came; with `application/json`, which
older clients read, every well-formed request answers 200.
"""

from http import HTTPStatus
from typing import Any

import orjson
import strawberry
from aiohttp import web
from graphql import GraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from app.web.errors import INTERNAL_CODE, REQUEST_ID
from schema.core import context, negotiation, requests
from schema.core.documents import Documents
from schema.core.errors import coded, unknown_operation
from schema.core.requests import GraphQLRequest, Refused

_ALLOWED = {
    "GET": frozenset({OperationType.QUERY}),
    "POST": frozenset({OperationType.QUERY, OperationType.MUTATION}),
}
_CONTENT_TYPES = {kind: f"{kind}; charset=utf-8" for kind in (negotiation.RESPONSE, negotiation.LEGACY)}


class Endpoint:
    """Answers `POST /graphql`, and `GET /graphql?query=…`."""

    def __init__(self, schema: strawberry.Schema, documents: Documents) -> None:
        self._schema = schema
        self._documents = documents

    async def answer(self, request: web.Request) -> web.Response:
        media_type = negotiation.media_type(request.headers.get("Accept", ""))
        try:
            if media_type is None:
                raise _not_acceptable()
            asked = await requests.read(request)
            response = web.Response()
            result = await self._execute(asked, request, response)
        except Refused as refused:
            return _refusal(refused, media_type or negotiation.LEGACY, request)
        body: dict[str, Any] = {}
        if result.errors:
            body["errors"] = [error.formatted for error in result.errors]
        if not _is_request_error(result):
            body["data"] = result.data
        if result.extensions:
            body["extensions"] = result.extensions
        response.set_status(_status(result, media_type))
        return _filled(response, body, media_type)

    async def _execute(
        self, asked: GraphQLRequest, request: web.Request, response: web.Response
    ) -> ExecutionResult:
        query = await self._documents.resolve(asked)
        if not query:
            raise Refused(HTTPStatus.BAD_REQUEST, "query_missing", "The request has no `query`.")
        made = context.of_request(request, response)
        try:
            result = await self._schema.execute(
                query,
                variable_values=asked.variables,
                context_value=made,
                operation_name=asked.operation_name,
                allowed_operation_types=_ALLOWED[request.method],
                operation_extensions=asked.extensions,
            )
        except InvalidOperationTypeError as error:
            return _not_allowed(error.operation_type, made.request_id)
        except CannotGetOperationTypeError as error:
            return _request_error("operation_unknown", unknown_operation(error), made.request_id)
        if asked.digest is not None and made.credential.found is not None and not _is_request_error(result):
            await self._documents.learn(asked)
        return result


def _not_allowed(operation: OperationType, request_id: str) -> ExecutionResult:
    if operation is OperationType.SUBSCRIPTION:
        sentence = "Subscriptions need a WebSocket: connect to this address with `graphql-transport-ws`."
        return _request_error("subscription_needs_websocket", sentence, request_id)
    raise Refused(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "Mutations need POST: a GET changes nothing.",
        {"Allow": "POST"},
    )


def _request_error(code: str, message: str, request_id: str) -> ExecutionResult:
    return ExecutionResult(data=None, errors=[coded(GraphQLError(message), message, code, request_id)])


def _is_request_error(result: ExecutionResult) -> bool:
    """Nothing ran: the document or its variables were refused. An error of a field has a path."""
    return (
        result.data is None
        and bool(result.errors)
        and all(error.path is None for error in result.errors or ())
    )


def _status(result: ExecutionResult, media_type: str) -> HTTPStatus:
    if media_type == negotiation.LEGACY or not _is_request_error(result):
        return HTTPStatus.OK
    if any((error.extensions or {}).get("code") == INTERNAL_CODE for error in result.errors or ()):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return HTTPStatus.BAD_REQUEST


def _not_acceptable() -> Refused:
    sentence = f"Accept {negotiation.RESPONSE} or {negotiation.LEGACY}."
    return Refused(HTTPStatus.NOT_ACCEPTABLE, "not_acceptable", sentence)


def _refusal(refused: Refused, media_type: str, request: web.Request) -> web.Response:
    extensions = {"code": refused.code, "requestId": request.get(REQUEST_ID, "")}
    body = {"errors": [{"message": refused.message, "extensions": extensions}]}
    return _filled(web.Response(status=refused.status, headers=refused.headers), body, media_type)


def _filled(response: web.Response, body: dict[str, Any], media_type: str) -> web.Response:
    response.body = orjson.dumps(body)
    response.headers["Content-Type"] = _CONTENT_TYPES[media_type]
    return response
