"""The second factor."""

from datetime import timedelta

import argon2
import pytest
from structlog.testing import capture_logs

from app.accounts.keys import AccountKeys
from app.accounts.totp import service as totp
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Role
from app.infra import hashing, telemetry
from tests.factories import jobs, orgs
from tests.factories.factors import App, proved, set_up
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker, Json
from tests.schema.test_links import mutation

SIGN_IN = mutation("signIn")
ENABLE = """mutation($input: EnableTotpInput!) { outcome: enableTotp(input: $input) {
  __typename ... on TotpEnrolment { secret uri } ... on Problem { code message }
} }"""
CONFIRM = """mutation($input: ConfirmTotpInput!) { outcome: confirmTotp(input: $input) {
  __typename ... on TotpEnabled { recoveryCodes } ... on Problem { code message }
} }"""
REPLACE = """mutation($input: ReplaceRecoveryCodesInput!) { outcome: replaceRecoveryCodes(input: $input) {
  __typename ... on RecoveryCodesReplaced { recoveryCodes } ... on Problem { code message }
} }"""
DISABLE = mutation("disableTotp")
ME = "{ me { totpEnabled recoveryCodesLeft } }"
PROOF = {"input": {"password": orgs.PASSWORD}}
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real algorithm with the least work: what it costs is tested elsewhere."""
    monkeypatch.setattr(hashing, "_hasher", argon2.PasswordHasher(1, 8, 1))


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await orgs.tenant(settings)
    await orgs.with_password(made)
    return made


async def sign_in(asker: Asker, acme: Tenant, code: str | None = None, password: str = orgs.PASSWORD) -> Json:
    variables = {"input": {"email": acme.email, "password": password, "code": code}}
    outcome: Json = (await asker.ask(SIGN_IN, variables))["outcome"]
    return outcome


class TestSecondFactor:
    async def test_is_set_up_used_and_taken_away(self, owner: Asker, nobody: Asker, acme: Tenant) -> None:
        enrolment = (await owner.ask(ENABLE, PROOF))["outcome"]
        assert enrolment["uri"].startswith("otpauth://totp/LaunchKit:")
        app = App(enrolment["secret"])
        assert (await owner.ask(ME))["me"] == {"totpEnabled": False, "recoveryCodesLeft": 0}

        confirmed = (await owner.ask(CONFIRM, {"input": {"code": app.code(at=utcnow()), **PROOF["input"]}}))[
            "outcome"
        ]
        assert (await owner.ask(ME))["me"] == {"totpEnabled": True, "recoveryCodesLeft": 10}
        assert (await owner.ask(ENABLE, PROOF))["outcome"]["code"] == "totp_already_enabled"

        asked = await sign_in(nobody, acme)
        assert (asked["__typename"], asked["code"]) == ("SecondFactorRequired", "second_factor_required")
        code = app.code(at=utcnow() + STEP)
        assert (await sign_in(nobody, acme, code))["__typename"] == "SignedIn"
        replayed = await sign_in(nobody, acme, code)
        assert (replayed["__typename"], replayed["code"]) == ("WrongCredentials", "wrong_code")

        first, second, *_ = confirmed["recoveryCodes"]
        assert (await sign_in(nobody, acme, first))["__typename"] == "SignedIn"
        assert (await owner.ask(ME))["me"] == {"totpEnabled": True, "recoveryCodesLeft": 9}
        replaced = (await owner.ask(REPLACE, {"input": {"code": second}}))["outcome"]
        assert len(replaced["recoveryCodes"]) == 10

        wrong = (await owner.ask(DISABLE, {"input": {"code": second}}))["outcome"]
        assert (wrong["__typename"], wrong["code"]) == ("InvalidInput", "wrong_code")
        assert [error["field"] for error in wrong["errors"]] == ["code"]
        gone = (await owner.ask(DISABLE, {"input": {"code": replaced["recoveryCodes"][0]}}))["outcome"]
        assert gone == {"__typename": "TotpDisabled"}
        assert (await owner.ask(ME))["me"] == {"totpEnabled": False, "recoveryCodesLeft": 0}
        assert (await sign_in(nobody, acme))["__typename"] == "SignedIn"

    @pytest.mark.parametrize("given", [{}, {"password": "wrong"}])
    async def test_is_not_set_up_by_who_only_has_the_session(
        self, owner: Asker, acme: Tenant, settings: Settings, given: Json
    ) -> None:
        keys = AccountKeys.derive(settings.secret_key)
        enrolment = await totp.enable(proved(acme.owner), keys=keys, now=utcnow())
        code = App(enrolment.secret).code(at=utcnow())

        for document, variables in ((ENABLE, given), (CONFIRM, {"code": code, **given})):
            outcome = (await owner.ask(document, {"input": variables}))["outcome"]
            assert (outcome["__typename"], outcome["code"]) == ("InvalidInput", "wrong_password")
        assert (await owner.ask(ME))["me"] == {"totpEnabled": False, "recoveryCodesLeft": 0}

    async def test_is_not_told_to_who_does_not_know_the_password(
        self, nobody: Asker, acme: Tenant, settings: Settings
    ) -> None:
        without = await sign_in(nobody, acme, password="wrong")
        await set_up(acme.owner, keys=AccountKeys.derive(settings.secret_key), at=utcnow())

        assert await sign_in(nobody, acme, password="wrong") == without

    @pytest.mark.parametrize("document", [ENABLE, CONFIRM, REPLACE, DISABLE])
    async def test_needs_a_person(self, nobody: Asker, key: Asker, document: str) -> None:
        variables = {"input": {"code": "123456"}} if document is not ENABLE else PROOF

        assert (await nobody.refusal(document, variables))["extensions"]["code"] == "unauthenticated"
        assert (await key.refusal(document, variables))["extensions"]["code"] == "forbidden"

    async def test_leaves_its_secrets_in_no_log_line(self, owner: Asker, acme: Tenant) -> None:
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            app = App((await owner.ask(ENABLE, PROOF))["outcome"]["secret"])
            code = app.code(at=utcnow())
            confirmed = (await owner.ask(CONFIRM, {"input": {"code": code, **PROOF["input"]}}))["outcome"]
            await owner.ask(DISABLE, {"input": {"code": "zzzz-zzzz-zzzz-zzzz"}})

        assert logs
        for secret in (app.secret, code, "zzzz-zzzz", *confirmed["recoveryCodes"]):
            assert secret not in repr(logs)


class TestUser:
    async def test_shows_how_an_account_is_protected_to_its_person_alone(
        self, owner: Asker, key: Asker, acme: Tenant, settings: Settings
    ) -> None:
        colleague = await orgs.member(acme, Role.ADMIN)
        asker = Asker(owner.session, orgs.bearer(settings, colleague))
        await jobs.queued(acme, by=acme.owner)
        document = """query($org: ID!) { jobs(orgId: $org) { nodes { createdBy {
          ... on User { email emailVerified totpEnabled recoveryCodesLeft }
        } } } }"""

        seen = [
            (await who.ask(document, {"org": acme.org}))["jobs"]["nodes"][0]["createdBy"]
            for who in (owner, asker, key)
        ]

        hidden = {
            "email": acme.email,
            "emailVerified": None,
            "totpEnabled": None,
            "recoveryCodesLeft": None,
        }
        shown = {**hidden, "emailVerified": True, "totpEnabled": False, "recoveryCodesLeft": 0}
        assert seen == [shown, hidden, hidden]
