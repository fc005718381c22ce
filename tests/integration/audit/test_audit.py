"""Who did what: written with the act, read by who may."""

# ruff: noqa: PT012 - a unit of work is a block, and its errors come out of the end of it

from datetime import timedelta

import pytest

from app.audit import queries, service
from app.audit.types import Action, AuditFilter, Entry, Origin
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import OrgId
from app.core.pagination import PageRequest, encode_cursor
from app.core.principal import Permission, Principal, Role
from app.infra import db
from tests.factories.orgs import NOW, member, tenant

ORG = OrgId(ids.uuid7())
AUDITOR = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.AUDIT_READ})})


def entry(number: int = 0, *, org_id: OrgId = ORG, action: Action = Action.JOB_CREATED) -> Entry:
    changes = {"number": number, "before": None, "after": {"kind": "summarize"}}
    return Entry(org_id, action, AUDITOR, "job", ids.uuid7(), NOW + timedelta(seconds=number), changes)


async def record(*entries: Entry) -> None:
    async with db.unit_of_work() as uow:
        service.record(uow, *entries)


class TestRecord:
    async def test_keeps_who_did_what_to_what_and_when(self, settings: Settings) -> None:
        written = entry(7)
        await record(written)

        page = await queries.page(AUDITOR, ORG, request=PageRequest())

        assert not page.has_next
        (read,) = page.items
        assert read.at == written.at
        assert (read.org_id, read.action) == (ORG, "job.created")
        assert (read.principal_kind, read.principal_id) == ("user", AUDITOR.id)
        assert (read.target_type, read.target_id) == ("job", written.target_id)
        assert read.changes == written.changes
        assert (read.request_id, read.ip) == (None, None)

    async def test_keeps_where_it_came_from(self, settings: Settings) -> None:
        token = service.origin.set(Origin("req-1", "2001:db8::1"))
        try:
            await record(entry())
        finally:
            service.origin.reset(token)
        await record(entry())

        page = await queries.page(AUDITOR, ORG, request=PageRequest())
        assert [(read.request_id, read.ip) for read in page.items] == [(None, None), ("req-1", "2001:db8::1")]

    async def test_leaves_nothing_when_the_act_is_undone(self, settings: Settings) -> None:
        with pytest.raises(KeyError):
            async with db.unit_of_work() as uow:
                await uow.begin()
                service.record(uow, entry())
                raise KeyError
        with pytest.raises(db.StaleWrite):
            async with db.unit_of_work() as uow:
                service.record(uow, entry())
                uow.add("DELETE FROM org RETURNING id", expect=1)

        assert await db.fetchval("SELECT count(*) FROM audit_entry") == 0

    async def test_writes_many_with_one_statement_and_keeps_their_order(self, settings: Settings) -> None:
        await record(*(entry(number) for number in range(20)))

        page = await queries.page(AUDITOR, ORG, request=PageRequest(50))
        assert [read.changes["number"] for read in page.items] == list(range(19, -1, -1))

    async def test_accepts_an_act_without_a_target(self, settings: Settings) -> None:
        await record(Entry(ORG, Action.ORG_CREATED, AUDITOR, "org", None, NOW))
        await record()

        page = await queries.page(AUDITOR, ORG, request=PageRequest())
        assert [(read.target_id, read.changes) for read in page.items] == [(None, {})]


class TestPage:
    async def test_goes_from_the_newest_to_the_oldest_without_gap_or_repetition(
        self, settings: Settings
    ) -> None:
        await record(*(entry(number) for number in range(7)))
        seen = []
        request = PageRequest(3)
        while True:
            page = await queries.page(AUDITOR, ORG, request=request)
            seen += [read.changes["number"] for read in page.items]
            if not page.has_next:
                break
            # Between two pages something happens.
            await record(entry(100))
            request = PageRequest.parse(3, encode_cursor(page.items[-1].id))

        assert seen == [6, 5, 4, 3, 2, 1, 0]

    async def test_finds_one_kind_of_act(self, settings: Settings) -> None:
        await record(entry(1), entry(2, action=Action.JOB_COMPLETED), entry(3))

        page = await queries.page(
            AUDITOR, ORG, request=PageRequest(), where=AuditFilter(action="job.completed")
        )
        assert [read.changes["number"] for read in page.items] == [2]

    async def test_shows_nothing_of_another_org(self, settings: Settings) -> None:
        acme, rival = await tenant(settings, "acme"), await tenant(settings, "rival")

        page = await queries.page(acme.owner, acme.org_id, request=PageRequest(100))
        assert {read.org_id for read in page.items} == {acme.org_id}
        assert {read.action for read in page.items} == {"org.created", "api_key.created"}

        with pytest.raises(NotFound):
            await queries.page(acme.owner, rival.org_id, request=PageRequest())

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    async def test_is_for_those_who_may(self, settings: Settings, role: Role) -> None:
        acme = await tenant(settings)
        somebody = await member(acme, role)
        before = await db.fetch("SELECT * FROM audit_entry ORDER BY id")

        with pytest.raises(Forbidden, match="audit:read"):
            await queries.page(somebody, acme.org_id, request=PageRequest())

        assert await db.fetch("SELECT * FROM audit_entry ORDER BY id") == before
