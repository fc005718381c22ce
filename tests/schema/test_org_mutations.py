"""Changing orgs, their members and their workspaces."""

from typing import Any

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.principal import Principal, Role
from app.infra import db
from tests.factories import orgs
from tests.factories.orgs import Tenant, bearer, snapshot
from tests.schema.conftest import Asker

PROBLEM = "__typename ... on Problem { code message } ... on InvalidInput { errors { field code } }"
CREATE_ORG = f"""mutation($input: CreateOrgInput!) {{ createOrg(input: $input) {{
  {PROBLEM} ... on CreatedOrg {{ isReplay org {{ id name slug plan workspaces {{ name }} }} }}
}} }}"""
UPDATE_ORG = f"""mutation($input: UpdateOrgInput!) {{ updateOrg(input: $input) {{
  {PROBLEM} ... on Org {{ name slug }}
}} }}"""
CREATE_WORKSPACE = f"""mutation($input: CreateWorkspaceInput!) {{ createWorkspace(input: $input) {{
  {PROBLEM} ... on CreatedWorkspace {{ isReplay workspace {{ id name environment }} }}
}} }}"""
RENAME_WORKSPACE = f"""mutation($input: RenameWorkspaceInput!) {{ renameWorkspace(input: $input) {{
  {PROBLEM} ... on Workspace {{ id name }}
}} }}"""
CHANGE_ROLE = f"""mutation($input: ChangeMemberRoleInput!) {{ changeMemberRole(input: $input) {{
  {PROBLEM} ... on Member {{ user {{ id }} role since }}
}} }}"""
REMOVE = f"""mutation($input: MemberInput!) {{ removeMember(input: $input) {{
  {PROBLEM} ... on EndedMembership {{ orgId userId }}
}} }}"""
LEAVE = f"""mutation($input: OrgInput!) {{ leaveOrg(input: $input) {{
  {PROBLEM} ... on EndedMembership {{ orgId userId }}
}} }}"""
TRANSFER = f"""mutation($input: MemberInput!) {{ transferOwnership(input: $input) {{
  {PROBLEM} ... on Member {{ user {{ id }} role }}
}} }}"""
REQUEST = f"""mutation($input: OrgInput!) {{ requestOrgDeletion(input: $input) {{
  {PROBLEM} ... on Org {{ deletionDueAt }}
}} }}"""
CANCEL = f"""mutation($input: OrgInput!) {{ cancelOrgDeletion(input: $input) {{
  {PROBLEM} ... on Org {{ deletionDueAt }}
}} }}"""
NOWHERE = ids.encode("org", ids.uuid7())


async def act(asker: Asker, document: str, **given: Any) -> Any:
    """The only result of a mutation."""
    [result] = (await asker.ask(document, {"input": given})).values()
    return result


def user(principal: Principal) -> str:
    return ids.encode("user", principal.id)


@pytest.fixture
def of(owner: Asker, settings: Settings) -> Any:
    """An asker for any person."""
    return lambda principal: Asker(owner.session, bearer(settings, principal))


class TestCreateOrg:
    @pytest.fixture(autouse=True)
    async def _confirmed(self, acme: Tenant) -> None:
        await db.execute("UPDATE user_account SET email_verified_at = now()")

    async def test_needs_a_confirmed_address(self, owner: Asker, acme: Tenant) -> None:
        await orgs.unconfirmed(acme)
        refused = await act(owner, CREATE_ORG, name="Second Thoughts")
        assert (refused["__typename"], refused["code"]) == ("Conflict", "email_unverified")
        assert len((await owner.ask("{ orgs { name } }"))["orgs"]) == 1

    async def test_makes_an_org_that_one_owns(self, owner: Asker) -> None:
        made = await act(owner, CREATE_ORG, name="Second Thoughts", idempotencyKey="k")
        again = await act(owner, CREATE_ORG, name="Second Thoughts", idempotencyKey="k")

        org = {"name": "Second Thoughts", "slug": "second-thoughts", "plan": "FREE"}
        assert made["org"] == org | {
            "id": made["org"]["id"],
            "workspaces": [{"name": "Live"}, {"name": "Test"}],
        }
        assert not made["isReplay"]
        assert again == made | {"isReplay": True}
        assert "Second Thoughts" in {org["name"] for org in (await owner.ask("{ orgs { name } }"))["orgs"]}

    async def test_tells_what_is_wrong(self, owner: Asker, key: Asker) -> None:
        invalid = await act(owner, CREATE_ORG, name="", slug="A")
        taken = await act(owner, CREATE_ORG, name="x", slug="acme")

        assert {error["field"] for error in invalid["errors"]} == {"name", "slug"}
        assert (taken["__typename"], taken["code"]) == ("Conflict", "slug_taken")
        refusal = await key.refusal(CREATE_ORG, {"input": {"name": "x"}})
        assert refusal["extensions"]["code"] == "person_needed"


