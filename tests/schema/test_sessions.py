"""Signing up, going on with a session, listing sessions and ending them, with tokens in the answer."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from app.accounts import attempts
from app.accounts.keys import AccountKeys
from app.accounts.links import limits as mail_limits
from app.accounts.types import SignedIn
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db, telemetry
from tests.factories import limits, sessions
from tests.factories.orgs import Tenant, bearer
from tests.fakes.web import serving
from tests.schema.conftest import Asker, Json

PASSWORD = "correct horse battery staple"
PROBLEM = """... on Problem { code message } ... on InvalidInput { errors { field code } }
  ... on LimitReached { retryAfterSeconds }"""
TOKENS = "... on SignedIn { user { email } sessionId accessToken refreshToken refreshExpiresAt csrfToken }"
SIGN_UP = f"""mutation($input: SignUpInput!) {{ signUp(input: $input) {{
  __typename ... on SignUpAccepted {{ email }} {PROBLEM} }} }}"""
SIGN_IN = f"""mutation($input: SignInInput!) {{ signIn(input: $input) {{
  __typename {TOKENS} {PROBLEM} }} }}"""
REFRESH = f"""mutation($token: String) {{ refreshSession(input: {{refreshToken: $token}}) {{
  __typename {TOKENS} {PROBLEM} }} }}"""
SESSIONS = "{ sessions { id method createdAt lastSeenAt expiresAt ip userAgent isCurrent } }"
ENDED = f"{{ __typename ... on SessionsEnded {{ ids }} {PROBLEM} }}"
SIGN_OUT = f"mutation($input: SignOutInput!) {{ signOut(input: $input) {ENDED} }}"
REVOKE = f"mutation($id: ID!) {{ revokeSession(input: {{id: $id}}) {ENDED} }}"
REVOKE_OTHERS = f"mutation($keep: ID) {{ revokeOtherSessions(input: {{keep: $keep}}) {ENDED} }}"


def keys(settings: Settings) -> AccountKeys:
    return AccountKeys.derive(settings.secret_key)


def ses(signed_in: SignedIn) -> str:
    return ids.encode("ses", signed_in.session_id)


@pytest.fixture
async def laptop(acme: Tenant, settings: Settings) -> SignedIn:
    return await sessions.begun(keys(settings), acme.owner, now=utcnow())


@pytest.fixture
async def phone(acme: Tenant, settings: Settings) -> SignedIn:
    return await sessions.begun(keys(settings), acme.owner, now=utcnow())


@pytest.fixture
async def theirs(rival: Tenant, settings: Settings) -> SignedIn:
    return await sessions.begun(keys(settings), rival.owner, now=utcnow())


@pytest.fixture
def asker(session: aiohttp.ClientSession, laptop: SignedIn) -> Asker:
    return Asker(session, {"Authorization": f"Bearer {laptop.access.token}"})


class TestSignUp:
    async def test_answers_the_same_for_a_new_address_and_a_taken_one(
        self, nobody: Asker, acme: Tenant
    ) -> None:
        answers = []
        for email in ("new@acme.example", acme.email):
            variables = {"input": {"email": email, "name": "Ada", "password": PASSWORD}}
            answer = (await nobody.ask(SIGN_UP, variables))["signUp"]
            assert answer.pop("email") == email
            answers.append(answer)

        assert answers == [{"__typename": "SignUpAccepted"}] * 2

    async def test_answers_sign_in_the_same_afterwards(self, nobody: Asker, acme: Tenant) -> None:
        """Otherwise the first attempt would tell what the sign-up did not."""
        answers = []
        for email in ("new@acme.example", acme.email):
            credentials = {"email": email, "password": PASSWORD}
            await nobody.ask(SIGN_UP, {"input": {**credentials, "name": "Ada"}})
            answers.append((await nobody.ask(SIGN_IN, {"input": credentials}))["signIn"])

        assert answers[0] == answers[1]
        assert answers[0]["code"] == "wrong_credentials"

    async def test_names_every_wrong_field_at_once(self, nobody: Asker) -> None:
        answer = (await nobody.ask(SIGN_UP, {"input": {"email": "x", "name": "", "password": "x"}}))["signUp"]
        assert [(e["field"], e["code"]) for e in answer["errors"]] == [
            ("email", "invalid_email"),
            ("name", "length"),
            ("password", "length"),
        ]

    async def test_leaves_the_password_in_no_log_line(self, nobody: Asker) -> None:
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            variables = {"input": {"email": "ada@x.example", "name": "Ada", "password": PASSWORD}}
            await nobody.ask(SIGN_UP, variables)
        assert logs
        assert PASSWORD not in repr(logs)


class TestRefreshSession:
    async def test_gives_tokens_that_work(self, nobody: Asker, laptop: SignedIn, acme: Tenant) -> None:
        answer = (await nobody.ask(REFRESH, {"token": laptop.refresh.token}))["refreshSession"]

        assert answer["__typename"] == "SignedIn"
        assert answer["user"] == {"email": acme.email}
        assert answer["sessionId"] == ses(laptop)
        assert answer["csrfToken"] is None
        renewed = Asker(nobody.session, {"Authorization": f"Bearer {answer['accessToken']}"})
        assert (await renewed.ask("{ me { email } }"))["me"] == {"email": acme.email}
        again = (await nobody.ask(REFRESH, {"token": answer["refreshToken"]}))["refreshSession"]
        assert again["__typename"] == "SignedIn"

    async def test_of_a_token_that_was_used_ends_the_session_for_both(
        self, nobody: Asker, asker: Asker, laptop: SignedIn
    ) -> None:
        following = (await nobody.ask(REFRESH, {"token": laptop.refresh.token}))["refreshSession"]

        answers = [
            (await nobody.ask(REFRESH, {"token": token}))["refreshSession"]
            for token in (laptop.refresh.token, following["refreshToken"], "lkr_unknown")
        ]

        assert answers[0] == answers[1] == answers[2], "who replays learns nothing"
        assert answers[0]["__typename"] == "RefreshRefused"
        assert answers[0]["code"] == "refresh_refused"
        for token in (laptop.access.token, following["accessToken"]):
            stale = Asker(nobody.session, {"Authorization": f"Bearer {token}"})
            refused = await stale.refusal("{ me { email } }")
            assert refused["extensions"]["code"] == "session_ended"

    async def test_works_beside_an_expired_access_token(
        self, session: aiohttp.ClientSession, laptop: SignedIn, acme: Tenant, settings: Settings
    ) -> None:
        stale = Asker(session, bearer(settings, acme.owner, minutes_ago=60))
        answer = (await stale.ask(REFRESH, {"token": laptop.refresh.token}))["refreshSession"]
        assert answer["__typename"] == "SignedIn"


class TestSessions:
    async def test_are_ones_own(
        self, asker: Asker, laptop: SignedIn, phone: SignedIn, theirs: SignedIn
    ) -> None:
        found = (await asker.ask(SESSIONS))["sessions"]

        # The oldest is that of the factory.
        assert [each["id"] for each in found[:-1]] == [ses(phone), ses(laptop)]
        assert [each["isCurrent"] for each in found] == [False, True, False]
        assert (found[1]["method"], found[1]["ip"], found[1]["userAgent"]) == (
            "password",
            "192.0.2.7",
            "Firefox",
        )

    async def test_are_none_of_a_key(self, key: Asker) -> None:
        assert (await key.refusal(SESSIONS))["extensions"]["code"] == "forbidden"


class TestSignOut:
    async def test_ends_the_session_that_asks(self, asker: Asker, laptop: SignedIn, phone: SignedIn) -> None:
        answer = (await asker.ask(SIGN_OUT, {"input": {}}))["signOut"]

        assert answer == {"__typename": "SessionsEnded", "ids": [ses(laptop)]}
        assert (await asker.refusal(SESSIONS))["extensions"]["code"] == "session_ended"
        other = Asker(asker.session, {"Authorization": f"Bearer {phone.access.token}"})
        assert ses(laptop) not in [each["id"] for each in (await other.ask(SESSIONS))["sessions"]]

    async def test_everywhere_ends_all(self, asker: Asker, laptop: SignedIn, phone: SignedIn) -> None:
        answer = (await asker.ask(SIGN_OUT, {"input": {"everywhere": True}}))["signOut"]

        assert {ses(laptop), ses(phone)} <= set(answer["ids"])
        other = Asker(asker.session, {"Authorization": f"Bearer {phone.access.token}"})
        assert (await other.refusal(SESSIONS))["extensions"]["code"] == "session_ended"


class TestRevokeSession:
    async def test_refuses_its_tokens_from_the_next_request_on(self, asker: Asker, phone: SignedIn) -> None:
        other = Asker(asker.session, {"Authorization": f"Bearer {phone.access.token}"})
        await other.ask(SESSIONS)

        assert (await asker.ask(REVOKE, {"id": ses(phone)}))["revokeSession"]["ids"] == [ses(phone)]

        assert (await other.refusal(SESSIONS))["extensions"]["code"] == "session_ended"
        answer = (await asker.ask(REFRESH, {"token": phone.refresh.token}))["refreshSession"]
        assert answer["code"] == "refresh_refused"

    async def test_answers_for_that_of_another_as_for_none(
        self, asker: Asker, acme: Tenant, theirs: SignedIn
    ) -> None:
        answers = [
            (await asker.ask(REVOKE, {"id": id_}))["revokeSession"]
            for id_ in (ses(theirs), ids.encode("ses", ids.uuid7()), "nonsense", acme.org)
        ]

        assert answers == [answers[0]] * 4
        assert answers[0]["__typename"] == "Missing"
        other = Asker(asker.session, {"Authorization": f"Bearer {theirs.access.token}"})
        await other.ask(SESSIONS)


class TestRevokeOtherSessions:
    async def test_leaves_the_one_that_asks(self, asker: Asker, laptop: SignedIn, phone: SignedIn) -> None:
        answer = (await asker.ask(REVOKE_OTHERS))["revokeOtherSessions"]

        assert ses(phone) in answer["ids"]
        assert ses(laptop) not in answer["ids"]
        assert [each["id"] for each in (await asker.ask(SESSIONS))["sessions"]] == [ses(laptop)]

    @pytest.mark.parametrize("keep", ["theirs", "nonsense"])
    async def test_ends_none_where_the_one_to_keep_is_not_ones_own(
        self, asker: Asker, phone: SignedIn, theirs: SignedIn, keep: str
    ) -> None:
        variables = {"keep": ses(theirs) if keep == "theirs" else keep}
        answer = (await asker.ask(REVOKE_OTHERS, variables))["revokeOtherSessions"]

        assert answer["__typename"] == "Missing"
        assert await db.fetchval("SELECT count(*) FROM user_session WHERE revoked_at IS NOT NULL") == 0


class TestAttempts:
    """With limits, unlike the rest."""

    @pytest.fixture
    async def limited(self, settings: Settings) -> AsyncIterator[TestServer]:
        async with serving(settings) as running:
            yield running

    async def ask(self, server: TestServer, document: str, variables: Json) -> Any:
        async with aiohttp.ClientSession(server.make_url("/")) as session:
            [answer] = (await Asker(session, {}).ask(document, variables)).values()
            return answer

    async def test_past_the_limit_are_a_problem_that_says_when_to_come_back(
        self, limited: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        for email in (acme.email, "nobody@acme.example"):
            [*_, (_, mine)] = attempts.of(keys(settings).attempts, email, "127.0.0.1")
            limits.empty(settings, mine.bucket, mine.quota)
            answer = await self.ask(limited, SIGN_IN, {"input": {"email": email, "password": "x"}})
            assert (answer["__typename"], answer["code"]) == ("LimitReached", "too_many_attempts")
            assert 0 < answer["retryAfterSeconds"] <= 90

    async def test_to_sign_up_are_as_many_for_a_taken_address(
        self, limited: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        for email in (acme.email, "nobody@acme.example"):
            [(_, mails), _] = mail_limits.of_mails(email, "127.0.0.1")
            limits.empty(settings, mails.bucket, mails.quota)
            variables = {"input": {"email": email, "name": "Ada", "password": PASSWORD}}
            answer = await self.ask(limited, SIGN_UP, variables)
            assert (answer["__typename"], answer["code"]) == ("LimitReached", "too_many_attempts")

    async def test_leave_open_sessions_alone(
        self, limited: TestServer, laptop: SignedIn, acme: Tenant, settings: Settings
    ) -> None:
        for _, demand in attempts.of(keys(settings).attempts, acme.email, "127.0.0.1"):
            limits.empty(settings, demand.bucket, demand.quota)
        async with aiohttp.ClientSession(limited.make_url("/")) as session:
            asker = Asker(session, {"Authorization": f"Bearer {laptop.access.token}"})
            assert (await asker.ask("{ me { email } }"))["me"] == {"email": acme.email}
            answer = (await asker.ask(REFRESH, {"token": laptop.refresh.token}))["refreshSession"]
            assert answer["__typename"] == "SignedIn"
