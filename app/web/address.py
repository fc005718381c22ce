"""Where a request comes from: for limits and for the audit log.

Behind a proxy every connection comes from it, and who asks stands in `X-Forwarded-For`, where each proxy adds the
address that it was called from. Anyone can send that header, so only what the proxies of this installation added is
believed: `LAUNCHKIT_TRUSTED_PROXIES` names them. `Forwarded` (RFC 7239) is not read: whoever is trusted must be set
to write the one header. `X-Forwarded-Proto` is not needed: what depends on the scheme looks at the public URL.
"""

import ipaddress
from collections.abc import Iterator, Sequence
from functools import lru_cache

from aiohttp import web

from app.core.config import Network
from app.web.services import SERVICES

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_FOUND = web.RequestKey("launchkit.address", str)
# More proxies than anybody has in a row; a longer header costs no more than these.
_MAX_HOPS = 16
_MAX_HOP_LENGTH = 64


def of(request: web.Request) -> str:
    """The client's address, as far back as it is vouched for; without trusted proxies, the other end of the connection.

    Empty for a Unix socket: it has no address that could be trusted, so no header counts there.
    """
    proxies = request.app[SERVICES].settings.trusted_proxies
    peer = request.remote or ""
    if not proxies:
        return peer
    found = request.get(_FOUND)
    if found is None:
        found = request[_FOUND] = client(peer, request.headers.getall("X-Forwarded-For", ()), proxies)
    return found


def client(peer: str, headers: Sequence[str], proxies: Sequence[Network]) -> str:
    """The first address, from the connection backwards, that is no trusted proxy.

    The walk stops at an entry that is no address: the proxy before it is then the last that is known.
    """
    nearest = _parse(peer)
    if nearest is None:
        return peer
    hops = _hops(headers)
    while _is_trusted(nearest, proxies):
        further = _parse(next(hops, ""))
        if further is None:
            break
        nearest = further
    return str(nearest)


def _hops(headers: Sequence[str]) -> Iterator[str]:
    """From the last one added; several headers are one list."""
    left = _MAX_HOPS
    for header in reversed(headers):
        entries = header.rsplit(",", left)[-left:]
        yield from reversed(entries)
        left -= len(entries)
        if left <= 0:
            return


def _parse(text: str) -> Address | None:
    """None for what is no address."""
    text = text.strip()
    if len(text) > _MAX_HOP_LENGTH or "%" in text:
        return None  # a zone is free text of the sender
    return _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Address | None:
    """With the port that some proxies add; IPv4 written as IPv6 is IPv4."""
    try:
        parsed = ipaddress.ip_address(_without_port(text))
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if parsed.version == 6 else parsed


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    host, _, _ = text.partition(":")
    return host if text.count(":") == 1 else text


def _is_trusted(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)
