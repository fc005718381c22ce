"""The identity providers of this installation, and how an attempt at one of them starts and comes back."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.accounts.external import attempts
from app.accounts.external.attempts import AttemptSeal
from app.accounts.external.bearer import BearerIssuer
from app.accounts.external.errors import AttemptInvalid, SignInDenied, UnknownProvider
from app.accounts.external.github import GithubProvider
from app.accounts.external.oidc import OidcProvider
from app.accounts.external.ports import Provider
from app.accounts.external.types import Answer, Attempt, Profile
from app.accounts.proving import Proved
from app.core.config import Settings
from app.core.errors import Forbidden
from app.core.federation import IssuerHttp
from app.infra import hashing

_MAX_CODE_LENGTH = 2_048


@dataclass(frozen=True, slots=True)
class Started:
    """Where the browser goes, and what it has to keep meanwhile."""

    url: str
    sealed: str


@dataclass(frozen=True, slots=True)
class External:
    """By name, in the order in which a sign-in page shows them; `bearer` None: only our own tokens are accepted."""

    providers: Mapping[str, Provider]
    bearer: BearerIssuer | None
    seal: AttemptSeal

    @classmethod
    def of(cls, settings: Settings, http: IssuerHttp) -> "External":
        issuers = settings.issuers
        is_lax = not settings.is_production
        providers: list[Provider] = [
            OidcProvider(
                each, http, redirect_uri=_redirect_uri(settings, each.name), allow_loopback_http=is_lax
            )
            for each in issuers.oidc
        ]
        if issuers.github is not None:
            uri = _redirect_uri(settings, GithubProvider.name)
            providers.append(GithubProvider(issuers.github, http, redirect_uri=uri))
        bearer = None
        if issuers.bearer is not None:
            bearer = BearerIssuer(issuers.bearer, http, allow_loopback_http=is_lax)
        seal = AttemptSeal(hashing.derive_key(settings.secret_key, "external-sign-in"))
        return cls({provider.name: provider for provider in providers}, bearer, seal)

    @property
    def usable_issuers(self) -> frozenset[str]:
        """Those through which somebody can come in today."""
        found = {provider.issuer for provider in self.providers.values()}
        return frozenset(found | ({self.bearer.issuer} if self.bearer else set()))

    async def start(
        self, provider: str, *, return_to: str, linking: Proved | None = None, now: datetime
    ) -> Started:
        """`linking`: who has proved again who they are and wants the identity for their own account.

        Raises `UnknownProvider`, `IssuerUnavailable`, or `Forbidden` to who has no session.
        """
        if linking is None:
            attempt = attempts.new(provider, return_to=return_to)
        elif linking.session_id is None:
            raise Forbidden("Sign in here to link an identity: keys and tokens of other issuers cannot.")
        else:
            attempt = attempts.new(
                provider, return_to=return_to, user_id=linking.user_id, session_id=linking.session_id
            )
        url = await self._provider(provider).authorization_url(attempt, now=now)
        return Started(url, self.seal.close(attempt, now=now))

    def recognise(self, provider: str, sealed: str | None, answer: Answer, *, now: datetime) -> Attempt:
        """The attempt that `answer` ends; raises `UnknownProvider`, or `AttemptInvalid` for another browser's."""
        self._provider(provider)
        if not sealed or not answer.state:
            raise AttemptInvalid
        attempt = self.seal.open(sealed, now=now)
        if attempt.provider != provider or not _equal(attempt.state, answer.state):
            raise AttemptInvalid
        return attempt

    async def finish(self, attempt: Attempt, answer: Answer, *, now: datetime) -> Profile:
        """Who it was; raises `SignInDenied`, and what `Provider.profile` raises."""
        if answer.error or not answer.code or len(answer.code) > _MAX_CODE_LENGTH:
            raise SignInDenied
        return await self._provider(attempt.provider).profile(attempt, answer, answer.code, now=now)

    def _provider(self, name: str) -> Provider:
        if name not in self.providers:
            raise UnknownProvider
        return self.providers[name]


def _equal(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


def _redirect_uri(settings: Settings, name: str) -> str:
    return f"{settings.public_url}/auth/{name}/callback"
