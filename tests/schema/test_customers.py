"""An org's own customers in GraphQL."""

from typing import Any

from app.core import ids
from app.infra import db
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker

Json = dict[str, Any]

CUSTOMER = "id externalId name tier team"
PROBLEM = "__typename ... on Problem { code message } ... on InvalidInput { errors { field code } }"
CREATE = (
    "mutation($input: CreateCustomerInput!) { createCustomer(input: $input) {"
    f"{PROBLEM} ... on ChangedCustomer {{ isReplay customer {{ {CUSTOMER} }} }} }} }}"
)
UPDATE = (
    "mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) {"
    f"{PROBLEM} ... on ChangedCustomer {{ isReplay customer {{ {CUSTOMER} }} }} }} }}"
)
LIST = (
    "query($org: ID!, $filter: CustomerFilter) { customers(orgId: $org, filter: $filter) {"
    f" nodes {{ {CUSTOMER} }} }} }}"
)
ONE = f"query($org: ID!, $id: ID!) {{ customer(orgId: $org, id: $id) {{ {CUSTOMER} }} }}"
NODE = f"query($id: ID!) {{ node(id: $id) {{ __typename ... on Customer {{ {CUSTOMER} }} }} }}"


async def create(asker: Asker, tenant: Tenant, **wish: Any) -> Json:
    found: Json = (await asker.ask(CREATE, {"input": {"orgId": tenant.org, **wish}}))["createCustomer"]
    return found


async def update(asker: Asker, tenant: Tenant, reference: str, **wish: Any) -> Json:
    given = {"input": {"orgId": tenant.org, "id": reference, **wish}}
    found: Json = (await asker.ask(UPDATE, given))["updateCustomer"]
    return found


class TestCustomers:
    async def test_are_found_by_either_id_by_node_and_by_search(self, key: Asker, acme: Tenant) -> None:
        made = (await create(key, acme, externalId="a", name="Ann", tier="gold"))["customer"]
        await create(key, acme, externalId="b", team="pool")
        for reference in ("a", made["id"]):
            assert (await key.ask(ONE, {"org": acme.org, "id": reference}))["customer"] == made
        assert (await key.ask(NODE, {"id": made["id"]}))["node"] == {"__typename": "Customer", **made}
        for where, found in (({"search": "AN"}, ["a"]), ({"team": "pool"}, ["b"]), (None, ["b", "a"])):
            page = (await key.ask(LIST, {"org": acme.org, "filter": where}))["customers"]
            assert [one["externalId"] for one in page["nodes"]] == found

    async def test_of_another_org_are_not_there(self, key: Asker, acme: Tenant, rival: Tenant) -> None:
        row = ids.uuid7()
        await db.execute(
            "INSERT INTO customer (id, org_id, external_id, created_at) VALUES ($1, $2, 'b', now())",
            row,
            rival.org_id,
        )
        reference = ids.encode("cus", row)
        assert (await key.ask(NODE, {"id": reference}))["node"] is None
        error = await key.refusal(ONE, {"org": acme.org, "id": reference})
        assert error["extensions"]["code"] == "customer_not_found"


class TestUpdateCustomer:
    async def test_leaves_what_is_left_out_and_takes_away_what_is_null(
        self, key: Asker, acme: Tenant
    ) -> None:
        await create(key, acme, externalId="a", name="Ann", tier="gold", team="pool")
        changed = (await update(key, acme, "a", tier=None, team="other"))["customer"]
        assert (changed["name"], changed["tier"], changed["team"]) == ("Ann", None, "other")

    async def test_tells_what_is_wrong_as_data(self, key: Asker, acme: Tenant) -> None:
        await create(key, acme, externalId="a")
        assert (await create(key, acme, externalId="a"))["code"] == "customer_exists"
        assert (await update(key, acme, "x", name="X"))["code"] == "customer_not_found"
        faults = (await update(key, acme, "a", name=""))["errors"]
        assert [fault["field"] for fault in faults] == ["name"]
