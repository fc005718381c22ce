"""Signing in elsewhere, as a browser goes through it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from app.core.config import Settings
from app.core.issuers import GithubSettings, Issuers, OidcSettings
from app.infra import db, oidc
from tests.factories.orgs import NOW, tenant
from tests.fakes import github, issuer, oidc_provider
from tests.fakes.github import FakeGithub
from tests.fakes.issuer import CLIENT_ID, CLIENT_SECRET, EC_KEY, OKP_KEY, OTHER_RSA_KEY, RSA_KEY, FakeIssuer
from tests.fakes.web import serving
from tests.rest.problems import problem

ADA: dict[str, Any] = {"sub": "ada-1", "email": "ada@x.example", "email_verified": True, "name": "Ada"}


class Browser:
    """Keeps cookies and follows nothing by itself."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    def keep(self, name: str, value: str) -> None:
        assert self.session._base_url is not None
        self.session.cookie_jar.update_cookies({name: value}, self.session._base_url)

    async def get(self, path: str) -> aiohttp.ClientResponse:
        return await self.session.get(path, allow_redirects=False)

    async def start(self, provider: str = "acme", **query: str) -> str:
        """The address of the provider that it is sent to."""
        answer = await self.get(f"/auth/{provider}/start?{urlencode(query)}")
        assert answer.status == 303, await answer.text()
        return answer.headers["Location"]

    async def lands_on(self, path: str) -> str:
        answer = await self.get(path)
        assert answer.status == 303, await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.headers["Location"]

    async def fails(self, path: str) -> str:
        """The code that it is sent back with."""
        [code] = parse_qs(urlsplit(await self.lands_on(path)).query)["auth_error"]
        return code


@asynccontextmanager
async def browsing(server: Any) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)  # of an address instead of a name
    async with aiohttp.ClientSession(server.make_url("/"), cookie_jar=jar) as session:
        yield Browser(session)


@asynccontextmanager
async def site(settings: Settings, issuers: Issuers, **more: Any) -> AsyncIterator[Any]:
    async with serving(replace(settings, is_rate_limited=False, issuers=issuers, **more)) as running:
        yield running


def client_of(issuer: str, name: str = "acme") -> OidcSettings:
    return OidcSettings(name, name.title(), issuer, CLIENT_ID, CLIENT_SECRET)


@pytest.fixture
async def acme() -> AsyncIterator[FakeIssuer]:
    async with issuer.issuing() as running:
        yield running


@pytest.fixture
async def server(settings: Settings, acme: FakeIssuer) -> AsyncIterator[Any]:
    async with site(settings, Issuers((client_of(acme.url),))) as running:
        yield running


@pytest.fixture
async def browser(server: Any) -> AsyncIterator[Browser]:
    async with browsing(server) as opened:
        yield opened


async def people() -> list[tuple[str, bool]]:
    rows = await db.fetch("SELECT email, email_verified_at IS NOT NULL AS v FROM user_account ORDER BY email")
    return [(row["email"], row["v"]) for row in rows]


async def nothing_happened() -> bool:
    tables = ("user_account", "external_identity", "user_session", "audit_entry")
    counts = [await db.fetchval(f"SELECT count(*) FROM {table}") for table in tables]
    return counts == [0, 0, 0, 0]


