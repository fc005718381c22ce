"""Signing in, and reading people and orgs."""

import pytest
from structlog.testing import capture_logs

from app.core import ids
from app.core.config import Settings
from app.core.principal import Role
from app.infra import telemetry
from tests.factories import jobs, orgs
from tests.factories.orgs import Tenant, bearer
from tests.schema.conftest import Asker

SIGN_IN = """mutation($input: SignInInput!) { signIn(input: $input) {
  __typename
  ... on SignedIn { accessToken expiresAt user { id email name } }
  ... on Problem { code message }
  ... on InvalidInput { errors { field code message } }
} }"""


class TestSignIn:
    async def test_with_the_right_password_begins_a_session(self, nobody: Asker, acme: Tenant) -> None:
        await orgs.with_password(acme)
        variables = {"input": {"email": acme.email.upper(), "password": orgs.PASSWORD}}

        signed_in = (await nobody.ask(SIGN_IN, variables))["signIn"]

        assert signed_in["__typename"] == "SignedIn"
        assert signed_in["user"] == {
            "id": ids.encode("user", acme.owner.id),
            "email": acme.email,
            "name": "Owner of acme",
        }
        asker = Asker(nobody.session, {"Authorization": f"Bearer {signed_in['accessToken']}"})
        assert (await asker.ask("{ me { email } }"))["me"] == {"email": acme.email}

    async def test_with_a_stale_token_in_the_header_works_all_the_same(
        self, nobody: Asker, acme: Tenant, settings: Settings
    ) -> None:
        await orgs.with_password(acme)
        stale = Asker(nobody.session, bearer(settings, acme.owner, minutes_ago=60))
        variables = {"input": {"email": acme.email, "password": orgs.PASSWORD}}
        assert (await stale.ask(SIGN_IN, variables))["signIn"]["__typename"] == "SignedIn"

    async def test_says_the_same_of_a_wrong_password_and_of_nobody(self, nobody: Asker, acme: Tenant) -> None:
        await orgs.with_password(acme)
        answers = [
            (await nobody.ask(SIGN_IN, {"input": {"email": email, "password": "wrong"}}))["signIn"]
            for email in (acme.email, "nobody@acme.example")
        ]
        assert answers[0] == answers[1]
        assert answers[0]["__typename"] == "WrongCredentials"
        assert answers[0]["code"] == "wrong_credentials"

    async def test_names_every_wrong_field_at_once(self, nobody: Asker) -> None:
        answer = (await nobody.ask(SIGN_IN, {"input": {"email": "nobody", "password": ""}}))["signIn"]
        assert (answer["__typename"], answer["code"]) == ("InvalidInput", "invalid_input")
        assert {(e["field"], e["code"]) for e in answer["errors"]} == {
            ("email", "invalid_email"),
            ("password", "length"),
        }

    async def test_refuses_nul_which_postgresql_cannot_store(self, nobody: Asker) -> None:
        variables = {"input": {"email": "a\0@b.example", "password": "x"}}
        answer = (await nobody.ask(SIGN_IN, variables))["signIn"]
        assert answer["__typename"] in ("InvalidInput", "WrongCredentials")

    async def test_leaves_the_password_in_no_log_line(self, nobody: Asker, acme: Tenant) -> None:
        await orgs.with_password(acme)
        with capture_logs(processors=[telemetry._add_facts]) as logs:
            for password in (orgs.PASSWORD, "hunter2-hunter2"):
                await nobody.ask(SIGN_IN, {"input": {"email": acme.email, "password": password}})
        assert logs
        assert "hunter2" not in repr(logs)
        assert orgs.PASSWORD not in repr(logs)


class TestMe:
    async def test_is_the_person_who_asks(self, owner: Asker, acme: Tenant) -> None:
        assert (await owner.ask("{ me { email createdAt } }"))["me"] == {
            "email": acme.email,
            "createdAt": "2026-11-20T10:00:00+00:00",
        }

    async def test_is_nobody_for_a_key(self, key: Asker) -> None:
        assert (await key.ask("{ me { email } }"))["me"] is None

    async def test_needs_a_credential(self, nobody: Asker) -> None:
        assert (await nobody.refusal("{ me { email } }"))["extensions"]["code"] == "unauthenticated"

    @pytest.mark.parametrize(
        ("authorization", "code"),
        [("Bearer lk_live_x", "api_key_invalid"), ("Bearer x", "token_invalid"), ("x", "unauthenticated")],
    )
    async def test_says_what_is_wrong_with_the_credential(
        self, nobody: Asker, authorization: str, code: str
    ) -> None:
        asker = Asker(nobody.session, {"Authorization": authorization})
        assert (await asker.refusal("{ me { email } }"))["extensions"]["code"] == code

    async def test_says_that_the_session_is_over(
        self, nobody: Asker, acme: Tenant, settings: Settings
    ) -> None:
        asker = Asker(nobody.session, bearer(settings, acme.owner, minutes_ago=16))
        assert (await asker.refusal("{ me { email } }"))["extensions"]["code"] == "token_expired"


class TestOrg:
    async def test_is_shown_with_its_workspaces(self, owner: Asker, acme: Tenant) -> None:
        data = await owner.ask(
            "query($id: ID!) { org(id: $id) { id name slug plan workspaces { name environment } } }",
            {"id": acme.org},
        )
        assert data["org"] == {
            "id": acme.org,
            "name": "Acme",
            "slug": "acme",
            "plan": "PRO",
            "workspaces": [
                {"name": "Live", "environment": "LIVE"},
                {"name": "Test", "environment": "TEST"},
            ],
        }

    async def test_of_others_answers_as_one_that_never_was(self, owner: Asker, rival: Tenant) -> None:
        seen = []
        for org_id in (rival.org, ids.encode("org", ids.uuid7()), "org_x", "job_x", ""):
            error = await owner.refusal("query($id: ID!) { org(id: $id) { name } }", {"id": org_id})
            del error["extensions"]["requestId"]
            seen.append(error)
        assert all(error == seen[0] for error in seen)
        assert seen[0]["extensions"]["code"] == "not_found"


class TestOrgs:
    async def test_are_those_one_belongs_to_by_name(
        self, settings: Settings, acme: Tenant, rival: Tenant, owner: Asker
    ) -> None:
        await orgs.tenant(settings, "zebra")
        await orgs.join(rival, acme.owner, Role.VIEWER)
        data = await owner.ask("{ orgs { name } }")
        assert data["orgs"] == [{"name": "Acme"}, {"name": "Rival"}]


class TestNode:
    QUERY = "query($id: ID!) { node(id: $id) { __typename id ... on Job { kind } ... on Org { slug } } }"

    async def test_finds_what_is_ones_own(self, owner: Asker, acme: Tenant) -> None:
        job_id = ids.encode("job", (await jobs.queued(acme)).id)
        assert (await owner.ask(self.QUERY, {"id": job_id}))["node"] == {
            "__typename": "Job",
            "id": job_id,
            "kind": "summarize",
        }
        assert (await owner.ask(self.QUERY, {"id": acme.org}))["node"]["slug"] == "acme"

    async def test_finds_nothing_of_others(self, stranger: Asker, acme: Tenant) -> None:
        job_id = ids.encode("job", (await jobs.queued(acme)).id)
        for node_id in (job_id, acme.org, "job_x", "nonsense", "", "job_\0"):
            assert (await stranger.ask(self.QUERY, {"id": node_id}))["node"] is None

    async def test_needs_a_credential(self, nobody: Asker, acme: Tenant) -> None:
        error = await nobody.refusal(self.QUERY, {"id": acme.org})
        assert error["extensions"]["code"] == "unauthenticated"
