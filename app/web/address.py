"""Where a request comes from: for limits and for the audit log."""

from aiohttp import web


def of(request: web.Request) -> str:
    """The other end of the connection. What a request says of itself (`X-Forwarded-For`) is believed of nobody:
    anyone can send it. Empty for a Unix socket. The place where trusted proxies would be looked at.
    """
    return request.remote or ""
