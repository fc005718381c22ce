"""Sessions in cookies: what a browser is given, what it may do with it, and what other pages cannot."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.accounts.keys import AccountKeys
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import SessionId, UserId
from app.infra import db
from app.web import csrf
from tests.factories import limits, orgs, sessions
from tests.factories.orgs import Tenant, bearer
from tests.fakes.web import serving
from tests.schema.conftest import Json

SIGN_IN = """mutation($input: SignInInput!) { signIn(input: $input) {
  __typename
  ... on SignedIn { sessionId accessToken refreshToken csrfToken }
  ... on Problem { code }
  ... on InvalidInput { errors { field code } }
} }"""
REFRESH = """mutation { refreshSession(input: {}) {
  __typename
  ... on SignedIn { sessionId accessToken refreshToken csrfToken }
  ... on Problem { code }
  ... on InvalidInput { errors { field code } }
} }"""
SIGN_OUT = """mutation { signOut(input: {}) {
  __typename ... on SessionsEnded { ids } ... on Problem { code message }
} }"""
ME = "{ me { email } }"
SUMMARIZE = {"text": "A short text."}


@pytest.fixture(scope="module")
async def tls(_database: Settings) -> AsyncIterator[TestServer]:
    """Told that browsers reach it by https, and that a dashboard may use it."""
    settings = replace(
        _database,
        public_url="https://api.acme.example",
        cors_origins=frozenset({"https://app.acme.example"}),
        is_rate_limited=False,
    )
    async with serving(settings) as running:
        yield running


@dataclass
class Browser:
    """Keeps cookies, in its own simple way: whatever was set is sent to every path that it is for."""

    session: aiohttp.ClientSession
    jar: dict[str, str] = field(default_factory=dict)
    set: "SimpleCookie" = field(default_factory=SimpleCookie)
    csrf: str | None = None

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.jar.items() if value)

    async def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any
    ) -> aiohttp.ClientResponse:
        sent = {"Cookie": self.cookie} if self.cookie else {}
        if self.csrf is not None:
            sent["X-CSRF-Token"] = self.csrf
        answer = await self.session.request(method, path, headers={**sent, **(headers or {})}, **options)
        self.set = SimpleCookie()
        for line in answer.headers.getall("Set-Cookie", []):
            self.set.load(line)
        self.jar |= {name: morsel.value for name, morsel in self.set.items()}
        return answer

    async def post(
        self, document: str, variables: Json | None = None, headers: Mapping[str, str] | None = None
    ) -> Json:
        body = {"query": document, "variables": variables or {}}
        answer = await self.request("POST", "/graphql", headers, json=body)
        result: Json = await answer.json(content_type=None)
        return {"status": answer.status, **result}

    async def get(self, document: str, **headers: str) -> Json:
        answer = await self.request("GET", "/graphql", headers, params={"query": document})
        result: Json = await answer.json(content_type=None)
        return {"status": answer.status, "cached": answer.headers.get("Cache-Control"), **result}

    async def sign_in(self, email: str, **headers: str) -> Json:
        credentials = {"email": email, "password": orgs.PASSWORD, "session": "COOKIE"}
        result = await self.post(SIGN_IN, {"input": credentials}, headers)
        found: Json = result["data"]["signIn"]
        if found["__typename"] == "SignedIn":
            self.csrf = found["csrfToken"]
        return found

    def expire(self, settings: Settings) -> None:
        """As if the access token were of yesterday."""
        signer = AccountKeys.derive(settings.secret_key).signer
        [name] = [name for name in self.jar if name.endswith("access")]
        claims = signer.read(self.jar[name])
        issued = utcnow().replace(year=2020)
        self.jar[name] = signer.issue(claims.user_id, claims.session_id, now=issued).token


def code_of(result: Json) -> str:
    [error] = result["errors"]
    code: str = error["extensions"]["code"]
    return code


@pytest.fixture
async def known(acme: Tenant) -> Tenant:
    await orgs.with_password(acme)
    return acme


@pytest.fixture
def browser(session: aiohttp.ClientSession) -> Browser:
    return Browser(session)


async def given(
    browser: Browser, tenant: Tenant, settings: Settings, prefixes: Sequence[str] = ("", "")
) -> Browser:
    """What signing in would have given the browser, without its hash."""
    keys = AccountKeys.derive(settings.secret_key)
    tokens = await sessions.begun(keys, tenant.owner, now=utcnow())
    browser.jar = {
        f"{prefixes[0]}launchkit_access": tokens.access.token,
        f"{prefixes[1]}launchkit_refresh": tokens.refresh.token,
    }
    browser.csrf = csrf.token(keys.csrf, tokens.session_id)
    return browser


@pytest.fixture
async def signed_in(browser: Browser, acme: Tenant, settings: Settings) -> Browser:
    return await given(browser, acme, settings)


@pytest.fixture
async def remote(tls: TestServer, acme: Tenant, settings: Settings) -> AsyncIterator[Browser]:
    """Signed in at the server behind TLS."""
    async with aiohttp.ClientSession(tls.make_url("/"), cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield await given(Browser(session), acme, settings, ("__Host-", "__Secure-"))


class TestSignIn:
    async def test_keeps_the_tokens_out_of_the_answer(self, browser: Browser, known: Tenant) -> None:
        found = await browser.sign_in(known.email)

        assert found["__typename"] == "SignedIn"
        assert (found["accessToken"], found["refreshToken"]) == (None, None)
        assert set(browser.jar) == {"launchkit_access", "launchkit_refresh"}
        for morsel in browser.set.values():
            assert (morsel["httponly"], morsel["samesite"], morsel["secure"]) == (True, "Strict", "")
            assert int(morsel["max-age"]) > 29 * 24 * 3600

    async def test_behind_tls_ties_the_cookies_to_the_host(self, remote: Browser) -> None:
        await remote.post(REFRESH)
        access, refresh = (remote.set[name] for name in sorted(remote.set, key=str.casefold))

        # What the prefixes demand (RFC 6265bis, 4.1.3); without it, browsers drop the cookie.
        assert access.key == "__Host-launchkit_access"
        assert (access["secure"], access["path"], access["domain"]) == (True, "/", "")
        assert refresh.key == "__Secure-launchkit_refresh"
        assert (refresh["secure"], refresh["path"], refresh["domain"]) == (True, "/graphql", "")
        for morsel in (access, refresh):
            assert (morsel["httponly"], morsel["samesite"]) == (True, "Strict")

    async def test_gives_no_cookies_where_they_are_not_wanted(self, browser: Browser, known: Tenant) -> None:
        variables = {"input": {"email": known.email, "password": orgs.PASSWORD}}
        found = (await browser.post(SIGN_IN, variables))["data"]["signIn"]

        assert found["accessToken"]
        assert found["refreshToken"]
        assert found["csrfToken"] is None
        assert browser.jar == {}

    async def test_never_adopts_the_session_that_the_browser_had(
        self, browser: Browser, known: Tenant, settings: Settings
    ) -> None:
        """Fixation: a session that somebody else planted, or knows, is not the one that is signed in to."""
        keys = AccountKeys.derive(settings.secret_key)
        planted = keys.signer.issue(
            UserId(known.owner.id), SessionId(known.owner.id), now=utcnow().replace(year=2020)
        ).token
        browser.jar = {"launchkit_access": planted, "launchkit_refresh": "lkr_planted"}

        found = await browser.sign_in(known.email)

        assert ids.find("ses", found["sessionId"]) != known.owner.id
        assert browser.jar["launchkit_access"] != planted
        assert browser.jar["launchkit_refresh"] != "lkr_planted"
        assert keys.signer.read(browser.jar["launchkit_access"]).session_id == ids.find(
            "ses", found["sessionId"]
        )

    @pytest.mark.parametrize(
        "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
    )
    async def test_of_another_page_sets_no_cookie(
        self, browser: Browser, known: Tenant, headers: dict[str, str]
    ) -> None:
        credentials = {"email": known.email, "password": orgs.PASSWORD, "session": "COOKIE"}
        result = await browser.post(SIGN_IN, {"input": credentials}, headers)

        assert code_of(result) == "csrf_failed"
        assert browser.jar == {}
        assert await db.fetchval("SELECT count(*) FROM refresh_token") == 0

    async def test_works_beside_cookies_of_a_session_that_has_ended(
        self, signed_in: Browser, known: Tenant
    ) -> None:
        await db.execute("UPDATE user_session SET revoked_at = now()")
        signed_in.csrf = None

        assert (await signed_in.sign_in(known.email))["__typename"] == "SignedIn"
        assert (await signed_in.post(ME))["data"] == {"me": {"email": known.email}}


class TestCookies:
    async def test_sign_requests_in(self, signed_in: Browser, acme: Tenant) -> None:
        assert (await signed_in.post(ME))["data"] == {"me": {"email": acme.email}}
        assert (await signed_in.get(ME))["data"] == {"me": {"email": acme.email}}

    async def test_answers_to_them_are_kept_by_no_cache(self, signed_in: Browser) -> None:
        assert (await signed_in.get(ME))["cached"] == "no-store"

    async def test_do_not_count_beside_a_header(
        self, signed_in: Browser, rival: Tenant, settings: Settings
    ) -> None:
        signed_in.csrf = None
        result = await signed_in.post(ME, None, bearer(settings, rival.owner))
        assert result["data"] == {"me": {"email": rival.email}}

    async def test_do_not_stand_in_for_a_wrong_header(self, signed_in: Browser) -> None:
        for value in ("Bearer nonsense", "Basic eDp4"):
            assert "errors" in await signed_in.get(ME, Authorization=value)
            assert (await signed_in.get("{ csrfToken }", Authorization=value))["data"] == {"csrfToken": None}

    @pytest.mark.parametrize("value", ["nonsense", "x.y.z", "\udc80", "lk_live_pk_x_y", ""])
    async def test_of_no_form_are_no_credential(self, browser: Browser, value: str) -> None:
        browser.jar = {"launchkit_access": value, "launchkit_refresh": value}
        assert code_of(await browser.get(ME)) in ("token_invalid", "unauthenticated")
        answered = (await browser.post(REFRESH))["data"]["refreshSession"]
        assert answered["__typename"] == "InvalidInput"

    async def test_hold_no_api_key(self, browser: Browser, acme: Tenant) -> None:
        browser.jar = {"launchkit_access": acme.token}
        assert code_of(await browser.get(ME)) == "token_invalid"

    async def test_of_a_session_that_was_revoked_are_refused_at_once(self, signed_in: Browser) -> None:
        await db.execute("UPDATE user_session SET revoked_at = now()")
        assert code_of(await signed_in.post(ME)) == "session_ended"


class TestCsrf:
    """A defence that every request with a cookie meets, but for reads by GET."""

    async def test_without_the_token_nothing_runs(self, signed_in: Browser) -> None:
        for token in (None, "", "x", "ä" * 43, csrf.token(b"other", SessionId(ids.uuid7()))):
            signed_in.csrf = token
            result = await signed_in.post(SIGN_OUT)
            assert (result["status"], code_of(result)) == (403, "csrf_failed")
            assert set(result["errors"][0]["extensions"]) == {"code", "requestId"}
            assert "data" not in result
        assert (await signed_in.get(ME))["data"]["me"], "the session goes on"

    async def test_the_token_of_another_session_does_not_do(
        self, signed_in: Browser, session: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        other = await given(Browser(session), acme, settings)
        signed_in.csrf = other.csrf

        assert code_of(await signed_in.post(SIGN_OUT)) == "csrf_failed"

    async def test_goes_for_queries_by_post_as_well(self, signed_in: Browser) -> None:
        signed_in.csrf = None
        assert code_of(await signed_in.post(ME)) == "csrf_failed"

    async def test_has_the_same_code_and_status_on_rest(self, signed_in: Browser) -> None:
        token, signed_in.csrf = signed_in.csrf, None
        answer = await signed_in.request("POST", "/v1/jobs/summarize", json=SUMMARIZE)
        problem = await answer.json(content_type=None)
        assert (answer.status, problem["code"]) == (403, "csrf_failed")
        assert await db.fetchval("SELECT count(*) FROM job") == 0

        signed_in.csrf = token
        answer = await signed_in.request("POST", "/v1/jobs/summarize", json=SUMMARIZE)
        assert answer.status == 202

    async def test_counts_what_it_refuses_by_address(self, acme: Tenant, settings: Settings) -> None:
        async with (
            serving(settings) as limited,
            aiohttp.ClientSession(limited.make_url("/"), cookie_jar=aiohttp.DummyCookieJar()) as session,
        ):
            browser = await given(Browser(session), acme, settings)
            browser.csrf = None
            assert code_of(await browser.post(ME)) == "csrf_failed"
        assert set(limits.kept(settings)) == {"anonymous:127.0.0.1"}

    async def test_lets_rest_reads_pass(self, signed_in: Browser) -> None:
        signed_in.csrf = None
        answer = await signed_in.request("GET", "/v1/jobs")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"

    async def test_does_not_concern_those_who_send_a_header(
        self, session: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        headers = {**bearer(settings, acme.owner), "Origin": "https://evil.example"}
        answer = await session.post("/graphql", json={"query": ME}, headers=headers)
        assert (await answer.json())["data"] == {"me": {"email": acme.email}}

    @pytest.mark.parametrize(
        ("headers", "passes"),
        [
            ({}, True),
            ({"Origin": "https://api.acme.example"}, True),
            ({"Origin": "https://app.acme.example"}, True),
            ({"Origin": "https://app.acme.example", "Sec-Fetch-Site": "same-site"}, True),
            ({"Origin": "https://anything.example", "Sec-Fetch-Site": "same-origin"}, True),
            ({"Sec-Fetch-Site": "none"}, True),
            ({"Origin": "https://evil.acme.example"}, False),
            ({"Origin": "http://api.acme.example"}, False),
            ({"Origin": "https://api.acme.example.evil.example"}, False),
            ({"Origin": "null"}, False),
            ({"Origin": ""}, False),
            ({"Sec-Fetch-Site": "same-site"}, False),
            ({"Sec-Fetch-Site": "cross-site"}, False),
        ],
    )
    async def test_wants_a_page_of_ours_even_with_the_token(
        self, remote: Browser, headers: dict[str, str], passes: bool
    ) -> None:
        result = await remote.post(ME, None, headers)
        assert (result["status"] == 200) == passes
        assert passes or code_of(result) == "csrf_failed"


class TestCsrfToken:
    async def test_is_there_for_a_page_that_was_reloaded(self, signed_in: Browser) -> None:
        token, signed_in.csrf = signed_in.csrf, None
        assert (await signed_in.get("{ csrfToken }"))["data"] == {"csrfToken": token}

    async def test_is_there_when_the_access_token_has_expired(
        self, signed_in: Browser, settings: Settings
    ) -> None:
        token, signed_in.csrf = signed_in.csrf, None
        signed_in.expire(settings)
        assert (await signed_in.get("{ csrfToken }"))["data"] == {"csrfToken": token}

    async def test_is_null_without_cookies(self, browser: Browser, acme: Tenant, settings: Settings) -> None:
        assert (await browser.get("{ csrfToken }"))["data"] == {"csrfToken": None}
        assert (await browser.get("{ csrfToken }", **bearer(settings, acme.owner)))["data"] == {
            "csrfToken": None
        }


class TestRefreshSession:
    async def test_replaces_the_cookies(self, signed_in: Browser, acme: Tenant, settings: Settings) -> None:
        before = dict(signed_in.jar)
        signed_in.expire(settings)
        assert code_of(await signed_in.post(ME)) == "token_expired"

        found = (await signed_in.post(REFRESH))["data"]["refreshSession"]

        assert found["__typename"] == "SignedIn"
        assert (found["accessToken"], found["refreshToken"]) == (None, None)
        assert found["csrfToken"] == signed_in.csrf
        assert not before.items() & signed_in.jar.items()
        assert (await signed_in.post(ME))["data"] == {"me": {"email": acme.email}}

    @pytest.mark.parametrize("is_expired", [True, False])
    async def test_wants_the_token_against_forged_requests(
        self, signed_in: Browser, settings: Settings, is_expired: bool
    ) -> None:
        if is_expired:
            signed_in.expire(settings)
        signed_in.csrf = None
        before = dict(signed_in.jar)

        assert code_of(await signed_in.post(REFRESH)) == "csrf_failed"
        assert signed_in.jar == before
        assert await db.fetchval("SELECT count(*) FROM refresh_token WHERE used_at IS NOT NULL") == 0

    async def test_of_another_session_than_the_access_token_names_is_refused(
        self, signed_in: Browser, session: aiohttp.ClientSession, rival: Tenant, settings: Settings
    ) -> None:
        """A neighbour under the same domain can plant the one cookie, but not the other."""
        planted = await given(Browser(session), rival, settings)
        signed_in.jar["launchkit_refresh"] = planted.jar["launchkit_refresh"]

        found = (await signed_in.post(REFRESH))["data"]["refreshSession"]

        assert (found["__typename"], found["code"]) == ("RefreshRefused", "refresh_refused")
        assert signed_in.cookie == "", "they were taken away"

    async def test_with_a_used_token_ends_the_session_and_takes_the_cookies(
        self, signed_in: Browser, settings: Settings
    ) -> None:
        stolen = Browser(signed_in.session, dict(signed_in.jar), csrf=signed_in.csrf)
        await signed_in.post(REFRESH)

        found = (await stolen.post(REFRESH))["data"]["refreshSession"]

        assert found["code"] == "refresh_refused"
        assert stolen.cookie == ""
        assert code_of(await signed_in.post(ME)) == "session_ended"

    async def test_asks_for_the_token_where_there_are_no_cookies(self, browser: Browser) -> None:
        found = (await browser.post(REFRESH))["data"]["refreshSession"]
        assert found["errors"] == [{"field": "refreshToken", "code": "missing"}]


class TestSignOut:
    async def test_takes_the_cookies_away_and_ends_the_session(self, signed_in: Browser) -> None:
        stolen = Browser(signed_in.session, dict(signed_in.jar), csrf=signed_in.csrf)

        found = (await signed_in.post(SIGN_OUT))["data"]["signOut"]

        assert found["__typename"] == "SessionsEnded"
        assert len(found["ids"]) == 1
        assert signed_in.cookie == ""
        assert {morsel["max-age"] for morsel in signed_in.set.values()} == {"0"}
        assert code_of(await stolen.post(ME)) == "session_ended"
        assert (await stolen.post(REFRESH))["data"]["refreshSession"]["code"] == "refresh_refused"


class TestSocket:
    """A browser sends cookies with every WebSocket that any page opens."""

    async def opened(self, browser: Browser, payload: Json | None = None, **headers: str) -> Json:
        """The first answer to `{ me }`, or the close code."""
        async with browser.session.ws_connect(
            "/graphql", protocols=["graphql-transport-ws"], headers={"Cookie": browser.cookie, **headers}
        ) as ws:
            await ws.send_json({"type": "connection_init", "payload": payload or {}})
            message = await ws.receive(timeout=14)
            if message.type is not aiohttp.WSMsgType.TEXT:
                return {"closed": ws.close_code}
            await ws.send_json({"id": "1", "type": "subscribe", "payload": {"query": ME}})
            answer: Json = await ws.receive_json(timeout=14)
            return answer

    async def test_takes_the_cookie_where_no_credential_is_sent(
        self, signed_in: Browser, acme: Tenant
    ) -> None:
        answer = await self.opened(signed_in)
        assert answer["payload"]["data"] == {"me": {"email": acme.email}}

    async def test_prefers_the_credential_that_is_sent(
        self, signed_in: Browser, rival: Tenant, settings: Settings
    ) -> None:
        answer = await self.opened(signed_in, dict(bearer(settings, rival.owner)))
        assert answer["payload"]["data"] == {"me": {"email": rival.email}}

    async def test_is_not_opened_for_the_page_of_another(self, signed_in: Browser) -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
            await self.opened(signed_in, Origin="https://evil.example")
        assert raised.value.status == 403

    async def test_cannot_set_cookies_and_says_so(self, browser: Browser, known: Tenant) -> None:
        credentials = {"email": known.email, "password": orgs.PASSWORD, "session": "COOKIE"}
        payload = {"query": SIGN_IN, "variables": {"input": credentials}}
        async with browser.session.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as ws:
            await ws.send_json({"type": "connection_init"})
            await ws.receive_json(timeout=14)
            await ws.send_json({"id": "1", "type": "subscribe", "payload": payload})
            answer = await ws.receive_json(timeout=14)
        assert answer["payload"]["data"]["signIn"]["errors"] == [
            {"field": "session", "code": "not_over_websocket"}
        ]
        assert await db.fetchval("SELECT count(*) FROM refresh_token") == 0
