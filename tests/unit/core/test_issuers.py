"""Settings of those who tell us who somebody is."""

from collections.abc import Mapping

import pytest

from app.core import config
from app.core.config import SettingsError
from app.core.issuers import BearerSettings, GithubSettings, Issuers, OidcSettings, is_safe_address

PRODUCTION = {
    "LAUNCHKIT_ENV": "production",
    "LAUNCHKIT_SECRET_KEY": config.generate_secret(),
    "DATABASE_URL": "postgresql://db.example/launchkit",
    "REDIS_URL": "rediss://redis.example/0",
}


def read(environ: Mapping[str, str]) -> Issuers:
    return config.load(environ).issuers


def problems(environ: Mapping[str, str]) -> list[str]:
    """The first word of each: the variable's name."""
    with pytest.raises(SettingsError) as raised:
        config.load(environ)
    assert "s3cret" not in str(raised.value)
    return [line.split()[0] for line in str(raised.value).splitlines()]


class TestRead:
    def test_finds_nobody_by_default(self) -> None:
        assert read({}) == Issuers()

    def test_reads_one_issuer(self) -> None:
        found = read({"OIDC_ISSUER": "https://id.example/", "OIDC_CLIENT_ID": "c", "OIDC_CLIENT_SECRET": "s"})
        # The slash stays: an issuer's name is compared letter by letter.
        assert found.oidc == (OidcSettings("oidc", "Oidc", "https://id.example/", "c", "s"),)

    def test_reads_as_many_as_there_are_names(self) -> None:
        found = read(
            {
                "OIDC_GOOGLE_ISSUER": "https://accounts.google.com",
                "OIDC_GOOGLE_CLIENT_ID": "g",
                "OIDC_BIG_CORP_ISSUER": "https://sso.corp.example",
                "OIDC_BIG_CORP_CLIENT_ID": "b",
                "OIDC_BIG_CORP_LABEL": "Big Corp SSO",
            }
        )
        assert found.oidc == (
            OidcSettings("big-corp", "Big Corp SSO", "https://sso.corp.example", "b"),
            OidcSettings("google", "Google", "https://accounts.google.com", "g"),
        )

    def test_reads_github(self) -> None:
        client = {"GITHUB_CLIENT_ID": "c", "GITHUB_CLIENT_SECRET": "s"}
        assert read(client).github == GithubSettings("c", "s", "https://github.com", "https://api.github.com")
        own = {**client, "GITHUB_URL": "https://git.corp/", "GITHUB_API_URL": "https://git.corp/api/v3/"}
        assert read(own).github == GithubSettings("c", "s", "https://git.corp", "https://git.corp/api/v3")

    def test_reads_who_is_trusted_like_ourselves(self) -> None:
        assert read({"JWT_ISSUER": "https://clerk.example"}).bearer == BearerSettings("https://clerk.example")
        environ = {"JWT_ISSUER": "https://a.b", "JWT_JWKS_URL": "https://a.b/keys", "JWT_AUDIENCE": "us"}
        assert read(environ).bearer == BearerSettings("https://a.b", "https://a.b/keys", "us")

    @pytest.mark.parametrize(
        ("environ", "named"),
        [
            ({"OIDC_ISSUER": "https://id.example"}, ["OIDC_CLIENT_ID"]),
            ({"OIDC_X_ISSUER": "https://id.example"}, ["OIDC_X_CLIENT_ID"]),
            ({"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "c"}, ["OIDC_ISSUER"]),
            ({"OIDC_ISSUER": "id.example", "OIDC_CLIENT_ID": "c"}, ["OIDC_ISSUER"]),
            (
                {"OIDC_GITHUB_ISSUER": "https://id.example", "OIDC_GITHUB_CLIENT_ID": "c"},
                ["OIDC_GITHUB_ISSUER"],
            ),
            ({"GITHUB_CLIENT_ID": "c"}, ["GITHUB_CLIENT_SECRET"]),
            ({"GITHUB_CLIENT_SECRET": "s3cret"}, ["GITHUB_CLIENT_ID"]),
            ({"GITHUB_URL": "http://git.corp"}, ["GITHUB_URL"]),
            ({"JWT_ISSUER": "http://clerk.example"}, ["JWT_ISSUER"]),
            ({"JWT_ISSUER": "https://a.b", "JWT_JWKS_URL": "file:///keys"}, ["JWT_JWKS_URL"]),
            ({"JWT_JWKS_URL": "https://a.b/keys"}, ["JWT_ISSUER"]),
            ({"JWT_AUDIENCE": "us"}, ["JWT_ISSUER"]),
            ({"JWT_ISSUER": "https://a.b/" + "c" * 255}, ["JWT_ISSUER"]),
        ],
        ids=str,
    )
    def test_says_what_is_missing_or_wrong(self, environ: Mapping[str, str], named: list[str]) -> None:
        assert problems(environ) == named

    def test_trusts_this_machine_in_development_only(self) -> None:
        local = {"JWT_ISSUER": "http://localhost:9400"}
        assert read(local).bearer == BearerSettings("http://localhost:9400")
        assert problems({**PRODUCTION, **local}) == ["JWT_ISSUER"]

    def test_needs_in_production_whom_the_tokens_are_for(self) -> None:
        trusted = {"JWT_ISSUER": "https://clerk.example"}
        assert problems({**PRODUCTION, **trusted}) == ["JWT_AUDIENCE"]
        assert read({**PRODUCTION, **trusted, "JWT_AUDIENCE": "us"}).bearer is not None

    def test_never_prints_a_secret(self) -> None:
        environ = {
            "OIDC_ISSUER": "https://id.example",
            "OIDC_CLIENT_ID": "c",
            "OIDC_CLIENT_SECRET": "s3cret",
            "GITHUB_CLIENT_ID": "c",
            "GITHUB_CLIENT_SECRET": "s3cret",
        }
        assert "s3cret" not in repr(config.load(environ))


class TestIsSafeAddress:
    @pytest.mark.parametrize("url", ["https://a.example", "https://a.example:8443/x?y=z", "https://[::1]/"])
    def test_is_true_of_https(self, url: str) -> None:
        assert is_safe_address(url, allow_loopback_http=False)

    @pytest.mark.parametrize("url", ["http://localhost", "http://127.0.0.1:9400/a", "http://[::1]:80"])
    def test_is_true_of_this_machine_where_that_is_allowed(self, url: str) -> None:
        assert is_safe_address(url, allow_loopback_http=True)
        assert not is_safe_address(url, allow_loopback_http=False)

    @pytest.mark.parametrize(
        "url",
        [
            "http://a.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "https://user@a.example",
            "https://a.example#b",
            "https://",
            "https:///a",
            "https://a.example:port",
            "https://[",
            "//a.example",
            "ftp://localhost",
            "javascript:alert(1)",
            "",
        ],
    )
    def test_is_false_of(self, url: str) -> None:
        assert not is_safe_address(url, allow_loopback_http=True)
