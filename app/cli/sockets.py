"""WebSockets when a web process stops: told so at once, instead of being waited for and then cut off.

A subscription is a request that never ends by itself; without this, one open page delays every stop to its
time limit. Clients reconnect, to another process where there is one, and resume.
"""

import asyncio
import weakref

from aiohttp import WSCloseCode, web

_PATIENCE_SECONDS = 2.0


def close_at_shutdown(app: web.Application) -> None:
    """Call before the application starts."""
    open_sockets: weakref.WeakSet[web.WebSocketResponse] = weakref.WeakSet()

    async def remember(_request: web.Request, response: web.StreamResponse) -> None:
        if isinstance(response, web.WebSocketResponse):
            open_sockets.add(response)

    async def close(_app: web.Application) -> None:
        leaving = [_close(socket) for socket in open_sockets if not socket.closed]
        await asyncio.gather(*leaving)

    app.on_response_prepare.append(remember)
    app.on_shutdown.append(close)


async def _close(socket: web.WebSocketResponse) -> None:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await socket.close(code=WSCloseCode.GOING_AWAY, message=b"The server is stopping.")
    except TimeoutError:
        return  # a client that does not answer is cut off with the rest
