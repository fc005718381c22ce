"""API keys in GraphQL."""

from datetime import timedelta
from typing import Any

import pytest

from app.apikeys import service
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import ApiKeyId
from app.core.principal import Permission, Role
from tests.factories import jobs, limits
from tests.factories.apikeys import Made, everything, made
from tests.factories.orgs import NOW, Tenant, bearer, member
from tests.fakes.statements import recorded
from tests.schema.conftest import Asker, Json

KEY = """id name publicId scopes allowedModels tokensPerMinute createdAt expiresAt revokedAt lastUsedAt
  workspace { environment }
  createdBy { __typename ... on User { email } ... on ApiKey { name } } replacedBy { id }"""
PROBLEMS = """... on Problem { code message } ... on InvalidInput { errors { field code message } }"""
CREATE = f"""mutation($input: CreateApiKeyInput!) {{ createApiKey(input: $input) {{
  __typename ... on CreatedApiKey {{ token isReplay apiKey {{ {KEY} }} }} {PROBLEMS} }} }}"""
ROTATE = f"""mutation($input: RotateApiKeyInput!) {{ rotateApiKey(input: $input) {{
  __typename ... on CreatedApiKey {{ token isReplay apiKey {{ {KEY} }} }} {PROBLEMS} }} }}"""
UPDATE = f"""mutation($input: UpdateApiKeyInput!) {{ updateApiKey(input: $input) {{
  __typename ... on ChangedApiKey {{ isReplay apiKey {{ {KEY} }} }} {PROBLEMS} }} }}"""
REVOKE = f"""mutation($input: RevokeApiKeyInput!) {{ revokeApiKey(input: $input) {{
  __typename ... on ChangedApiKey {{ isReplay apiKey {{ {KEY} }} }} {PROBLEMS} }} }}"""
ONE = f"query($id: ID!) {{ apiKey(id: $id) {{ {KEY} }} }}"
NODE = "query($id: ID!) { node(id: $id) { __typename id ... on ApiKey { name } } }"
ALL = f"""query($org: ID!, $workspace: ID, $revoked: Boolean! = false, $first: Int! = 20, $after: String) {{
  apiKeys(orgId: $org, workspaceId: $workspace, includeRevoked: $revoked, first: $first, after: $after) {{
    nodes {{ {KEY} }} pageInfo {{ hasNextPage endCursor }} }} }}"""


@pytest.fixture
async def new(settings: Settings, acme: Tenant) -> Made:
    return await made(settings, acme.owner, acme.org_id, name="ci", now=NOW)


def id_of(key: Made) -> str:
    return ids.encode("key", key.key.id)


async def asker(session: Any, settings: Settings, acme: Tenant, role: Role) -> Asker:
    return Asker(session, bearer(settings, await member(acme, role)))


