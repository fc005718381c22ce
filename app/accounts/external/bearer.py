"""An issuer whose tokens are accepted beside our own: Clerk, Supabase, Auth0 and their like."""

from datetime import datetime

from app.accounts.errors import TokenInvalid
from app.accounts.external import tokens
from app.accounts.external.errors import IdTokenInvalid
from app.accounts.external.oidc import Discovery
from app.accounts.external.signing_keys import SigningKeys
from app.accounts.external.types import Bearer, Profile
from app.core.federation import IssuerHttp
from app.core.issuers import BearerSettings


class BearerIssuer:
    def __init__(self, settings: BearerSettings, http: IssuerHttp, *, allow_loopback_http: bool) -> None:
        self.issuer = settings.issuer
        self._audience = settings.audience
        discovery = Discovery(settings.issuer, http, allow_loopback_http=allow_loopback_http)

        async def fetch(now: datetime) -> object:
            url = settings.jwks_url or (await discovery.metadata(now=now)).jwks_uri
            return await http.get_json(url)

        self._keys = SigningKeys(fetch)

    def has_issued(self, token: str) -> bool:
        """Whether it says so: whose keys it is verified with. `verify` finds out whether it is true."""
        return tokens.unverified_issuer(token) == self.issuer

    async def verify(self, token: str, *, now: datetime) -> Bearer:
        """Raises `TokenInvalid`, `TokenExpired`, or `IssuerUnavailable`."""
        verified = await tokens.verify(token, self._keys, issuer=self.issuer, now=now)
        if self._audience is not None and not tokens.is_for(verified.claims, self._audience):
            raise TokenInvalid
        try:
            profile = Profile.of_claims(self.issuer, verified.claims)
        except IdTokenInvalid:
            raise TokenInvalid from None
        return Bearer(profile, verified.expires_at)
