"""Attempts from start to finish, as far as nobody is asked."""

import pytest

from app.accounts.external.providers import External
from app.accounts.proving import Proved
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden
from app.core.ids import UserId
from app.core.issuers import BearerSettings, GithubSettings, Issuers, OidcSettings
from app.infra.oidc import IssuerClient
from tests.factories.orgs import NOW

SETTINGS = Settings(
    secret_key="k" * 40,
    public_url="https://us.example",
    issuers=Issuers(
        (OidcSettings("acme", "Acme", "https://id.example", "us"),),
        GithubSettings("us", "secret"),
        BearerSettings("https://clerk.example"),
    ),
)
EXTERNAL = External.of(SETTINGS, IssuerClient())


class TestStart:
    async def test_links_nothing_for_who_has_no_session_here(self) -> None:
        """With a token of another issuer: there would be no session to look at when they come back."""
        linking = Proved(UserId(ids.uuid7()), None)
        with pytest.raises(Forbidden):
            await EXTERNAL.start("github", return_to="/", linking=linking, now=NOW)

    async def test_sends_the_browser_back_to_the_public_address(self) -> None:
        started = await EXTERNAL.start("github", return_to="/", now=NOW)
        assert "redirect_uri=https%3A%2F%2Fus.example%2Fauth%2Fgithub%2Fcallback" in started.url


class TestUsableIssuers:
    def test_are_all_that_let_somebody_in(self) -> None:
        assert EXTERNAL.usable_issuers == {
            "https://id.example",
            "https://github.com",
            "https://clerk.example",
        }