class TestCodeFlow:
    async def test_signs_in_through_a_provider_that_others_wrote(
        self, settings: Settings, unused_tcp_port: int
    ) -> None:
        async with (
            oidc_provider.providing(unused_tcp_port, ADA) as url,
            site(settings, Issuers((client_of(url),))) as running,
            browsing(running) as browser,
        ):
            form = await browser.start(return_to="/welcome")
            async with aiohttp.ClientSession() as elsewhere:
                said_yes = await elsewhere.post(form, data={"sub": "ada-1"}, allow_redirects=False)
            back = urlsplit(said_yes.headers["Location"])
            assert await browser.lands_on(f"{back.path}?{back.query}") == "/welcome"

        [row] = await db.fetch(
            "SELECT i.issuer, i.subject, u.email, s.method, u.email_verified_at IS NOT NULL AS verified "
            "FROM external_identity i JOIN user_account u ON u.id = i.user_id JOIN user_session s ON s.user_id = u.id"
        )
        assert tuple(row) == (url, "ada-1", "ada@x.example", url, True)

    async def test_knows_the_person_again(self, browser: Browser, acme: FakeIssuer) -> None:
        for email in ("ada@x.example", "ada@elsewhere.example"):
            path = acme.approve(await browser.start(), **{**ADA, "email": email})
            assert await browser.lands_on(path) == "/"

        assert await people() == [("ada@x.example", True)]
        assert await db.fetchval("SELECT count(*) FROM user_session") == 2
        actions = await db.fetch("SELECT action FROM audit_entry ORDER BY action")
        assert [row["action"] for row in actions] == [
            "account.created",
            "identity.linked",
            "session.started",
            "session.started",
        ]

    async def test_hands_the_session_to_the_browser(self, browser: Browser, acme: FakeIssuer) -> None:
        answer = await browser.get(acme.approve(await browser.start(), **ADA))
        session = [line for line in answer.headers.getall("Set-Cookie") if "attempt" not in line]
        assert len(session) == 2
        assert all({"HttpOnly", "SameSite=Strict"} <= set(line.split("; ")) for line in session)

        me = await (await browser.get("/graphql?query={me{email}}")).json(content_type=None)
        assert me == {**me, "data": {"me": {"email": "ada@x.example"}}}

    async def test_replaces_the_session_that_the_browser_had(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        """A session that somebody else put there ends with the sign-in, and so does its name."""
        await browser.lands_on(acme.approve(await browser.start(), **ADA))
        before = {cookie.key: cookie.value for cookie in browser.session.cookie_jar}
        await browser.lands_on(acme.approve(await browser.start(), **ADA))
        after = {cookie.key: cookie.value for cookie in browser.session.cookie_jar}
        assert before.keys() == after.keys()
        assert not [name for name in before if before[name] == after[name]]

    async def test_asks_for_pkce_and_a_nonce(self, browser: Browser, acme: FakeIssuer) -> None:
        query = parse_qs(urlsplit(await browser.start()).query)

        assert query["code_challenge_method"] == ["S256"]
        assert query["response_type"] == ["code"]
        assert query["client_id"] == [CLIENT_ID]
        assert set(query["scope"][0].split()) == {"openid", "email", "profile"}
        assert len({query[name][0] for name in ("state", "nonce", "code_challenge")}) == 3
        assert all(len(query[name][0]) == 43 for name in ("state", "nonce", "code_challenge"))

    @pytest.mark.parametrize(("key", "alg"), [(EC_KEY, "ES256"), (OKP_KEY, "EdDSA"), (RSA_KEY, "PS256")])
    async def test_accepts_what_is_signed_with(
        self, browser: Browser, acme: FakeIssuer, key: Any, alg: str
    ) -> None:
        acme.keys, acme.signing, acme.alg = [RSA_KEY, key], key, alg
        assert await browser.lands_on(acme.approve(await browser.start(), **ADA)) == "/"

    async def test_asks_userinfo_for_the_address_that_the_token_leaves_out(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        acme.userinfo = ADA
        assert await browser.lands_on(acme.approve(await browser.start(), sub="ada-1")) == "/"
        assert await people() == [("ada@x.example", True)]

    async def test_refuses_userinfo_of_another_person(self, browser: Browser, acme: FakeIssuer) -> None:
        acme.userinfo = ADA
        assert await browser.fails(acme.approve(await browser.start(), sub="bob")) == "id_token_invalid"
        assert await nothing_happened()

    async def test_needs_an_address(self, browser: Browser, acme: FakeIssuer) -> None:
        assert await browser.fails(acme.approve(await browser.start(), sub="ada-1")) == "email_missing"
        assert await nothing_happened()

    async def test_believes_of_an_address_only_what_it_is_told(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        await browser.lands_on(acme.approve(await browser.start(), **{**ADA, "email_verified": False}))
        assert await people() == [("ada@x.example", False)]


class TestIdToken:
    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://evil.example"},
            {"aud": "another-client"},
            {"aud": ["another-client"]},
            {"aud": [CLIENT_ID, "another-client"]},
            {"azp": "another-client"},
            {"nonce": "another-nonce"},
            {"nonce": None},
            {"aud": None},
            {"iat": None},
            {"exp": None},
            {"sub": None},
            {"sub": ""},
            {"exp": 1},
            {"exp": "tomorrow"},
            {"exp": 10**30},
            {"iat": 4_000_000_000},
            {"nbf": 4_000_000_000},
        ],
        ids=str,
    )
    async def test_is_refused_with(self, browser: Browser, acme: FakeIssuer, claims: dict[str, Any]) -> None:
        path = acme.approve(await browser.start(), **{**ADA, **claims})
        assert await browser.fails(path) == "id_token_invalid"
        assert await nothing_happened()

    async def test_is_refused_when_nobody_signed_it(self, browser: Browser, acme: FakeIssuer) -> None:
        url = await browser.start()
        claims = acme.claims(**ADA, aud=CLIENT_ID, nonce=parse_qs(urlsplit(url).query)["nonce"][0])
        for forged in (
            issuer.unsigned(claims, kid="rsa-1"),
            issuer.unsigned(claims),
            issuer.signed_with_public_key(claims, RSA_KEY),
        ):
            acme.id_token = forged
            assert await browser.fails(acme.approve(url, **ADA)) == "id_token_invalid"
            url = await browser.start()
        assert await nothing_happened()

    async def test_is_refused_when_it_brings_its_own_key(self, browser: Browser, acme: FakeIssuer) -> None:
        async with issuer.issuing() as evil:
            evil.keys = [OTHER_RSA_KEY]
            acme.signing = OTHER_RSA_KEY
            for header in (
                {"jku": f"{evil.url}/jwks"},
                {"x5u": f"{evil.url}/jwks"},
                {"jwk": OTHER_RSA_KEY.as_dict(private=False)},
                {"kid": "rsa-1", "jku": f"{evil.url}/jwks", "jwk": OTHER_RSA_KEY.as_dict(private=False)},
                {"crit": ["x-unknown"], "x-unknown": True},
            ):
                acme.header = header
                assert await browser.fails(acme.approve(await browser.start(), **ADA)) == "id_token_invalid"
            assert evil.calls == [], "what a header says is not fetched"
        assert await nothing_happened()

    async def test_is_accepted_with_headers_that_say_nothing_to_us(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        acme.header = {"cat": "cl_B7d4PD111AAA", "x5t": "a" * 600}
        assert await browser.lands_on(acme.approve(await browser.start(), **ADA)) == "/"

    async def test_is_accepted_for_several_when_it_is_ours(self, browser: Browser, acme: FakeIssuer) -> None:
        claims = {**ADA, "aud": [CLIENT_ID, "api"], "azp": CLIENT_ID}
        assert await browser.lands_on(acme.approve(await browser.start(), **claims)) == "/"


class TestIssuer:
    @pytest.mark.parametrize(
        "metadata",
        [
            {"issuer": "https://evil.example"},
            {"issuer": None},
            {"jwks_uri": None},
            {"authorization_endpoint": None},
            {"jwks_uri": "http://evil.example/jwks"},
            {"token_endpoint": "ftp://evil.example/token"},
            {"authorization_endpoint": "javascript:alert(1)"},
        ],
        ids=str,
    )
    async def test_is_not_used_when_it_publishes(
        self, browser: Browser, acme: FakeIssuer, metadata: dict[str, Any]
    ) -> None:
        acme.metadata = metadata
        answer = await browser.get("/auth/acme/start")
        await problem(answer, 503, "issuer_unavailable")
        assert "Retry-After" in answer.headers
        assert "Set-Cookie" not in answer.headers

    async def test_that_is_down_is_said_to_be(self, settings: Settings, unused_tcp_port: int) -> None:
        issuers = Issuers((client_of(f"http://127.0.0.1:{unused_tcp_port}"),))
        async with site(settings, issuers) as running, browsing(running) as browser:
            answer = await browser.get("/auth/acme/start")
            await problem(answer, 503, "issuer_unavailable")

    @pytest.mark.parametrize(
        "broken",
        [
            {"jwks_status": 500},
            {"jwks_status": 302, "jwks_headers": {"Location": "/jwks?again"}},
            {"jwks_body": b" " * (oidc.MAX_BODY_BYTES + 1)},
            {"jwks_body": b"<html>"},
            {"jwks_body": b"[]"},
            {"jwks_body": b'{"keys": {}}'},
            {"jwks_seconds": 3.0},
        ],
        ids=str,
    )
    async def test_whose_keys_cannot_be_had_signs_nobody_in(
        self, browser: Browser, acme: FakeIssuer, broken: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Long enough for those that answer at once.
        monkeypatch.setattr(oidc, "TOTAL_SECONDS", 2.0)
        for name, value in broken.items():
            setattr(acme, name, value)
        assert await browser.fails(acme.approve(await browser.start(), **ADA)) == "issuer_unavailable"
        assert acme.calls.count("/jwks") == 1
        assert await nothing_happened()

    async def test_that_tells_its_name_has_to_tell_the_right_one(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        path = acme.approve(await browser.start(), **ADA)
        assert await browser.fails(f"{path}&iss=https://evil.example") == "id_token_invalid"
        assert "/token" not in acme.calls, "the code is shown to nobody"
        path = acme.approve(await browser.start(), **ADA)
        assert await browser.lands_on(f"{path}&{urlencode({'iss': acme.url})}") == "/"

    async def test_that_always_tells_its_name_is_not_believed_without(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        acme.metadata = {"authorization_response_iss_parameter_supported": True}
        assert await browser.fails(acme.approve(await browser.start(), **ADA)) == "id_token_invalid"

    async def test_cannot_end_what_another_began(self, settings: Settings, acme: FakeIssuer) -> None:
        async with issuer.issuing() as evil:
            issuers = Issuers((client_of(acme.url), client_of(evil.url, "evil")))
            async with site(settings, issuers) as running, browsing(running) as browser:
                path = acme.approve(await browser.start("acme"), **ADA).replace("/acme/", "/evil/")
                await problem(await browser.get(path), 401, "attempt_invalid")
            assert evil.calls == []
        assert await nothing_happened()


class TestAttempt:
    async def test_needs_the_browser_that_began_it(
        self, server: Any, browser: Browser, acme: FakeIssuer
    ) -> None:
        path = acme.approve(await browser.start(), **ADA)
        async with browsing(server) as other:
            await problem(await other.get(path), 401, "attempt_invalid")
            await other.start()
            await problem(await other.get(path), 401, "attempt_invalid")
        assert await nothing_happened()
        assert "/token" not in acme.calls
        assert await browser.lands_on(path) == "/"

    async def test_ends_once(self, browser: Browser, acme: FakeIssuer) -> None:
        path = acme.approve(await browser.start(), **ADA)
        [cookie] = list(browser.session.cookie_jar)
        await browser.lands_on(path)
        await problem(await browser.get(path), 401, "attempt_invalid")

        # Kept by somebody all the same, it meets the code that was used.
        browser.keep(cookie.key, cookie.value)
        assert await browser.fails(path) == "code_refused"
        assert await db.fetchval("SELECT count(*) FROM user_session") == 1

    @pytest.mark.parametrize("state", ["", "wrong", "\u00e9"])
    async def test_needs_its_state(self, browser: Browser, acme: FakeIssuer, state: str) -> None:
        await browser.start()
        answer = await browser.get(f"/auth/acme/callback?{urlencode({'code': 'c', 'state': state})}")
        await problem(answer, 401, "attempt_invalid")

    @pytest.mark.parametrize("sealed", ["", "x", "gAAAAAB\u00e9", "a" * 3000])
    async def test_cannot_be_made_up(self, browser: Browser, sealed: str) -> None:
        browser.keep("launchkit-attempt", sealed)
        answer = await browser.get("/auth/acme/callback?code=c&state=s")
        await problem(answer, 401, "attempt_invalid")

    async def test_is_kept_where_no_script_and_no_other_site_gets_at_it(
        self, settings: Settings, browser: Browser, acme: FakeIssuer
    ) -> None:
        cookie = (await browser.get("/auth/acme/start")).headers["Set-Cookie"]
        assert cookie.startswith("launchkit-attempt=")
        assert {"HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"} <= set(cookie.split("; "))

        issuers = Issuers((client_of(acme.url),))
        async with (
            site(settings, issuers, public_url="https://x.example") as running,
            browsing(running) as tls,
        ):
            cookie = (await tls.get("/auth/acme/start")).headers["Set-Cookie"]
        assert cookie.startswith("__Host-launchkit-attempt=")
        assert {"HttpOnly", "SameSite=Lax", "Secure", "Path=/"} <= set(cookie.split("; "))

    async def test_that_was_denied_says_so_where_it_came_from(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        url = await browser.start(return_to="/sign-in?tab=work#top")
        state = parse_qs(urlsplit(url).query)["state"][0]
        landed = await browser.lands_on(f"/auth/acme/callback?error=access_denied&state={state}")
        assert landed == "/sign-in?tab=work&auth_error=sign_in_denied#top"
        assert await nothing_happened()

    async def test_that_was_denied_is_over_whatever_else_is_said(
        self, browser: Browser, acme: FakeIssuer
    ) -> None:
        path = acme.approve(await browser.start(), **ADA)
        assert await browser.fails(f"{path}&error=access_denied") == "sign_in_denied"
        assert await nothing_happened()

    async def test_without_a_code_is_over(self, browser: Browser, acme: FakeIssuer) -> None:
        state = parse_qs(urlsplit(await browser.start()).query)["state"][0]
        assert await browser.fails(f"/auth/acme/callback?state={state}") == "sign_in_denied"

    @pytest.mark.parametrize(
        "return_to",
        ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"],
    )
    async def test_leads_to_no_other_site(self, browser: Browser, return_to: str) -> None:
        answer = await browser.get(f"/auth/acme/start?{urlencode({'return_to': return_to})}")
        assert (await problem(answer, 422, "invalid_input"))["errors"][0]["field"] == "return_to"
        assert "Set-Cookie" not in answer.headers

    async def test_is_counted_like_any_request(self, settings: Settings, acme: FakeIssuer) -> None:
        limited = replace(settings, issuers=Issuers((client_of(acme.url),)))
        async with serving(limited) as running, browsing(running) as browser:
            for path in ("/auth/acme/start", "/auth/acme/callback?code=c&state=s"):
                assert '"anonymous"' in (await browser.get(path)).headers["RateLimit-Policy"]

    async def test_at_an_unknown_provider_is_none(self, browser: Browser) -> None:
        for path in ("/auth/nobody/start", "/auth/nobody/callback?code=c&state=s"):
            await problem(await browser.get(path), 404, "unknown_provider")


class TestKnownAddress:
    async def test_is_not_handed_to_an_issuer_that_did_not_verify_it(
        self, settings: Settings, browser: Browser, acme: FakeIssuer
    ) -> None:
        owner = await tenant(settings)
        await db.execute("UPDATE user_account SET email_verified_at = $1", NOW)
        claims = {**ADA, "email": owner.email, "email_verified": False}
        assert await browser.fails(acme.approve(await browser.start(), **claims)) == "account_exists"
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 0

    async def test_is_not_shared_with_who_took_it_before_its_owner_came(
        self, settings: Settings, browser: Browser, acme: FakeIssuer
    ) -> None:
        """Somebody signed up with the address of another, and waits for them to move in."""
        squatter = await tenant(settings)
        claims = {**ADA, "email": squatter.email}
        assert await browser.fails(acme.approve(await browser.start(), **claims)) == "account_exists"
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 0

    async def test_that_both_sides_verified_is_the_same_person(
        self, settings: Settings, browser: Browser, acme: FakeIssuer
    ) -> None:
        owner = await tenant(settings)
        await db.execute("UPDATE user_account SET email_verified_at = $1", NOW)
        claims = {**ADA, "email": owner.email.upper()}
        assert await browser.lands_on(acme.approve(await browser.start(), **claims)) == "/"
        assert await db.fetchval("SELECT user_id FROM external_identity") == owner.owner.id


@pytest.fixture
async def hub() -> AsyncIterator[FakeGithub]:
    async with github.github() as running:
        yield running


class TestGithub:
    @pytest.fixture
    async def browser(self, settings: Settings, hub: FakeGithub) -> AsyncIterator[Browser]:
        at = GithubSettings(github.CLIENT_ID, github.CLIENT_SECRET, hub.url, f"{hub.url}/api")
        async with site(settings, Issuers(github=at)) as running, browsing(running) as opened:
            yield opened

    async def test_signs_in_with_the_verified_primary_address(
        self, browser: Browser, hub: FakeGithub
    ) -> None:
        hub.emails = [
            {"email": "old@x.example", "primary": False, "verified": True},
            {"email": "ada@x.example", "primary": True, "verified": True},
        ]
        assert await browser.lands_on(hub.approve(await browser.start("github"))) == "/"
        [row] = await db.fetch(
            "SELECT i.issuer, i.subject, u.email, u.name, u.email_verified_at IS NOT NULL AS v "
            "FROM external_identity i JOIN user_account u ON u.id = i.user_id"
        )
        assert tuple(row) == (hub.url, "583231", "ada@x.example", "Ada L.", True)

    async def test_is_the_same_person_under_a_new_login(self, browser: Browser, hub: FakeGithub) -> None:
        hub.emails = [{"email": "ada@x.example", "primary": True, "verified": True}]
        await browser.lands_on(hub.approve(await browser.start("github")))
        hub.user["login"], hub.emails = "lovelace", []
        await browser.lands_on(hub.approve(await browser.start("github")))
        assert await people() == [("ada@x.example", True)]

    async def test_does_not_use_an_address_that_is_not_verified(
        self, browser: Browser, hub: FakeGithub
    ) -> None:
        hub.emails = [
            {"email": "victim@x.example", "primary": True, "verified": False},
            {"email": "other@x.example", "primary": False, "verified": True},
        ]
        assert await browser.fails(hub.approve(await browser.start("github"))) == "email_missing"
        assert await nothing_happened()

    async def test_refuses_a_code_twice(self, browser: Browser, hub: FakeGithub) -> None:
        path = hub.approve(await browser.start("github"))
        hub.codes.clear()
        assert await browser.fails(path) == "code_refused"

    @pytest.mark.parametrize("emails", [{}, None, [None, 1, {"email": 1, "primary": True, "verified": True}]])
    async def test_survives_what_it_does_not_understand(
        self, browser: Browser, hub: FakeGithub, emails: Any
    ) -> None:
        hub.emails = emails
        path = hub.approve(await browser.start("github"))
        assert await browser.fails(path) in {"issuer_unavailable", "email_missing"}
        assert await nothing_happened()
