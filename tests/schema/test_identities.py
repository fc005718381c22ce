"""Accounts elsewhere, as their person sees and changes them."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from app.accounts.models import ExternalIdentity
from app.core import ids
from app.core.config import Settings
from app.core.issuers import BearerSettings, GithubSettings, Issuers, OidcSettings
from app.infra import db
from tests.factories.orgs import NOW, Tenant, with_password
from tests.fakes import issuer
from tests.fakes.issuer import CLIENT_ID, CLIENT_SECRET, FakeIssuer
from tests.fakes.web import serving
from tests.schema.conftest import Asker

PROVIDERS = "{ identityProviders { name label startUrl } }"
IDENTITIES = "{ identities { id issuer provider email createdAt } }"
LINK = """
mutation Link($input: LinkIdentityInput!) {
  linkIdentity(input: $input) {
    __typename
    ... on IdentityLinking { url }
    ... on Problem { code }
    ... on InvalidInput { errors { field code } }
  }
}
"""
UNLINK = """
mutation Unlink($input: UnlinkIdentityInput!) {
  unlinkIdentity(input: $input) { __typename ... on IdentityUnlinked { id } ... on Problem { code } }
}
"""


@pytest.fixture
async def provider() -> AsyncIterator[FakeIssuer]:
    async with issuer.issuing() as running:
        yield running


@pytest.fixture
async def session(settings: Settings, provider: FakeIssuer) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser at an installation that has providers."""
    issuers = Issuers(
        (OidcSettings("acme-id", "Acme ID", provider.url, CLIENT_ID, CLIENT_SECRET),),
        GithubSettings("gh", "gh-secret"),
        BearerSettings("https://clerk.example"),
    )
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        serving(replace(settings, is_rate_limited=False, issuers=issuers)) as server,
        aiohttp.ClientSession(server.make_url("/"), cookie_jar=jar) as opened,
    ):
        yield opened


@pytest.fixture(autouse=True)
async def _just_signed_in(acme: Tenant) -> None:
    """The accounts here have no password that could be asked for again."""
    await db.execute("UPDATE user_session SET created_at = now()")


async def linked(owner: Tenant, issuer_url: str, subject: str = "ada") -> str:
    identity_id = ids.uuid7()
    await ExternalIdentity.create(
        id=identity_id,
        user_id=owner.owner.id,
        issuer=issuer_url,
        subject=subject,
        email="a@x.example",
        created_at=NOW,
    )
    return ids.encode("idn", identity_id)


class TestIdentityProviders:
    async def test_tells_anybody_where_to_sign_in(self, nobody: Asker, settings: Settings) -> None:
        found = (await nobody.ask(PROVIDERS))["identityProviders"]
        assert found == [
            {"name": name, "label": label, "startUrl": f"{settings.public_url}/auth/{name}/start"}
            for name, label in (("acme-id", "Acme ID"), ("github", "GitHub"))
        ]


class TestIdentities:
    async def test_are_those_of_the_person(
        self, owner: Asker, acme: Tenant, rival: Tenant, provider: FakeIssuer
    ) -> None:
        first = await linked(acme, provider.url)
        second = await linked(acme, "https://gone.example")
        await linked(rival, "https://github.com")
        found = (await owner.ask(IDENTITIES))["identities"]
        assert [(each["id"], each["provider"]) for each in found] == [(first, "acme-id"), (second, None)]
        assert found[0]["issuer"] == provider.url
        assert found[0]["email"] == "a@x.example"

    async def test_are_no_matter_of_a_key_or_of_nobody(self, key: Asker, nobody: Asker) -> None:
        assert (await key.refusal(IDENTITIES))["extensions"]["code"] == "forbidden"
        assert (await nobody.refusal(IDENTITIES))["extensions"]["code"] == "unauthenticated"


