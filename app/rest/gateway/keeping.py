"""Answers that are kept, over HTTP: giving one, and collecting what passes to keep it."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from app.core.principal import Principal
from app.gateway import headers
from app.gateway.caching.answers import LARGEST, KeptAnswer, Wish
from app.gateway.running import Running
from app.gateway.service import Gateway
from app.gateway.types import Target
from app.web.organisation import sole_org


def used(target: Target) -> dict[str, str]:
    """Who answers."""
    return {"X-LK-Model": headers.text(target.model), "X-LK-Upstream": target.upstream.name}


def replayed(found: KeptAnswer) -> web.Response:
    """A stream at once, as it was streamed."""
    told = {**used(found.target), "X-LK-Cache": "hit", "Content-Type": found.content_type}
    return web.Response(body=found.body, headers=told)


class Keeping:
    """Of one call, once it has been asked upstream. `wanted` is None where nothing is to be kept."""

    def __init__(self, gateway: Gateway, principal: Principal, wanted: Wish | None) -> None:
        self._gateway = gateway
        self._principal = principal
        self._wanted = wanted
        self._pieces: list[bytes] = []
        self._size = 0

    @property
    def headers(self) -> Mapping[str, str]:
        return {} if self._wanted is None else {"X-LK-Cache": "miss"}

    def collecting(self, write: Callable[[bytes], Awaitable[None]]) -> Callable[[bytes], Awaitable[None]]:
        """`write` that remembers what it wrote, as far as that can be kept."""
        if self._wanted is None:
            return write

        async def collect(piece: bytes) -> None:
            self._size += len(piece)
            if self._size <= LARGEST:
                self._pieces.append(piece)
            await write(piece)

        return collect

    def keep(self, running: Running, content_type: str, body: bytes | None = None) -> None:
        """The whole answer, or what was collected; nothing where it has no good end."""
        if self._wanted is None or running.usage is None or self._size > LARGEST:
            return
        whole = b"".join(self._pieces) if body is None else body
        answer = KeptAnswer(running.target, running.usage, content_type, whole)
        self._gateway.keep(self._principal, sole_org(self._principal), self._wanted, answer)
