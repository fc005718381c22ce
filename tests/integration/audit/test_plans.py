"""The search at 100,000 entries: each filter is answered from an index, not by reading the log."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.audit import queries
from app.audit.types import AuditFilter
from app.core.config import Settings
from app.core.pagination import PageRequest
from app.infra import db
from tests.factories import audit
from tests.factories.orgs import NOW

# A thousandth of the entries each, and each spread over the whole log.
FILL = """
INSERT INTO audit_entry (id, org_id, at, action, principal_kind, principal_id, target_type, target_id, changes)
SELECT gen_random_uuid(), '{org}', '{now}'::timestamptz - n * interval '1 minute', 'action.' || n % 1000, 'user',
    md5('who' || n % 1000)::uuid, 'job', md5('what' || n % 1000)::uuid, '{{}}'
FROM generate_series(1, 100000) AS n
"""


fetch = db.fetch


async def rows_read(sql: str, *arguments: object) -> int:
    """How many entries the plan touches, those that a filter then drops included."""
    [row] = await fetch(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", *arguments)
    return _touched(json.loads(row[0])[0]["Plan"])


def _touched(plan: dict[str, Any]) -> int:
    below = sum(_touched(child) for child in plan.get("Plans", []))
    if plan.get("Relation Name") != "audit_entry":
        return below
    assert plan["Node Type"] != "Seq Scan", plan
    dropped = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    return below + int((plan["Actual Rows"] + dropped) * plan["Actual Loops"])


async def test_reads_little_more_than_it_finds(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    org = audit.new_org()
    await audit.tamper(settings, FILL.format(org=org, now=NOW.isoformat()), "ANALYZE audit_entry")
    seen: list[int] = []

    async def explained(sql: str, *arguments: object) -> Any:
        seen.append(await rows_read(sql, *arguments))
        return await fetch(sql, *arguments)

    who: UUID = await db.fetchval("SELECT md5('who7')::uuid")
    what: UUID = await db.fetchval("SELECT md5('what7')::uuid")
    with monkeypatch.context() as patch:
        patch.setattr(db, "fetch", explained)
        for where in (
            AuditFilter(),
            AuditFilter(principal_id=who),
            AuditFilter(action="action.7"),
            AuditFilter(target_id=what),
            AuditFilter(principal_id=who, action="action.7", target_type="job"),
            AuditFilter(since=NOW - timedelta(hours=2), until=NOW - timedelta(hours=1)),
            AuditFilter(principal_id=who, since=NOW - timedelta(days=20)),
            AuditFilter(action="none"),
        ):
            page = await queries.page(audit.auditor(org), org, request=PageRequest(20), where=where)
            assert len(page.items) <= 20
            assert seen[-1] <= 250, (where, seen[-1])
