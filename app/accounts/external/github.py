"""GitHub as identity provider: OAuth 2.0 with PKCE, without ID tokens.

https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
"""

import asyncio
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from app.accounts.external.types import Answer, Attempt, Profile
from app.core.federation import CodeRefused, Exchange, IssuerHttp, IssuerUnavailable
from app.core.issuers import GithubSettings

_MAX_EMAILS = 100


class GithubProvider:
    name = "github"
    label = "GitHub"

    def __init__(self, settings: GithubSettings, http: IssuerHttp, *, redirect_uri: str) -> None:
        self.issuer = settings.url
        self._settings = settings
        self._http = http
        self._redirect_uri = redirect_uri

    async def authorization_url(self, attempt: Attempt, *, now: datetime) -> str:
        url: str = prepare_grant_uri(
            f"{self.issuer}/login/oauth/authorize",
            client_id=self._settings.client_id,
            response_type="code",
            redirect_uri=self._redirect_uri,
            scope="read:user user:email",
            state=attempt.state,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return url

    async def profile(self, attempt: Attempt, answer: Answer, code: str, *, now: datetime) -> Profile:
        told = await self._http.exchange(
            Exchange(
                token_url=f"{self.issuer}/login/oauth/access_token",
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secret,
                auth_method="client_secret_post",
                code=code,
                code_verifier=attempt.verifier,
                redirect_uri=self._redirect_uri,
            )
        )
        token = told.get("access_token")
        if not isinstance(token, str):
            raise CodeRefused
        user, emails = await asyncio.gather(
            self._http.get_json(f"{self._settings.api_url}/user", token=token),
            self._http.get_json(f"{self._settings.api_url}/user/emails", token=token),
        )
        return _profile(self.issuer, user, emails)


def _profile(issuer: str, user: Any, emails: Any) -> Profile:
    """The subject is the number of the account: its login can be given up, and taken by another."""
    number = user.get("id") if isinstance(user, dict) else None
    if type(number) is not int or not isinstance(emails, list):
        raise IssuerUnavailable
    address = next((entry["email"] for entry in emails[:_MAX_EMAILS] if _is_usable(entry)), None)
    return Profile.make(
        issuer,
        str(number),
        email=address,
        email_verified=address is not None,
        name=user.get("name") or user.get("login"),
    )


def _is_usable(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.get("primary") is True
        and entry.get("verified") is True
        and isinstance(entry.get("email"), str)
    )
