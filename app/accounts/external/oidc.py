"""An OpenID Connect issuer as identity provider: discovery, and the code flow with PKCE."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from app.accounts.errors import TokenExpired, TokenInvalid
from app.accounts.external import tokens
from app.accounts.external.errors import IdTokenInvalid
from app.accounts.external.kept import FRESH, Kept
from app.accounts.external.signing_keys import SigningKeys
from app.accounts.external.types import Answer, Attempt, Profile
from app.core.federation import Exchange, IssuerHttp, IssuerUnavailable
from app.core.issuers import OidcSettings, is_safe_address
from app.infra import telemetry

log = telemetry.logger(__name__)

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an issuer publishes of itself (OpenID Connect Discovery, 3)."""

    jwks_uri: str
    authorization_endpoint: str = ""
    token_endpoint: str = ""
    userinfo_endpoint: str | None = None
    auth_methods: tuple[str, ...] = ("client_secret_basic",)
    tells_issuer: bool = False


class Discovery:
    """Raises `IssuerUnavailable` for a document of another issuer, or with addresses that cannot be trusted."""

    def __init__(self, issuer: str, http: IssuerHttp, *, allow_loopback_http: bool) -> None:
        self._issuer = issuer
        self._http = http
        self._allow_loopback_http = allow_loopback_http
        self._kept = Kept(self._fetch)

    async def metadata(self, *, now: datetime) -> Metadata:
        return await self._kept.get(now=now)

    async def _fetch(self, _now: datetime) -> Metadata:
        document = await self._http.get_json(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if not isinstance(document, dict) or document.get("issuer") != self._issuer:
            raise self._unusable("the document is of another issuer")
        found = {name: self._address(document, name) for name in (*_ENDPOINTS, "userinfo_endpoint")}
        if not found["jwks_uri"]:
            raise self._unusable("it names no jwks_uri")
        methods = document.get("token_endpoint_auth_methods_supported")
        return Metadata(
            found["jwks_uri"],
            found["authorization_endpoint"] or "",
            found["token_endpoint"] or "",
            found["userinfo_endpoint"],
            tuple(methods) if isinstance(methods, list) else ("client_secret_basic",),
            document.get("authorization_response_iss_parameter_supported") is True,
        )

    def _address(self, document: Mapping[str, Any], name: str) -> str | None:
        url = document.get(name)
        if url is None:
            return None
        if not isinstance(url, str) or not is_safe_address(
            url, allow_loopback_http=self._allow_loopback_http
        ):
            raise self._unusable(f"its {name} is not an https address")
        return url

    def _unusable(self, why: str) -> IssuerUnavailable:
        log.warning("issuer.metadata_unusable", issuer=self._issuer, why=why)
        return IssuerUnavailable()


class OidcProvider:
    def __init__(
        self, settings: OidcSettings, http: IssuerHttp, *, redirect_uri: str, allow_loopback_http: bool
    ) -> None:
        self.name = settings.name
        self.label = settings.label
        self.issuer = settings.issuer
        self._settings = settings
        self._http = http
        self._redirect_uri = redirect_uri
        self._discovery = Discovery(settings.issuer, http, allow_loopback_http=allow_loopback_http)
        # Their address may change with the metadata, therefore not bound once.
        self._keys: dict[str, SigningKeys] = {}

    async def authorization_url(self, attempt: Attempt, *, now: datetime) -> str:
        metadata = await self._discovery.metadata(now=now)
        url: str = prepare_grant_uri(
            _required(metadata.authorization_endpoint),
            client_id=self._settings.client_id,
            response_type="code",
            redirect_uri=self._redirect_uri,
            scope="openid email profile",
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return url

    async def profile(self, attempt: Attempt, answer: Answer, code: str, *, now: datetime) -> Profile:
        metadata = await self._discovery.metadata(now=now)
        if answer.issuer != self.issuer and (metadata.tells_issuer or answer.issuer is not None):
            raise IdTokenInvalid
        told = await self._http.exchange(self._exchange(metadata, attempt, code))
        claims = await self._claims(told.get("id_token"), metadata, nonce=attempt.nonce, now=now)
        if "email" not in claims and metadata.userinfo_endpoint:
            claims = await self._with_userinfo(claims, metadata.userinfo_endpoint, told.get("access_token"))
        return Profile.of_claims(self.issuer, claims)

    def _exchange(self, metadata: Metadata, attempt: Attempt, code: str) -> Exchange:
        secret = self._settings.client_secret
        is_posted = "client_secret_basic" not in metadata.auth_methods
        return Exchange(
            token_url=_required(metadata.token_endpoint),
            client_id=self._settings.client_id,
            client_secret=secret,
            auth_method="none"
            if not secret
            else "client_secret_post"
            if is_posted
            else "client_secret_basic",
            code=code,
            code_verifier=attempt.verifier,
            redirect_uri=self._redirect_uri,
        )

    async def _claims(
        self, id_token: object, metadata: Metadata, *, nonce: str, now: datetime
    ) -> Mapping[str, Any]:
        if not isinstance(id_token, str):
            raise IdTokenInvalid
        try:
            verified = await tokens.verify(
                id_token, self._keys_at(metadata.jwks_uri), issuer=self.issuer, now=now
            )
        except (TokenInvalid, TokenExpired):
            raise IdTokenInvalid from None
        if not tokens.is_id_token_of(verified.claims, client_id=self._settings.client_id, nonce=nonce):
            raise IdTokenInvalid
        return verified.claims

    def _keys_at(self, url: str) -> SigningKeys:
        if url not in self._keys:
            self._keys = {url: SigningKeys(lambda _now: self._http.get_json(url))}
        return self._keys[url]

    async def _with_userinfo(
        self, claims: Mapping[str, Any], url: str, access_token: object
    ) -> Mapping[str, Any]:
        """Issuers may tell the e-mail address there alone (OpenID Connect Core, 5.4); of the same person, 5.3.2."""
        if not isinstance(access_token, str):
            return claims
        more = await self._http.get_json(url, token=access_token)
        if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
            raise IdTokenInvalid
        return {**more, **claims}


def _required(endpoint: str) -> str:
    if not endpoint:
        raise IssuerUnavailable(retry_after=FRESH.total_seconds())
    return endpoint
