"""The port to issuers of identities: what is asked of them over HTTP, and how that fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.core.errors import Unauthenticated, Unavailable


class IssuerUnavailable(Unavailable):
    """Not reached in time, or what it said was not what its protocol says."""

    code = "issuer_unavailable"
    title = "The identity provider cannot be reached right now; try again shortly."


class CodeRefused(Unauthenticated):
    """Used already, too old, or not meant for this attempt."""

    code = "code_refused"
    title = "The identity provider did not accept this sign-in; start again."


@dataclass(frozen=True, slots=True)
class Exchange:
    """An authorization code, and what proves that it may be exchanged (RFC 6749, 4.1.3; RFC 7636, 4.5)."""

    token_url: str
    client_id: str
    client_secret: str | None = field(repr=False)
    auth_method: str
    """How the client shows its secret: `client_secret_basic`, `client_secret_post` or `none`."""
    code: str = field(repr=False)
    code_verifier: str = field(repr=False)
    redirect_uri: str


class IssuerHttp(Protocol):
    async def get_json(self, url: str, *, token: str | None = None) -> Any:
        """The JSON there; raises `IssuerUnavailable`."""
        ...

    async def exchange(self, exchange: Exchange) -> Mapping[str, Any]:
        """The token endpoint's answer; raises `CodeRefused` or `IssuerUnavailable`."""
        ...
