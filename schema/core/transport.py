"""`/graphql`: HTTP, WebSocket (`graphql-transport-ws`) and GraphiQL for browsers."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
import strawberry
from aiohttp import ClientConnectionResetError, WSCloseCode, WSMsgType, web
from graphql import GraphQLError
from strawberry.aiohttp.views import AiohttpWebSocketAdapter, GraphQLView
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import CompleteMessage, SubscribeMessage

from app.core.config import Settings
from app.core.errors import Kind, LaunchKitError
from app.infra import telemetry
from app.limits.errors import LimitsUnavailable, RateLimited
from app.web import address, credential_watch, errors, pages, rate_limit
from app.web.authentication import read_credential
from app.web.credential_watch import WATCH
from app.web.csrf import CsrfFailed
from app.web.places import Places
from app.web.server import Connection
from app.web.services import SERVICES
from schema.core import context, documents, requests, socket_credential, socket_limits, subscribing
from schema.core.context import CREDENTIAL, Context
from schema.core.documents import Documents
from schema.core.errors import coded, publish
from schema.core.execution import Schema
from schema.core.over_http import Endpoint
from schema.core.requests import Refused
from schema.core.sharing import Member, Share, Shares
from schema.core.socket_limits import TRY_AGAIN_LATER
from schema.core.subscribing import Begun, Wish

_RESPONSE_JSON = "application/graphql-response+json"
_INIT_TIMEOUT = timedelta(seconds=10)
_PING_SECONDS = 20.0
_MAX_MESSAGE_BYTES = 256 * 1024
_MAX_OPERATIONS_PER_SOCKET = 100


# A client that leaves no room for its next message for so long is left; one that comes back in time catches up.
SEND_SECONDS = 20.0
_GOODBYE_SECONDS = 5.0


class Messages(AiohttpWebSocketAdapter):
    """Closes the socket for a message of no form that the protocol has; the library would fail over it.

    At most one message beyond what the connection buffers waits for a client that is slower than its operations;
    each operation waits until there is room, and does nothing else meanwhile.
    """

    # Its credential was found wanting: it is sent nothing more, also before the closing has begun.
    is_dismissed = False

    async def send_json(self, message: Mapping[str, object]) -> None:
        connection = cast("Connection", self.request.protocol)
        if not connection.writing_paused or await self._found_room(connection):
            await super().send_json(message)

    @property
    def has_room(self) -> bool:
        connection = cast("Connection", self.request.protocol)
        return not connection.writing_paused and not self.is_dismissed

    async def send_text(self, text: bytes) -> None:
        """A message that is encoded already."""
        connection = cast("Connection", self.request.protocol)
        if connection.writing_paused and not await self._found_room(connection):
            raise WebSocketDisconnected
        if self.is_dismissed:
            raise WebSocketDisconnected
        try:
            await self.ws.send_frame(text, WSMsgType.TEXT)
        except (RuntimeError, ClientConnectionResetError) as error:
            raise WebSocketDisconnected from error

    async def _found_room(self, connection: Connection) -> bool:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await connection.room()
        except TimeoutError:
            await self.close(TRY_AGAIN_LATER, "too_slow")
            return False
        return True

    async def close(self, code: int, reason: str) -> None:
        """Without waiting for what was sent before: what is left when the client takes nothing is cut off."""
        await self.ws.close(code=code, message=reason.encode(), drain=False)

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


def _as_fault(error: Exception) -> Exception:
    """Whatever nobody expected is masked, also what would be a client's fault if it came of reading a request."""
    if isinstance(error, LaunchKitError):
        return error
    fault = RuntimeError("A subscription failed.")
    fault.__cause__ = error
    return fault


