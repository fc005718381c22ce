"""Links sent by mail, and the passwords that they reset."""

from collections.abc import AsyncIterator

import aiohttp
import argon2
import graphql
import pytest
import redis as redis_py
from aiohttp.test_utils import TestServer

from app.accounts.keys import AccountKeys
from app.accounts.links import limits
from app.accounts.links.purposes import Purpose
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db, hashing
from app.web import pages
from tests.factories import links, orgs
from tests.factories.links import mailed
from tests.factories.orgs import Tenant
from tests.fakes.web import serving
from tests.schema.conftest import Asker, Json
from tests.schema.test_sdl import BUILT
from tests.waiting import until

NEW = "a new and better passphrase"
SIGN_IN = "mutation($input: SignInInput!) { signIn(input: $input) { __typename } }"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real algorithm with the least work: what it costs is tested elsewhere."""
    monkeypatch.setattr(hashing, "_hasher", argon2.PasswordHasher(1, 8, 1))


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await orgs.tenant(settings)
    await orgs.with_password(made)
    return made


def mutation(name: str, *, takes_input: bool = True) -> str:
    kind = name[0].upper() + name[1:]
    head, argument = (f"($input: {kind}Input!)", "(input: $input)") if takes_input else ("", "")
    return f"""mutation{head} {{ outcome: {name}{argument} {{
      __typename
      ... on Problem {{ code message }}
      ... on InvalidInput {{ errors {{ field code message }} }}
    }} }}"""


async def done(asker: Asker, name: str, **fields: str) -> Json:
    outcome: Json = (await asker.ask(mutation(name), {"input": fields}))["outcome"]
    return outcome


async def can_sign_in(nobody: Asker, acme: Tenant, password: str) -> bool:
    answer = await nobody.ask(SIGN_IN, {"input": {"email": acme.email, "password": password}})
    return bool(answer["signIn"]["__typename"] == "SignedIn")


class TestRequestEmailVerification:
    DOCUMENT = mutation("requestEmailVerification", takes_input=False)

    async def test_mails_a_link_that_confirms_the_address_once(
        self, owner: Asker, nobody: Asker, acme: Tenant, settings: Settings
    ) -> None:
        await orgs.unconfirmed(acme)
        assert (await owner.ask("{ me { emailVerified } }"))["me"] == {"emailVerified": False}
        asked = await owner.ask(self.DOCUMENT)
        assert asked["outcome"]["__typename"] == "EmailVerificationRequested"
        [token] = await mailed(AccountKeys.derive(settings.secret_key))

        # In a session of the account: whoever opens the link in none is signed out everywhere.
        first, second = [await done(asker, "verifyEmail", token=token) for asker in (owner, nobody)]

        assert first == {"__typename": "EmailVerified"}
        assert (second["__typename"], second["code"]) == ("InvalidInput", "link_invalid")
        assert [error["field"] for error in second["errors"]] == ["token"]
        assert (await owner.ask("{ me { emailVerified } }"))["me"] == {"emailVerified": True}
        again = (await owner.ask(self.DOCUMENT))["outcome"]
        assert (again["__typename"], again["code"]) == ("Conflict", "email_already_verified")

    async def test_needs_a_person(self, nobody: Asker, key: Asker) -> None:
        assert (await nobody.refusal(self.DOCUMENT))["extensions"]["code"] == "unauthenticated"
        assert (await key.refusal(self.DOCUMENT))["extensions"]["code"] == "forbidden"


class TestRequestPasswordReset:
    async def test_answers_alike_whether_or_not_anybody_has_the_address(
        self, nobody: Asker, acme: Tenant
    ) -> None:
        answers = [
            await done(nobody, "requestPasswordReset", email=email)
            for email in (acme.email, "nobody@acme.example")
        ]

        assert answers == [{"__typename": "PasswordResetRequested"}] * 2
        assert len(await mailed()) == 1

    @pytest.mark.parametrize("email", ["", "nobody", "x" * 300 + "@x.example"])
    async def test_names_an_address_that_is_none(self, nobody: Asker, email: str) -> None:
        refused = await done(nobody, "requestPasswordReset", email=email)

        assert refused["code"] == "invalid_input"
        assert [error["field"] for error in refused["errors"]] == ["email"]

    async def test_names_a_character_that_cannot_be_looked_for(self, nobody: Asker) -> None:
        refused = await done(nobody, "requestPasswordReset", email="a\0@x.example")

        assert refused["code"] == "invalid_input"


class TestResetPassword:
    async def test_sets_the_password_and_ends_the_sessions(
        self, nobody: Asker, owner: Asker, acme: Tenant, settings: Settings
    ) -> None:
        await done(nobody, "requestPasswordReset", email=acme.email)
        [token] = await mailed(AccountKeys.derive(settings.secret_key))
        assert await owner.ask("{ me { id } }")

        outcome = await done(nobody, "resetPassword", token=token, password=NEW)

        assert outcome == {"__typename": "PasswordReset"}
        assert (await owner.refusal("{ me { id } }"))["extensions"]["code"] == "session_ended"
        assert await can_sign_in(nobody, acme, NEW)
        assert not await can_sign_in(nobody, acme, orgs.PASSWORD)
        again = await done(nobody, "resetPassword", token=token, password=NEW + "!")
        assert (again["__typename"], again["code"]) == ("InvalidInput", "link_invalid")

    @pytest.mark.parametrize("token", ["", "x", "otl_01", "\0", "ü" * 1000])
    async def test_answers_nonsense_as_a_link_that_is_no_good(self, nobody: Asker, token: str) -> None:
        refused = await done(nobody, "resetPassword", token=token, password=NEW)

        assert refused["code"] == "link_invalid"

    async def test_repeats_neither_link_nor_password(
        self, nobody: Asker, acme: Tenant, settings: Settings
    ) -> None:
        keys = AccountKeys.derive(settings.secret_key)
        token = await links.made(acme, Purpose.VERIFY_EMAIL, created_at=utcnow(), keys=keys)
        result = await nobody.send(
            mutation("resetPassword"), {"input": {"token": token, "password": "hunter2-hunter2"}}
        )

        assert result["data"]["outcome"]["code"] == "link_invalid"
        assert token not in str(result)
        assert "hunter2" not in str(result)


class TestChangePassword:
    async def test_changes_it_and_keeps_the_session_that_asks(
        self, nobody: Asker, owner: Asker, acme: Tenant
    ) -> None:
        outcome = await done(owner, "changePassword", current=orgs.PASSWORD, new=NEW)

        assert outcome == {"__typename": "PasswordChanged"}
        assert await owner.ask("{ me { id } }")
        assert await can_sign_in(nobody, acme, NEW)
        assert not await can_sign_in(nobody, acme, orgs.PASSWORD)

    async def test_needs_the_current_password(self, nobody: Asker, owner: Asker, acme: Tenant) -> None:
        refused = await done(owner, "changePassword", current="not the password", new=NEW)

        assert (refused["__typename"], refused["code"]) == ("WrongCredentials", "wrong_credentials")
        assert await can_sign_in(nobody, acme, orgs.PASSWORD)

    async def test_needs_a_person(self, nobody: Asker, key: Asker) -> None:
        variables = {"input": {"current": orgs.PASSWORD, "new": NEW}}
        document = mutation("changePassword")

        assert (await nobody.refusal(document, variables))["extensions"]["code"] == "unauthenticated"
        assert (await key.refusal(document, variables))["extensions"]["code"] == "forbidden"


class TestLimits:
    @pytest.fixture
    async def limited(self, settings: Settings) -> AsyncIterator[Asker]:
        async with serving(settings) as server, aiohttp.ClientSession(server.make_url("/")) as session:
            yield Asker(session, {})

    async def test_of_mails_are_errors_with_a_code_known_or_unknown(
        self, limited: Asker, acme: Tenant
    ) -> None:
        seen = []
        for email in (acme.email, "nobody@acme.example"):
            for _ in range(limits.PER_ACCOUNT.amount):
                await done(limited, "requestPasswordReset", email=email)
            error = await limited.refusal(mutation("requestPasswordReset"), {"input": {"email": email}})
            seen.append((error["extensions"]["code"], error["path"]))
        assert seen == [("rate_limited", ["outcome"])] * 2


class TestQueues:
    async def test_hold_no_token(
        self, server: TestServer, owner: Asker, acme: Tenant, settings: Settings
    ) -> None:
        await orgs.unconfirmed(acme)
        keys = AccountKeys.derive(settings.secret_key)
        await owner.ask(mutation("requestEmailVerification", takes_input=False))
        await done(owner, "requestPasswordReset", email=acme.email)
        tokens = await mailed(keys)
        assert len(tokens) == 2
        with redis_py.Redis.from_url(settings.require_redis_url()) as client:
            await until(lambda: client.llen("dramatiq:mails") == 2, "the messages to reach the queue")
            queued = str([client.dump(key) for key in client.scan_iter("*")])
        waiting = str([tuple(row) for row in await db.fetch("SELECT m::text FROM outbox_message m")])

        assert "send_link" in queued
        for token in tokens:
            signature = token.partition(".")[2]
            assert signature not in queued
            assert signature not in waiting


class TestPages:
    def test_send_documents_that_the_schema_knows(self) -> None:
        document = graphql.parse((pages.STATIC / "account.graphql").read_text("utf-8"))

        assert graphql.validate(BUILT, document) == []
        operations = {
            node.name.value
            for node in document.definitions
            if isinstance(node, graphql.OperationDefinitionNode) and node.name
        }
        forms = "".join(
            (pages.STATIC / name).read_text("utf-8") for name in ("verify-email.html", "reset-password.html")
        )
        assert {part.split('"')[0] for part in forms.split('data-operation="')[1:]} == operations
