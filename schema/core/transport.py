"""`/graphql`: HTTP, WebSocket (`graphql-transport-ws`) and GraphiQL for browsers."""

import json
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import orjson
import strawberry
from aiohttp import WSCloseCode, web
from strawberry.aiohttp.views import AiohttpWebSocketAdapter, GraphQLView
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from app.core.errors import Kind
from app.web import pages
from schema.core import context
from schema.core.context import Context

_INIT_TIMEOUT = timedelta(seconds=10)
_PING_SECONDS = 20.0
_MAX_MESSAGE_BYTES = 256 * 1024
_MAX_OPERATIONS_PER_SOCKET = 100


class Messages(AiohttpWebSocketAdapter):
    """Closes the socket for a message of no form that the protocol has; the library would fail over it."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        async for message in super().iter_json(ignore_parsing_errors=ignore_parsing_errors):
            if not _is_message(message):
                raise NonJsonMessageReceived
            yield message


def _is_message(message: object) -> bool:
    return (
        isinstance(message, dict)
        and isinstance(message.get("id", ""), str)
        and (message.get("type") != "subscribe" or _is_operation(message.get("payload")))
    )


def _is_operation(payload: object) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )


class View(GraphQLView[Context, None]):
    websocket_adapter_class = Messages

    def encode_json(self, data: object) -> str:
        # Text, not bytes: bytes would leave a WebSocket as binary frames.
        return orjson.dumps(data).decode()

    def decode_json(self, data: str | bytes) -> Any:
        value = orjson.loads(data)
        # Bytes are a body; text is a message or a parameter, which are looked at elsewhere.
        if isinstance(data, bytes) and not isinstance(value, dict):
            raise json.JSONDecodeError("Expected an object", "", 0)
        return value

    async def get_context(self, request: web.Request, response: web.StreamResponse) -> Context:
        return await context.of_request(request, response)

    async def on_ws_connect(self, context: Context) -> Any:
        """Takes the credential from the `connection_init` payload; a wrong one closes the socket with 4403."""
        authorization = (context.connection_params or {}).get("Authorization")
        if isinstance(authorization, str):
            await context.authenticate(authorization)
        if context.refusal is not None:
            if context.refusal.kind is Kind.UNAVAILABLE and isinstance(
                context.response, web.WebSocketResponse
            ):
                # Nothing is wrong with the credential: the client should come back, not give up.
                await context.response.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"Try again later.")
            raise ConnectionRejectionError({"code": context.refusal.code, "message": context.refusal.detail})
        return {}

    async def create_websocket_response(
        self, request: web.Request, subprotocol: str | None
    ) -> web.WebSocketResponse:
        # The server pings: a client that vanished without a word is noticed and its listeners released.
        socket = web.WebSocketResponse(
            protocols=[subprotocol] if subprotocol else [],
            heartbeat=_PING_SECONDS,
            max_msg_size=_MAX_MESSAGE_BYTES,
            compress=False,
        )
        await socket.prepare(request)
        return socket


def add_routes(app: web.Application, schema: strawberry.Schema) -> None:
    view = View(
        schema=schema,
        graphql_ide=None,
        subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
        connection_init_wait_timeout=_INIT_TIMEOUT,
        max_subscriptions_per_connection=_MAX_OPERATIONS_PER_SOCKET,
    )

    async def handle(request: web.Request) -> web.StreamResponse:
        if _is_browser(request):
            return await pages.graphiql_page(request)
        return await view(request)

    app.router.add_route("*", "/graphql", handle)


def _is_browser(request: web.Request) -> bool:
    is_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return is_page and "query" not in request.query and "Upgrade" not in request.headers
