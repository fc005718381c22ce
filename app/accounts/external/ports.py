"""What an identity provider has to be able to do."""

from datetime import datetime
from typing import Protocol

from app.accounts.external.types import Answer, Attempt, Profile


class Provider(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def issuer(self) -> str: ...

    async def authorization_url(self, attempt: Attempt, *, now: datetime) -> str:
        """Where the browser goes; raises `IssuerUnavailable`."""
        ...

    async def profile(self, attempt: Attempt, answer: Answer, code: str, *, now: datetime) -> Profile:
        """Who came back with `code`; raises `CodeRefused`, `IdTokenInvalid` or `IssuerUnavailable`."""
        ...
