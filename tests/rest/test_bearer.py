"""Tokens of an issuer that is trusted like ourselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from app.accounts.external.kept import COOLDOWN
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.issuers import BearerSettings, Issuers
from app.core.principal import Role
from app.infra import db
from app.limits import plans
from app.web import authentication
from app.web.authentication import read_credential
from app.web.services import SERVICES
from tests.factories import orgs
from tests.factories.orgs import tenant
from tests.fakes import issuer
from tests.fakes.issuer import EC_KEY, OTHER_RSA_KEY, RSA_KEY, FakeIssuer
from tests.fakes.statements import recorded
from tests.fakes.web import serving
from tests.rest.problems import problem
from tests.rest.test_external import site

ADA: dict[str, Any] = {"sub": "ada-1", "email": "ada@x.example", "email_verified": True, "name": "Ada"}


@pytest.fixture
async def clerk() -> AsyncIterator[FakeIssuer]:
    async with issuer.issuing() as running:
        yield running


@pytest.fixture
async def server(settings: Settings, clerk: FakeIssuer) -> AsyncIterator[Any]:
    async with site(settings, Issuers(bearer=BearerSettings(clerk.url))) as running:
        yield running


@pytest.fixture
async def api(server: Any) -> AsyncIterator["Api"]:
    async with aiohttp.ClientSession(server.make_url("/")) as session:
        yield Api(session)


class Api:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def get(self, token: str) -> aiohttp.ClientResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return await self._session.get("/v1/rate-limit", headers=headers)

    async def me(self, token: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self._session.post("/graphql", json={"query": "{ me { id email } }"}, headers=headers)
        body = await answer.json(content_type=None)
        return body["errors"][0]["extensions"]["code"] if "errors" in body else body["data"]["me"]

    async def refuses(self, token: str, status: int, code: str) -> None:
        await problem(await self.get(token), status, code)
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 0
        assert await db.fetchval("SELECT count(*) FROM audit_entry") == 0


class TestBearer:
    async def test_is_a_person_from_the_first_request_on(self, api: Api, clerk: FakeIssuer) -> None:
        first = await api.me(clerk.token(**ADA))
        assert first["email"] == "ada@x.example"
        assert await api.me(clerk.token(**ADA)) == first
        assert await db.fetchval("SELECT count(*) FROM user_session") == 0
        assert clerk.calls == ["/.well-known/openid-configuration", "/jwks"]

    async def test_is_one_person_of_fifty_first_requests_at_once(self, api: Api, clerk: FakeIssuer) -> None:
        token = clerk.token(**ADA)
        found = await asyncio.gather(*(api.me(token) for _ in range(50)))
        assert len({person["id"] for person in found}) == 1
        assert await db.fetchval("SELECT count(*) FROM user_account") == 1
        assert clerk.calls == ["/.well-known/openid-configuration", "/jwks"], "asked once for all of them"

    @pytest.mark.parametrize(
        "claims",
        [
            {"sub": None},
            {"sub": 7},
            {"sub": "a" * 256},
            {"sub": "a\0b"},
            {"exp": None},
            {"exp": True},
            {"exp": 10**30},
            {"iat": 4_000_000_000},
            {"nbf": 4_000_000_000},
        ],
        ids=str,
    )
    async def test_is_refused_with(self, api: Api, clerk: FakeIssuer, claims: dict[str, Any]) -> None:
        await api.refuses(clerk.token(**{**ADA, **claims}), 401, "token_invalid")

    async def test_is_refused_once_it_has_expired(self, api: Api, clerk: FakeIssuer) -> None:
        await api.refuses(clerk.token(**{**ADA, "exp": int(utcnow().timestamp()) - 1}), 401, "token_expired")

    async def test_is_refused_when_nobody_signed_it(self, api: Api, clerk: FakeIssuer) -> None:
        claims = clerk.claims(**ADA)
        good = clerk.sign(claims)
        head, _, signature = good.split(".")
        for forged in (
            issuer.unsigned(claims, kid="rsa-1"),
            issuer.signed_with_public_key(claims, RSA_KEY),
            f"{head}.{issuer.part({**claims, 'sub': 'eve'})}.{signature}",
            good.rpartition(".")[0] + ".",
            f"{good}.x",
        ):
            await api.refuses(forged, 401, "token_invalid")

    async def test_is_refused_when_it_brings_its_own_key(self, api: Api, clerk: FakeIssuer) -> None:
        async with issuer.issuing() as evil:
            evil.keys, clerk.signing = [OTHER_RSA_KEY], OTHER_RSA_KEY
            for header in (
                {"jku": f"{evil.url}/jwks"},
                {"kid": "rsa-1", "x5u": f"{evil.url}/jwks", "jwk": OTHER_RSA_KEY.as_dict(private=False)},
                {"crit": ["exp"]},
                {"kid": 7},
            ):
                clerk.header = header
                await api.refuses(clerk.token(**ADA), 401, "token_invalid")
            assert evil.calls == []

    async def test_of_another_issuer_is_none_of_ours(self, api: Api, clerk: FakeIssuer) -> None:
        await api.refuses(clerk.token(**{**ADA, "iss": "https://evil.example"}), 401, "token_invalid")
        assert clerk.calls == []

    async def test_makes_nobody_ask_the_issuer_for_keys_all_the_time(
        self, api: Api, clerk: FakeIssuer
    ) -> None:
        for number in range(30):
            clerk.header = {"kid": f"made-up-{number}"}
            await api.refuses(clerk.token(**ADA), 401, "token_invalid")
        assert clerk.calls.count("/jwks") == 1

    async def test_is_good_under_a_new_key(self, server: Any, clerk: FakeIssuer) -> None:
        services, now = server.app[SERVICES], utcnow()

        async def read(seconds: float = 0) -> Any:
            then = now + COOLDOWN * (seconds > 0)
            return await read_credential(services, f"Bearer {clerk.token(**ADA)}", now=then)

        before = await read()
        clerk.keys, clerk.signing, clerk.alg = [EC_KEY], EC_KEY, "ES256"
        assert (await read()).refusal.code == "token_invalid", "it was asked a moment ago"
        assert (await read(30)).principal == before.principal
        clerk.signing, clerk.alg = RSA_KEY, "RS256"
        assert (await read(30)).refusal.code == "token_invalid", "the old key is gone"

    async def test_cannot_be_judged_while_the_issuer_is_away(self, api: Api, clerk: FakeIssuer) -> None:
        clerk.jwks_status = 500
        for _ in range(10):
            await api.refuses(clerk.token(**ADA), 503, "issuer_unavailable")
        assert clerk.calls.count("/jwks") == 1

    async def test_counts_for_its_address_while_it_cannot_be_judged(
        self, settings: Settings, clerk: FakeIssuer
    ) -> None:
        """Whoever makes one up would else ask as often as they like for as long as the issuer is away."""
        clerk.jwks_status = 500
        limited = replace(settings, issuers=Issuers(bearer=BearerSettings(clerk.url)))
        async with serving(limited) as server, aiohttp.ClientSession(server.make_url("/")) as session:
            answer = await Api(session).get(clerk.token(**ADA))
            await problem(answer, 503, "issuer_unavailable")
        assert answer.headers["RateLimit-Policy"] == f'"ip";q={plans.ADDRESS.amount};w=60'

    async def test_needs_an_address_the_first_time(self, api: Api, clerk: FakeIssuer) -> None:
        await api.refuses(clerk.token(sub="ada-1"), 401, "email_missing")
        await api.me(clerk.token(**ADA))
        assert (await api.me(clerk.token(sub="ada-1")))["email"] == "ada@x.example"

    async def test_is_no_way_into_the_account_of_another(
        self, settings: Settings, api: Api, clerk: FakeIssuer
    ) -> None:
        owner = await tenant(settings)
        assert await api.me(clerk.token(**{**ADA, "email": owner.email})) == "account_exists"
        assert await db.fetchval("SELECT count(*) FROM external_identity") == 0

    async def test_lets_our_own_credentials_pass(
        self, settings: Settings, api: Api, clerk: FakeIssuer
    ) -> None:
        owner = await tenant(settings)
        own = orgs.bearer(settings, owner.owner)["Authorization"].removeprefix("Bearer ")
        assert (await api.get(own)).status == 200
        assert (await api.get(owner.token)).status == 200
        assert clerk.calls == []

    async def test_has_the_rights_of_this_moment_at_one_query(
        self, settings: Settings, server: Any, clerk: FakeIssuer
    ) -> None:
        owner = await tenant(settings)
        services, claims = server.app[SERVICES], clerk.claims(**ADA)
        authorization = f"Bearer {clerk.sign(claims)}"
        first = (await read_credential(services, authorization, now=utcnow())).principal
        await orgs.join(owner, first, Role.VIEWER)

        with recorded() as sent:
            found = (await read_credential(services, authorization, now=utcnow())).principal
        assert set(found.orgs) == {owner.org_id}
        assert found.plans == {owner.org_id: "PRO@1"}
        assert found.session_id is None
        assert found.expires_at is not None
        assert int(found.expires_at.timestamp()) == claims["exp"]
        assert len(sent) == 1

        await db.execute("DELETE FROM membership WHERE user_id = $1", first.id)
        assert not (await read_credential(services, authorization, now=utcnow())).principal.orgs

    async def test_may_be_as_long_as_a_header_allows(self, api: Api, clerk: FakeIssuer) -> None:
        long = clerk.token(**ADA, filler="a" * 2_000)
        assert len(long) < authentication._MAX_LENGTH
        assert (await api.get(long)).status == 200


@asynccontextmanager
async def trusting(settings: Settings, bearer: BearerSettings) -> AsyncIterator[Api]:
    async with (
        site(settings, Issuers(bearer=bearer)) as running,
        aiohttp.ClientSession(running.make_url("/")) as session,
    ):
        yield Api(session)


class TestAudience:
    @pytest.mark.parametrize("aud", ["us", ["us"], ["them", "us"]])
    async def test_may_name_others_too(self, settings: Settings, clerk: FakeIssuer, aud: Any) -> None:
        async with trusting(settings, BearerSettings(clerk.url, audience="us")) as api:
            assert (await api.get(clerk.token(**ADA, aud=aud))).status == 200

    @pytest.mark.parametrize("aud", [None, "them", ["them"], [], "us2", {"us": 1}, 7])
    async def test_has_to_be_ours_where_one_is_set(
        self, settings: Settings, clerk: FakeIssuer, aud: Any
    ) -> None:
        async with trusting(settings, BearerSettings(clerk.url, audience="us")) as api:
            await api.refuses(clerk.token(**ADA, aud=aud), 401, "token_invalid")


class TestJwksUrl:
    async def test_spares_the_discovery(self, settings: Settings, clerk: FakeIssuer) -> None:
        async with trusting(settings, BearerSettings(clerk.url, f"{clerk.url}/jwks")) as api:
            assert (await api.get(clerk.token(**ADA))).status == 200
        assert clerk.calls == ["/jwks"]


class TestWithoutIssuer:
    async def test_no_token_but_our_own_is_accepted(self, settings: Settings, clerk: FakeIssuer) -> None:
        async with (
            site(settings, Issuers()) as running,
            aiohttp.ClientSession(running.make_url("/")) as session,
        ):
            await Api(session).refuses(clerk.token(**ADA), 401, "token_invalid")
        assert clerk.calls == []
