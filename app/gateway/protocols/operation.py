"""What a format has to say of its requests and answers. One object per route."""

from typing import Any, Protocol

from app.core.inference import Usage
from app.gateway.protocols.watching import Watch
from app.gateway.types import Ask, Dialect


class Operation(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def dialect(self) -> Dialect: ...

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        """`model` where the path names it. Raises `MalformedRequest`."""
        ...

    def path(self, ask: Ask, model: str) -> str:
        """After the upstream's base URL."""
        ...

    def outgoing(self, ask: Ask, model: str) -> bytes:
        """The body for `model`: the client's, but for what accounting needs."""
        ...

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        """What a whole answer says was used."""
        ...

    def watch(self, ask: Ask) -> Watch: ...