class TestUpdateOrg:
    async def test_renames_it(self, owner: Asker, acme: Tenant) -> None:
        assert await act(owner, UPDATE_ORG, orgId=acme.org, name="New") == {
            "__typename": "Org",
            "name": "New",
            "slug": "acme",
        }

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        before = await snapshot()

        answers = [
            await act(stranger, UPDATE_ORG, orgId=org_id, name="Mine") for org_id in (acme.org, NOWHERE, "x")
        ]
        assert answers[0] == answers[1] == answers[2]
        assert (answers[0]["__typename"], answers[0]["code"]) == ("Missing", "not_found")
        assert await snapshot() == before


class TestWorkspaces:
    async def test_are_made_once_per_key(self, owner: Asker, acme: Tenant) -> None:
        given = {"orgId": acme.org, "name": "Staging", "environment": "TEST", "idempotencyKey": "k"}
        made = await act(owner, CREATE_WORKSPACE, **given)
        again = await act(owner, CREATE_WORKSPACE, **given)

        assert made["workspace"] | {"id": ""} == {"id": "", "name": "Staging", "environment": "TEST"}
        assert again == made | {"isReplay": True}
        document = "query($id: ID!) { workspaces(orgId: $id) { id name environment } }"
        listed = (await owner.ask(document, {"id": acme.org}))["workspaces"]
        assert [space["name"] for space in listed] == ["Live", "Test", "Staging"]
        assert listed[-1] == made["workspace"]

    async def test_are_found_as_nodes_by_their_own(self, owner: Asker, stranger: Asker, acme: Tenant) -> None:
        document = "query($id: ID!) { node(id: $id) { __typename id ... on Workspace { name } } }"
        node_id = ids.encode("ws", acme.test.id)

        found = (await owner.ask(document, {"id": node_id}))["node"]
        assert found == {"__typename": "Workspace", "id": node_id, "name": "Test"}
        assert (await stranger.ask(document, {"id": node_id}))["node"] is None

    async def test_are_renamed(self, owner: Asker, stranger: Asker, acme: Tenant) -> None:
        workspace_id = ids.encode("ws", acme.test.id)

        renamed = await act(owner, RENAME_WORKSPACE, workspaceId=workspace_id, name="Staging")
        taken = await act(owner, RENAME_WORKSPACE, workspaceId=workspace_id, name="Live")
        before = await snapshot()
        foreign = await act(stranger, RENAME_WORKSPACE, workspaceId=workspace_id, name="Mine")
        missing = await act(stranger, RENAME_WORKSPACE, workspaceId="ws_x", name="Mine")

        assert renamed["name"] == "Staging"
        assert taken["code"] == "workspace_name_taken"
        assert foreign == missing
        assert foreign["code"] == "workspace_not_found"
        assert await snapshot() == before


