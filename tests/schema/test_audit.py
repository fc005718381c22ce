"""Searching the audit log."""

from typing import Any

import pytest

from app.core import ids
from app.core.config import Settings
from tests.factories import audit
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker

SEARCH = """query($org: ID!, $where: AuditFilter, $action: String) {
  auditLog(orgId: $org, filter: $where, action: $action) { nodes { seq hash changes } }
}"""


async def found(asker: Asker, acme: Tenant, **where: Any) -> list[int]:
    answer = await asker.ask(SEARCH, {"org": acme.org, "where": where})
    return [node["changes"]["number"] for node in answer["auditLog"]["nodes"]]


class TestSearch:
    async def test_finds_by_who_what_on_what_and_when(self, owner: Asker, acme: Tenant) -> None:
        target = ids.uuid7()
        await audit.record(
            *(audit.entry(acme.org_id, number, who=acme.key) for number in range(4)),
            audit.entry(acme.org_id, 4, who=acme.owner, target_id=target),
        )
        key = ids.encode("key", acme.key.id)

        assert await found(owner, acme, principalId=key) == [3, 2, 1, 0]
        assert await found(owner, acme, targetId=ids.encode("job", target)) == [4]
        assert await found(owner, acme, targetType="job", action="job.created") == [4, 3, 2, 1, 0]
        times = {"from": "2026-11-20T10:00:01Z", "to": "2026-11-20T10:00:03Z"}
        assert await found(owner, acme, principalId=key, **times) == [2, 1]

    async def test_shows_the_chain(self, owner: Asker, acme: Tenant, settings: Settings) -> None:
        await audit.seal_all(settings)
        nodes = (await owner.ask(SEARCH, {"org": acme.org}))["auditLog"]["nodes"]
        assert [node["seq"] for node in nodes] == [2, 1]
        assert all(len(node["hash"]) == 64 for node in nodes)

    @pytest.mark.parametrize(
        "where",
        [
            {"principalId": "me"},
            {"targetId": ""},
            {"from": "2026-11-20T10:00:00Z", "to": "2026-11-20T10:00:00Z"},
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, owner: Asker, acme: Tenant, where: dict[str, str]
    ) -> None:
        error = await owner.refusal(SEARCH, {"org": acme.org, "where": where})
        assert error["extensions"]["code"] == "invalid_input"

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        for org in (acme.org, ids.encode("org", ids.uuid7())):
            error = await stranger.refusal(SEARCH, {"org": org, "where": {}})
            assert error["extensions"]["code"] == "not_found"