class TestCreateApiKey:
    async def test_shows_the_token_once(self, owner: Asker, acme: Tenant) -> None:
        end = utcnow() + timedelta(days=30)
        wish = {
            "orgId": acme.org,
            "workspaceId": ids.encode("ws", acme.test.id),
            "name": "ci",
            "scopes": ["jobs:read", "keys:read"],
            "expiresAt": end.isoformat(),
            "allowedModels": ["gpt-4o*"],
            "tokensPerMinute": 1000,
            "idempotencyKey": "k",
        }
        created = (await owner.ask(CREATE, {"input": wish}))["createApiKey"]
        token = created["token"]
        assert token.startswith("lk_test_pk_")
        assert not created["isReplay"]
        shown = created["apiKey"]
        assert shown["tokensPerMinute"] == 1000
        assert (shown["name"], shown["scopes"], shown["allowedModels"]) == (
            "ci",
            ["jobs:read", "keys:read"],
            ["gpt-4o*"],
        )
        assert (shown["expiresAt"], shown["workspace"]) == (end.isoformat(), {"environment": "TEST"})
        assert shown["createdBy"] == {"__typename": "User", "email": acme.email}
        assert token.split("_")[3] == shown["publicId"]

        again = (await owner.ask(CREATE, {"input": wish}))["createApiKey"]
        assert again == {**created, "token": None, "isReplay": True}
        by_key = Asker(owner.session, {"Authorization": f"Bearer {token}"})
        seen = (await by_key.ask(ONE, {"id": shown["id"]}))["apiKey"]
        assert {**seen, "createdBy": None, "lastUsedAt": None} == {**shown, "createdBy": None}

    async def test_names_what_is_wrong(
        self, session: Any, settings: Settings, acme: Tenant, owner: Asker
    ) -> None:
        admin = await asker(session, settings, acme, Role.ADMIN)
        before = await everything()
        wish = {
            "orgId": acme.org,
            "name": "",
            "scopes": ["org:manage", "time:travel"],
            "expiresAt": "2020-01-01",
        }
        answer = (await admin.ask(CREATE, {"input": {**wish, "expiresAt": "2020-01-01T00:00:00"}}))[
            "createApiKey"
        ]
        assert answer["__typename"] == "InvalidInput"
        assert {(e["field"], e["code"]) for e in answer["errors"]} == {
            ("name", "length"),
            ("scopes", "unknown_scope"),
            ("scopes", "scope_not_held"),
            ("expiresAt", "no_offset"),
        }
        assert any("org:manage" in e["message"] for e in answer["errors"])
        assert await everything() == before

    async def test_says_that_the_plan_is_full(self, owner: Asker, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        wish = {"orgId": acme.org, "name": "n", "scopes": ["jobs:read"]}
        answer = (await owner.ask(CREATE, {"input": wish}))["createApiKey"]
        assert (answer["__typename"], answer["code"]) == ("LimitReached", "api_key_limit_reached")
        assert "FREE allows 1 API key" in answer["message"]

    async def test_is_not_for_members_and_strangers(
        self, session: Any, settings: Settings, acme: Tenant, stranger: Asker, nobody: Asker
    ) -> None:
        wish = {"orgId": acme.org, "name": "n", "scopes": ["jobs:read"]}
        person = await asker(session, settings, acme, Role.MEMBER)
        before = await everything()
        assert (await person.refusal(CREATE, {"input": wish}))["extensions"]["code"] == "forbidden"
        assert (await nobody.refusal(CREATE, {"input": wish}))["extensions"]["code"] == "unauthenticated"
        answers = [
            (await stranger.ask(CREATE, {"input": {**wish, "orgId": org}}))["createApiKey"]
            for org in (acme.org, ids.encode("org", ids.uuid7()), "org_x")
        ]
        assert answers == [answers[0]] * 3
        assert answers[0]["__typename"] == "Missing"
        assert await everything() == before

    async def test_knows_no_workspace_of_others(self, owner: Asker, acme: Tenant, rival: Tenant) -> None:
        before = await everything()
        answers = []
        for place in (ids.encode("ws", rival.live.id), ids.encode("ws", ids.uuid7()), "ws_x", acme.org):
            wish = {"orgId": acme.org, "name": "n", "scopes": ["jobs:read"], "workspaceId": place}
            answers.append((await owner.ask(CREATE, {"input": wish}))["createApiKey"])
        assert answers == [answers[0]] * 4
        assert answers[0]["code"] == "workspace_not_found"
        assert await everything() == before


class TestRotateApiKey:
    async def test_shows_the_successor_and_where_it_went(self, owner: Asker, new: Made) -> None:
        rotated = (await owner.ask(ROTATE, {"input": {"id": id_of(new), "overlapHours": 1}}))["rotateApiKey"]
        assert rotated["token"] != new.token
        assert rotated["apiKey"]["name"] == "ci"

        old = (await owner.ask(ONE, {"id": id_of(new)}))["apiKey"]
        assert old["replacedBy"] == {"id": rotated["apiKey"]["id"]}
        assert old["expiresAt"] is not None
        for token in (new.token, rotated["token"]):
            by_key = Asker(owner.session, {"Authorization": f"Bearer {token}"})
            await by_key.ask("{ rateLimit { remaining } }")

    async def test_conflicts_with_an_earlier_rotation(self, owner: Asker, new: Made) -> None:
        wish = {"id": id_of(new), "idempotencyKey": "k"}
        first = (await owner.ask(ROTATE, {"input": wish}))["rotateApiKey"]
        again = (await owner.ask(ROTATE, {"input": wish}))["rotateApiKey"]
        assert again == {**first, "token": None, "isReplay": True}

        answer = (await owner.ask(ROTATE, {"input": {"id": id_of(new)}}))["rotateApiKey"]
        assert (answer["__typename"], answer["code"]) == ("Conflict", "api_key_replaced")

    async def test_refuses_an_admin_the_owner_s_key(
        self, session: Any, settings: Settings, acme: Tenant, new: Made
    ) -> None:
        admin = await asker(session, settings, acme, Role.ADMIN)
        error = await admin.refusal(ROTATE, {"input": {"id": id_of(new)}})
        assert error["extensions"]["code"] == "api_key_beyond_own"


class TestUpdateApiKey:
    async def test_changes_what_is_named(self, owner: Asker, new: Made) -> None:
        wish: Json = {"id": id_of(new), "name": "cd", "scopes": ["jobs:read"], "allowedModels": ["a*"]}
        changed = (await owner.ask(UPDATE, {"input": wish}))["updateApiKey"]["apiKey"]
        assert (changed["name"], changed["scopes"], changed["allowedModels"]) == ("cd", ["jobs:read"], ["a*"])

        wish = {"id": id_of(new), "name": None, "scopes": None}
        assert (await owner.ask(UPDATE, {"input": wish}))["updateApiKey"]["apiKey"] == changed
        wish = {"id": id_of(new), "allowedModels": None}
        again = (await owner.ask(UPDATE, {"input": wish}))["updateApiKey"]["apiKey"]
        assert again == {**changed, "allowedModels": None}

    async def test_never_widens(self, owner: Asker, new: Made) -> None:
        await owner.ask(UPDATE, {"input": {"id": id_of(new), "scopes": ["jobs:read"]}})
        answer = (await owner.ask(UPDATE, {"input": {"id": id_of(new), "scopes": ["jobs:write"]}}))[
            "updateApiKey"
        ]
        assert [(e["field"], e["code"]) for e in answer["errors"]] == [("scopes", "scope_not_in_key")]


class TestRevokeApiKey:
    async def test_may_be_repeated(self, owner: Asker, new: Made) -> None:
        first = (await owner.ask(REVOKE, {"input": {"id": id_of(new)}}))["revokeApiKey"]["apiKey"]
        assert first["revokedAt"] is not None
        assert (await owner.ask(REVOKE, {"input": {"id": id_of(new)}}))["revokeApiKey"]["apiKey"] == first
        by_key = Asker(owner.session, new.headers)
        error = await by_key.refusal("{ rateLimit { remaining } }")
        assert error["extensions"]["code"] == "api_key_invalid"


class TestApiKeys:
    async def test_are_shown_page_by_page(self, owner: Asker, acme: Tenant, new: Made) -> None:
        first = (await owner.ask(ALL, {"org": acme.org, "first": 1}))["apiKeys"]
        assert [key["name"] for key in first["nodes"]] == ["ci"]
        after = first["pageInfo"]["endCursor"]
        rest = (await owner.ask(ALL, {"org": acme.org, "after": after}))["apiKeys"]
        assert [key["name"] for key in rest["nodes"]] == ["server"]
        assert not rest["pageInfo"]["hasNextPage"]

    async def test_leave_out_the_revoked_and_other_workspaces(
        self, owner: Asker, acme: Tenant, new: Made, settings: Settings
    ) -> None:
        await made(settings, acme.owner, acme.org_id, name="t", workspace=acme.test, now=NOW)
        await service.revoke(acme.owner, new.key.id, now=NOW)

        async def names(**filters: object) -> list[str]:
            found = (await owner.ask(ALL, {"org": acme.org, **filters}))["apiKeys"]["nodes"]
            return [key["name"] for key in found]

        assert await names() == ["t", "server"]
        assert await names(revoked=True) == ["t", "ci", "server"]
        assert await names(workspace=ids.encode("ws", acme.test.id)) == ["t"]
        assert await names(workspace=ids.encode("ws", ids.uuid7())) == []

    async def test_take_as_many_statements_however_many_they_are(
        self, owner: Asker, acme: Tenant, new: Made, settings: Settings
    ) -> None:
        await owner.ask(ALL, {"org": acme.org})
        with recorded() as few:
            await owner.ask(ALL, {"org": acme.org})
        for _ in range(3):
            await made(settings, acme.owner, acme.org_id, now=NOW)
        with recorded() as many:
            await owner.ask(ALL, {"org": acme.org})
        assert len(many) == len(few)

    async def test_are_for_those_who_may_read_keys(
        self, session: Any, settings: Settings, acme: Tenant, stranger: Asker
    ) -> None:
        person = await asker(session, settings, acme, Role.MEMBER)
        assert (await person.refusal(ALL, {"org": acme.org}))["extensions"]["code"] == "forbidden"
        assert (await stranger.refusal(ALL, {"org": acme.org}))["extensions"]["code"] == "not_found"


class TestApiKey:
    async def test_of_others_answers_as_one_that_never_was(
        self, owner: Asker, rival: Tenant, acme: Tenant
    ) -> None:
        seen = []
        for key_id in (
            ids.encode("key", rival.key.id),
            ids.encode("key", ids.uuid7()),
            "key_x",
            acme.org,
            "",
        ):
            error = await owner.refusal(ONE, {"id": key_id})
            del error["extensions"]["requestId"]
            seen.append(error)
        assert seen == [seen[0]] * 5
        assert seen[0]["extensions"]["code"] == "api_key_not_found"

    async def test_is_a_node(self, owner: Asker, stranger: Asker, new: Made) -> None:
        assert (await owner.ask(NODE, {"id": id_of(new)}))["node"] == {
            "__typename": "ApiKey",
            "id": id_of(new),
            "name": "ci",
        }
        assert (await stranger.ask(NODE, {"id": id_of(new)}))["node"] is None

    async def test_shows_the_maker_of_a_job_only_by_name_to_who_may_not_read_keys(
        self, session: Any, settings: Settings, acme: Tenant, owner: Asker
    ) -> None:
        job = await jobs.queued(acme)
        document = f"query($id: ID!) {{ job(id: $id) {{ createdBy {{ ... on ApiKey {{ {KEY} }} }} }} }}"
        wanted = {"id": ids.encode("job", job.id)}
        whole = (await owner.ask(document, wanted))["job"]["createdBy"]
        assert whole["scopes"] == sorted(Permission)

        viewer = await asker(session, settings, acme, Role.VIEWER)
        seen = (await viewer.ask(document, wanted))["job"]["createdBy"]
        assert {name for name, value in seen.items() if value is not None} == {
            "id",
            "name",
            "publicId",
            "createdAt",
        }
        assert seen["id"] == ids.encode("key", ApiKeyId(acme.key.id))