class Operations(socket_credential.Handler):
    """Refuses one operation too many, and one too long, with a code; the others on the socket go on."""

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        if self.connection_acknowledged and message["id"] not in self.operations:
            try:
                message["payload"]["query"] = await self._document(message["payload"])
            except Refused as refused:
                error = coded(GraphQLError(refused.message), refused.message, refused.code, self._request_id)
                errors = [dict(error.formatted)]
                await self.websocket.send_json({"id": message["id"], "type": "error", "payload": errors})
                return
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        try:
            await self._run(operation)
        except WebSocketDisconnected:
            raise
        except Exception as error:  # noqa: BLE001 - told and logged; else it would wait for ever, and nobody would know
            failure = GraphQLError("", original_error=_as_fault(error))
            await operation.send_initial_errors(publish([failure], self.context))

    async def _run(self, operation: Operation[Context, None]) -> None:
        wish = Wish(operation.query, operation.variables, operation.operation_name)
        begun = await subscribing.begin(cast("Schema", self.schema), wish, self.context)
        if begun is None:
            await super().run_operation(operation)
        elif isinstance(begun, Begun):
            # What was asked is in `begun`, once for all: thousands of copies would wait for nothing.
            operation.query, operation.variables = "", None
            following = self._follow(operation, begun)
            del wish, begun
            await following
        else:
            await operation.send_initial_errors(list(begun))

    async def _follow(self, operation: Operation[Context, None], begun: Begun) -> None:
        after = begun.live.after
        member = Member(operation.id, cast("Messages", self.websocket))
        joining = self._join(begun, member)
        # What it follows may hold megabytes (a job's input): the share has it, once for all.
        del begun
        with telemetry.SUBSCRIPTIONS_ACTIVE.track_inprogress():
            async with joining as joined:
                await member.follow(joined, after)
        await operation.send_operation_message(CompleteMessage(id=operation.id, type="complete"))

    def _join(self, begun: Begun, member: Member) -> AbstractAsyncContextManager[Share]:
        view = cast("Sockets", self.view)
        watch = self.context.request.app[WATCH]

        def share() -> Share:
            return Share(begun.live.stream, begun.render(), look=watch.look_lately)

        return view.shares.joined(begun.key, member, share)

    async def _document(self, payload: Mapping[str, Any]) -> str:
        if len(self.operations) >= _MAX_OPERATIONS_PER_SOCKET:
            sentence = f"{_MAX_OPERATIONS_PER_SOCKET} operations run on this connection: complete one first."
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too_many_operations", sentence)
        asked = requests.checked({**payload, "query": payload["query"] or None})
        view = cast("Sockets", self.view)
        return await view.documents.resolve(asked) or ""

    @property
    def _request_id(self) -> str:
        return self.context.request_id

    async def shutdown(self) -> None:
        await super().shutdown()
        # Closed already, but where this task was cancelled: then the timer of the next ping would keep the
        # connection and all that hangs on it in memory.
        await self.websocket.close(WSCloseCode.GOING_AWAY, "Going away")


