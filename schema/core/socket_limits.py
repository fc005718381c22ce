"""Rate limits of `graphql-transport-ws`: the connection counts, and every operation on it."""

from typing import Any

from graphql import GraphQLError
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    SubscribeMessage,
)

from app.core.errors import LaunchKitError
from app.limits.errors import LimitsUnavailable, RateLimited
from app.web import rate_limit
from schema.core.context import Context

# Registered with IANA. The protocol's own 4429 is about a second `connection_init`, and clients take it as final.
TRY_AGAIN_LATER = 1013


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        try:
            await super().handle_connection_init(message)
        except (RateLimited, LimitsUnavailable) as refusal:
            await self.websocket.close(code=TRY_AGAIN_LATER, reason=refusal.code)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        if self.connection_acknowledged:
            try:
                await rate_limit.charge(self.context.request, self.context.credential)
            except (RateLimited, LimitsUnavailable) as refusal:
                payload: Any = [error(refusal, self.context.request_id).formatted]
                await self.send_message({"id": message["id"], "type": "error", "payload": payload})
                return
        await super().handle_subscribe(message)


def error(refusal: LaunchKitError, request_id: str) -> GraphQLError:
    """For the whole operation: nothing of it was looked at."""
    extensions: dict[str, object] = {"code": refusal.code, "requestId": request_id}
    if refusal.retry_after is not None:
        extensions["retryAfterSeconds"] = refusal.retry_after
    return GraphQLError(refusal.detail, extensions=extensions)
