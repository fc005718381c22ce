"""HTTP to model providers as a port: what is sent, what begins to be answered, and how far a failure had come.

The adapter is `app.infra.upstreams`; who speaks through it is `app.gateway`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.core.errors import Unavailable


class UpstreamUnreachable(Unavailable):
    """Nothing was sent."""

    code = "upstream_unreachable"
    title = "The model provider cannot be reached right now."


class UpstreamSilent(Unavailable):
    """The request was sent and no answer came: it may have cost something."""

    code = "upstream_silent"
    title = "The model provider did not answer in time."


class UpstreamTruncated(Unavailable):
    code = "upstream_truncated"
    title = "The model provider's answer broke off."


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until connected, until an answer begins, between two of its pieces, and for all of it."""

    connect: float = 10.0
    first_byte: float = 600.0
    idle: float = 120.0
    total: float = 3_600.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`is_typed` where somebody of an org typed the address: it may be anybody's, and any machine's."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    is_typed: bool = False


class Answer(Protocol):
    """What an upstream began to answer."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    async def read(self, limit: int) -> bytes:
        """All of it; raises `UpstreamTruncated`, also where it is more than `limit` bytes."""
        ...

    async def chunk(self) -> bytes:
        """The next bytes, empty at the end; raises `UpstreamTruncated` where they stop without one."""
        ...

    def close(self) -> None:
        """Ends the connection unless all was read: that is how an upstream learns to stop."""
        ...


class UpstreamClient(Protocol):
    async def send(self, outgoing: Outgoing, patience: Patience) -> Answer:
        """Raises `UpstreamUnreachable` where nothing was sent, else `UpstreamSilent`."""
        ...