class TestLinkIdentity:
    async def test_sends_the_browser_there_and_back(
        self, owner: Asker, acme: Tenant, session: aiohttp.ClientSession, provider: FakeIssuer
    ) -> None:
        given = {"provider": "acme-id", "returnTo": "/settings"}
        url = (await owner.ask(LINK, {"input": given}))["linkIdentity"]["url"]
        assert url.startswith(f"{provider.url}/authorize?")

        # The account's address is another, and not verified: who is signed in may link whatever is theirs.
        back = provider.approve(url, sub="ada", email="ada@elsewhere.example", email_verified=False)
        answer = await session.get(back, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/settings")

        [row] = await db.fetch("SELECT user_id, issuer, subject FROM external_identity")
        assert tuple(row) == (acme.owner.id, provider.url, "ada")
        assert await db.fetchval("SELECT count(*) FROM user_session") == 1, "no other session is begun"

    async def test_needs_a_recent_sign_in_where_there_is_no_password(
        self, owner: Asker, session: aiohttp.ClientSession, provider: FakeIssuer
    ) -> None:
        await db.execute("UPDATE user_session SET created_at = now() - interval '301 s'")
        result = (await owner.ask(LINK, {"input": {"provider": "acme-id"}}))["linkIdentity"]
        assert (result["__typename"], result["code"]) == ("Conflict", "recent_sign_in_required")
        assert not list(session.cookie_jar)
        assert provider.calls == []

    async def test_needs_the_password_where_there_is_one(
        self, owner: Asker, session: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await with_password(acme)
        for given in ({}, {"password": "wrong"}):
            result = (await owner.ask(LINK, {"input": {"provider": "acme-id", **given}}))["linkIdentity"]
            assert result["errors"] == [{"field": "password", "code": "wrong_password"}]
        assert not list(session.cookie_jar)

    async def test_links_nothing_in_a_browser_that_did_not_ask(
        self, owner: Asker, session: aiohttp.ClientSession, provider: FakeIssuer
    ) -> None:
        """Somebody sends another the address at which they said yes."""
        url = (await owner.ask(LINK, {"input": {"provider": "acme-id"}}))["linkIdentity"]["url"]
        back = provider.approve(url, sub="eve")
        async with aiohttp.ClientSession(session._base_url) as other:
            answer = await other.get(back, allow_redirects=False)
        assert answer.status == 401
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 0

    async def test_links_nothing_once_the_session_is_over(
        self, owner: Asker, session: aiohttp.ClientSession, provider: FakeIssuer
    ) -> None:
        url = (await owner.ask(LINK, {"input": {"provider": "acme-id"}}))["linkIdentity"]["url"]
        await db.execute("UPDATE user_session SET revoked_at = now()")
        answer = await session.get(provider.approve(url, sub="ada"), allow_redirects=False)
        assert answer.headers["Location"] == "/?auth_error=session_ended"
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 0

    async def test_says_that_the_identity_is_anothers(
        self, owner: Asker, rival: Tenant, session: aiohttp.ClientSession, provider: FakeIssuer
    ) -> None:
        await linked(rival, provider.url)
        url = (await owner.ask(LINK, {"input": {"provider": "acme-id"}}))["linkIdentity"]["url"]
        answer = await session.get(provider.approve(url, sub="ada"), allow_redirects=False)
        assert answer.headers["Location"] == "/?auth_error=identity_taken"

    @pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example"])
    async def test_leads_to_no_other_site(
        self, owner: Asker, session: aiohttp.ClientSession, path: str
    ) -> None:
        given = {"provider": "acme-id", "returnTo": path}
        result = (await owner.ask(LINK, {"input": given}))["linkIdentity"]
        assert result["errors"] == [{"field": "returnTo", "code": "foreign_address"}]
        assert not list(session.cookie_jar)

    async def test_needs_an_answer_that_can_set_a_cookie(
        self, owner: Asker, session: aiohttp.ClientSession, provider: FakeIssuer
    ) -> None:
        payload = {"query": LINK, "variables": {"input": {"provider": "acme-id"}}}
        async with session.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as socket:
            await socket.send_json({"type": "connection_init", "payload": dict(owner.headers)})
            assert (await socket.receive_json(timeout=14))["type"] == "connection_ack"
            await socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
            result = (await socket.receive_json(timeout=14))["payload"]["data"]["linkIdentity"]
        assert result["errors"] == [{"field": "provider", "code": "not_over_websocket"}]
        assert provider.calls == []

    async def test_knows_its_providers(self, owner: Asker) -> None:
        result = (await owner.ask(LINK, {"input": {"provider": "nobody"}}))["linkIdentity"]
        assert (result["__typename"], result["code"]) == ("Missing", "unknown_provider")

    async def test_is_for_who_has_a_session_here(
        self, key: Asker, nobody: Asker, session: aiohttp.ClientSession
    ) -> None:
        given = {"input": {"provider": "acme-id"}}
        assert (await key.refusal(LINK, given))["extensions"]["code"] == "forbidden"
        assert (await nobody.refusal(LINK, given))["extensions"]["code"] == "unauthenticated"
        assert not list(session.cookie_jar)


class TestUnlinkIdentity:
    async def test_takes_it_away(self, owner: Asker, acme: Tenant, provider: FakeIssuer) -> None:
        first, _ = await linked(acme, provider.url), await linked(acme, "https://github.com")
        result = (await owner.ask(UNLINK, {"input": {"id": first}}))["unlinkIdentity"]
        assert result == {"__typename": "IdentityUnlinked", "id": first}
        assert [each["provider"] for each in (await owner.ask(IDENTITIES))["identities"]] == ["github"]

    async def test_leaves_the_last_way_in(self, owner: Asker, acme: Tenant, provider: FakeIssuer) -> None:
        only = await linked(acme, provider.url)
        result = (await owner.ask(UNLINK, {"input": {"id": only}}))["unlinkIdentity"]
        assert (result["__typename"], result["code"]) == ("Conflict", "last_sign_in_method")
        assert len((await owner.ask(IDENTITIES))["identities"]) == 1

    async def test_answers_for_anothers_as_for_a_missing_one(
        self, owner: Asker, rival: Tenant, provider: FakeIssuer
    ) -> None:
        theirs = await linked(rival, provider.url)
        await linked(rival, "https://github.com")
        for given in (theirs, ids.encode("idn", ids.uuid7())):
            result = (await owner.ask(UNLINK, {"input": {"id": given}}))["unlinkIdentity"]
            assert result == {"__typename": "Missing", "code": "not_found"}
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 2

    async def test_is_no_matter_of_a_key_or_of_nobody(
        self, key: Asker, nobody: Asker, acme: Tenant, provider: FakeIssuer
    ) -> None:
        given = {"input": {"id": await linked(acme, provider.url)}}
        assert (await key.refusal(UNLINK, given))["extensions"]["code"] == "forbidden"
        assert (await nobody.refusal(UNLINK, given))["extensions"]["code"] == "unauthenticated"
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 1