class TestMembers:
    DOCUMENT = """query($id: ID!, $after: String) { members(orgId: $id, first: 2, after: $after) {
      nodes { user { email } role since } pageInfo { hasNextPage endCursor }
    } }"""

    async def test_are_listed_who_joined_last_first(self, owner: Asker, acme: Tenant) -> None:
        for role in (Role.ADMIN, Role.VIEWER):
            await orgs.member(acme, role)

        first = (await owner.ask(self.DOCUMENT, {"id": acme.org}))["members"]
        variables = {"id": acme.org, "after": first["pageInfo"]["endCursor"]}
        rest = (await owner.ask(self.DOCUMENT, variables))["members"]

        assert [node["role"] for node in first["nodes"]] == ["VIEWER", "ADMIN"]
        assert rest["nodes"] == [
            {"user": {"email": acme.email}, "role": "OWNER", "since": "2026-11-20T10:00:00+00:00"}
        ]
        assert not rest["pageInfo"]["hasNextPage"]

    async def test_change_role_and_lose_what_they_could_at_once(
        self, owner: Asker, acme: Tenant, of: Any
    ) -> None:
        ada = await orgs.member(acme, Role.ADMIN)
        to_owner = {"input": {"orgId": acme.org, "userId": user(ada), "role": "OWNER"}}
        assert (await of(ada).refusal(CHANGE_ROLE, to_owner))["extensions"]["code"] == "role_beyond_yours"

        changed = await act(owner, CHANGE_ROLE, orgId=acme.org, userId=user(ada), role="VIEWER")

        assert (changed["user"], changed["role"]) == ({"id": user(ada)}, "VIEWER")
        refusal = await of(ada).refusal(
            CHANGE_ROLE, {"input": {"orgId": acme.org, "userId": user(ada), "role": "ADMIN"}}
        )
        assert refusal["extensions"]["code"] == "forbidden"

    async def test_keep_an_owner(self, owner: Asker, acme: Tenant) -> None:
        before = await snapshot()

        for document, given in (
            (CHANGE_ROLE, {"userId": user(acme.owner), "role": "ADMIN"}),
            (REMOVE, {"userId": user(acme.owner)}),
            (LEAVE, {}),
        ):
            answer = await act(owner, document, orgId=acme.org, **given)
            assert (answer["__typename"], answer["code"]) == ("Conflict", "last_owner")
        assert await snapshot() == before

    async def test_are_removed_and_leave(self, owner: Asker, acme: Tenant, of: Any) -> None:
        ada, bob = await orgs.member(acme, Role.MEMBER), await orgs.member(acme, Role.MEMBER)

        removed = await act(owner, REMOVE, orgId=acme.org, userId=user(ada))
        left = await act(of(bob), LEAVE, orgId=acme.org)

        ended = {"__typename": "EndedMembership", "orgId": acme.org}
        assert removed == ended | {"userId": user(ada)}
        assert left == ended | {"userId": user(bob)}
        assert await db.fetchval("SELECT count(*) FROM membership WHERE org_id = $1", acme.org_id) == 1
        assert (await act(owner, REMOVE, orgId=acme.org, userId="user_x"))["code"] == "member_not_found"

    async def test_are_handed_the_org(self, owner: Asker, acme: Tenant) -> None:
        ada = await orgs.member(acme, Role.VIEWER)

        made = await act(owner, TRANSFER, orgId=acme.org, userId=user(ada))

        assert (made["user"], made["role"]) == ({"id": user(ada)}, "OWNER")
        refusal = await owner.refusal(UPDATE_ORG, {"input": {"orgId": acme.org, "name": "Mine"}})
        assert refusal["extensions"]["code"] == "forbidden"


class TestDeletion:
    async def test_stops_writing_and_keys_until_it_is_cancelled(
        self, owner: Asker, key: Asker, acme: Tenant
    ) -> None:
        due = await act(owner, REQUEST, orgId=acme.org)
        assert due["deletionDueAt"] is not None
        document = "query($id: ID!) { org(id: $id) { deletionDueAt } }"
        assert (await owner.ask(document, {"id": acme.org}))["org"] == {"deletionDueAt": due["deletionDueAt"]}
        before = await snapshot()
        refused = await owner.refusal(UPDATE_ORG, {"input": {"orgId": acme.org, "name": "Mine"}})
        assert refused["extensions"]["code"] == "forbidden"
        assert (await key.refusal("{ orgs { name } }"))["extensions"]["code"] == "api_key_invalid"
        assert await snapshot() == before

        cancelled = await act(owner, CANCEL, orgId=acme.org)

        assert cancelled == {"__typename": "Org", "deletionDueAt": None}
        assert (await act(owner, UPDATE_ORG, orgId=acme.org, name="New"))["name"] == "New"
        assert await key.ask("{ orgs { name } }") == {"orgs": [{"name": "New"}]}


class TestPlans:
    async def test_are_the_table(self, owner: Asker, nobody: Asker) -> None:
        document = "{ plans { name seats apiKeys requestsPerMinute } }"

        plans = (await owner.ask(document))["plans"]

        assert [tuple(plan.values()) for plan in plans] == [
            ("FREE", 3, 1, 60),
            ("PRO", 10, 5, 300),
            ("ENTERPRISE", None, None, 6000),
        ]
        assert (await nobody.refusal(document))["extensions"]["code"] == "unauthenticated"