class Sockets(GraphQLView[Context, None]):
    """The WebSocket half of the library's view; HTTP is answered by `Endpoint`."""

    def __init__(self, known: Documents, **options: Any) -> None:
        super().__init__(**options)
        self.documents = known
        self.places = Places()
        self.shares = Shares()

    async def seat(self, request: web.Request) -> web.StreamResponse:
        """Serves the WebSocket, unless its network has as many as it may: then closes it with 1013."""
        with self.places.take(address.of(request)) as has_place:
            if has_place:
                return await self(request)
        socket = await self.create_websocket_response(request, GRAPHQL_TRANSPORT_WS_PROTOCOL)
        await socket.close(code=TRY_AGAIN_LATER, message=b"too_many_connections", drain=False)
        return socket

    websocket_adapter_class = Messages
    graphql_transport_ws_handler_class = Operations

    def encode_json(self, data: object) -> str:
        # Text, not bytes: bytes would leave a WebSocket as binary frames.
        return orjson.dumps(data).decode()

    def decode_json(self, data: str | bytes) -> Any:
        return orjson.loads(data)

    async def get_context(self, request: web.Request, response: web.StreamResponse) -> Context:
        return context.of_request(request, response)

    async def on_ws_connect(self, context: Context) -> Any:
        """Takes the credential from the `connection_init` payload; a wrong one closes the socket with 4403."""
        authorization = (context.connection_params or {}).get("Authorization")
        if isinstance(authorization, str):
            context.credential = await read_credential(context.services, authorization, now=context.now)
        await rate_limit.charge(context.request, context.credential)
        refusal = context.credential.refusal
        if refusal is not None:
            if refusal.kind is Kind.UNAVAILABLE and isinstance(context.response, web.WebSocketResponse):
                # Nothing is wrong with the credential: the client should come back, not give up.
                await context.response.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"Try again later.")
            raise ConnectionRejectionError({"code": refusal.code, "message": refusal.detail})
        return {}

    async def reject_websocket(self, request: web.Request) -> web.Response:
        raise web.HTTPForbidden(text="Pages of this origin may not connect.")

    async def create_websocket_response(
        self, request: web.Request, subprotocol: str | None
    ) -> web.WebSocketResponse:
        # The server pings: a client that vanished without a word is noticed and its listeners released.
        socket = web.WebSocketResponse(
            protocols=[subprotocol] if subprotocol else [],
            heartbeat=_PING_SECONDS,
            max_msg_size=_MAX_MESSAGE_BYTES,
            compress=False,
            timeout=_GOODBYE_SECONDS,
            writer_limit=sys.maxsize,  # `Messages` waits for room
        )
        await socket.prepare(request)
        return socket


def add_routes(app: web.Application, schema: strawberry.Schema, settings: Settings) -> None:
    known = documents.of_settings(settings.trusted_documents, app[SERVICES].redis)
    view = Sockets(
        known,
        schema=schema,
        graphql_ide=None,
        subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
        connection_init_wait_timeout=_INIT_TIMEOUT,
        max_subscriptions_per_connection=None,  # `Operations` counts
        # A browser lets any page open a WebSocket, with the visitor's cookies: who may is for us to say.
        allowed_origins=sorted({*settings.cors_origins, origin_of(settings.public_url)}),
    )

    app.cleanup_ctx.append(credential_watch.running)
    endpoint = Endpoint(schema, known)

    async def handle(request: web.Request) -> web.StreamResponse:
        is_socket = "Upgrade" in request.headers and view.is_websocket_request(request)
        if not is_socket and _is_browser(request):
            return await pages.graphiql_page(request)
        request[CREDENTIAL] = credential = await rate_limit.identify(request)
        try:
            if is_socket:
                await rate_limit.charge_address(request)
            else:
                await rate_limit.charge(request, credential)
            if isinstance(credential.refusal, CsrfFailed):
                raise credential.refusal
        except (RateLimited, LimitsUnavailable, CsrfFailed) as refusal:
            return _refused(request, refusal)
        if is_socket:
            return await view.seat(request)
        request[CREDENTIAL] = await rate_limit.when_read(request, credential)
        return await endpoint.answer(request)

    app.router.add_route("*", "/graphql", handle)


def _refused(request: web.Request, refusal: LaunchKitError) -> web.Response:
    """A GraphQL answer without data, under the status of the refusal.

    GraphQL over HTTP wants a 4xx or 5xx for an answer that has no `data`; for `application/json` it would rather
    see 200, but only to a request known to be well formed, and this one was not read.
    """
    error = socket_limits.error(refusal, request.get(errors.REQUEST_ID, ""))
    is_modern = _RESPONSE_JSON in request.headers.get("Accept", "")
    return web.Response(
        body=orjson.dumps({"errors": [error.formatted]}),
        status=errors.STATUS[refusal.kind],
        headers=errors.retry_header(refusal),
        content_type=_RESPONSE_JSON if is_modern else "application/json",
    )


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_browser(request: web.Request) -> bool:
    is_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return is_page and "query" not in request.query and "extensions" not in request.query
