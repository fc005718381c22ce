"""Reading jobs: who sees what, and in which order."""

from dataclasses import replace

import pytest

from app.core.errors import Forbidden, NotFound
from app.core.ids import JobId
from app.core.pagination import PageRequest, encode_cursor
from app.core.principal import Permission, Principal, Role
from app.jobs import execution, queries
from app.jobs.errors import JobNotFound
from app.jobs.state import State
from app.jobs.types import ItemOutcome, Job, JobFilter
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant, member


def in_test(acme: Tenant) -> Principal:
    return replace(acme.key, workspace_id=acme.test.id)


async def listed(
    principal: Principal, acme: Tenant, state: State | None = None, *, is_whole: bool = False
) -> list[Job]:
    wanted = JobFilter(state)
    page = await queries.page(
        principal, acme.org_id, request=PageRequest(100), wanted=wanted, is_whole=is_whole
    )
    return list(page.items)


class TestMostBytes:
    async def test_ends_where_inputs_and_results_become_too_many_bytes(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "MOST_BYTES", 1_500)
        made = [(await jobs.queued(acme, data={"text": "x" * size})).id for size in (10, 1_000, 1_000, 5_000)]
        pages: list[list[JobId]] = []
        request = PageRequest(3)
        while True:
            page = await queries.page(acme.key, acme.org_id, request=request, is_whole=True)
            pages.append([job.id for job in page.items])
            if not page.has_next:
                break
            request = PageRequest(3, page.items[-1].id)

        assert pages == [[made[3]], [made[2], made[1]], [made[0]]]
        short = await queries.page(acme.key, acme.org_id, request=PageRequest(4))
        assert (len(short.items), short.has_next) == (4, False)

    async def test_of_items_ends_where_results_become_too_many_bytes(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "MOST_BYTES", 1_500)
        lease = await jobs.running(acme)
        results = [ItemOutcome(index, {"text": "x" * 1_000}) for index in range(3)]
        await execution.save_items(lease, results, now=NOW)

        first = await queries.items(acme.key, lease.job.id, request=PageRequest(3))
        after = queries.item_cursor(first.items[-1])
        rest = await queries.items(acme.key, lease.job.id, request=PageRequest(3, after))
        assert [item.index for item in first.items] == [0, 1]
        assert [item.index for item in rest.items] == [2]
        assert (first.has_next, rest.has_next) == (True, False)


class TestGet:
    async def test_gives_the_job_to_its_org(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        viewer = await member(acme, Role.VIEWER)
        for principal in (acme.key, acme.owner, viewer):
            assert await queries.get(principal, job.id) == job

    async def test_of_another_org_answers_as_one_that_never_was(self, acme: Tenant, rival: Tenant) -> None:
        job = await jobs.queued(acme)
        answers = []
        for job_id in (job.id, jobs.MISSING):
            for principal in (rival.key, rival.owner):
                with pytest.raises(JobNotFound) as raised:
                    await queries.get(principal, job_id)
                answers.append((raised.value.code, str(raised.value)))
        assert len(set(answers)) == 1

    async def test_keeps_workspaces_apart(self, acme: Tenant) -> None:
        live = await jobs.queued(acme)
        test = await jobs.queued(acme, by=in_test(acme))
        for principal, job in ((in_test(acme), live), (acme.key, test)):
            with pytest.raises(JobNotFound):
                await queries.get(principal, job.id)
        for job in (live, test):
            assert await queries.get(acme.owner, job.id) == job

    async def test_needs_the_permission(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        blind = replace(acme.key, orgs={acme.org_id: frozenset({Permission.JOBS_WRITE})})
        with pytest.raises(Forbidden):
            await queries.get(blind, job.id)


class TestPage:
    async def test_is_newest_first_and_goes_on_where_the_last_one_ended(self, acme: Tenant) -> None:
        made = [await jobs.queued(acme) for _ in range(7)]
        seen: list[Job] = []
        request, has_next = PageRequest(3), True
        while has_next:
            page = await queries.page(acme.key, acme.org_id, request=request)
            assert len(page.items) == min(3, 7 - len(seen))
            seen += page.items
            has_next = page.has_next
            cursor = encode_cursor(page.items[-1].id)
            request = PageRequest.parse(3, cursor)
        assert [job.id for job in seen] == [job.id for job in reversed(made)]

    async def test_does_not_move_under_a_reader(self, acme: Tenant) -> None:
        made = [await jobs.queued(acme) for _ in range(4)]
        first = await queries.page(acme.key, acme.org_id, request=PageRequest(2))
        await jobs.queued(acme)
        second = await queries.page(acme.key, acme.org_id, request=PageRequest(2, first.items[-1].id))
        assert [job.id for job in second.items] == [made[1].id, made[0].id]
        assert not second.has_next

    async def test_can_be_of_one_state(self, acme: Tenant) -> None:
        waiting = await jobs.queued(acme)
        done = await jobs.running(acme)
        await execution.succeed(done, jobs.OUTCOME, now=NOW)
        assert [job.id for job in await listed(acme.key, acme, state=State.QUEUED)] == [waiting.id]
        assert [job.id for job in await listed(acme.key, acme, state=State.SUCCEEDED)] == [done.job.id]
        assert await listed(acme.key, acme, state=State.FAILED) == []

    async def test_of_a_key_shows_its_own_workspace(self, acme: Tenant) -> None:
        live = await jobs.queued(acme)
        test = await jobs.queued(acme, by=in_test(acme))
        assert [job.id for job in await listed(acme.key, acme)] == [live.id]
        assert [job.id for job in await listed(in_test(acme), acme)] == [test.id]
        assert [job.id for job in await listed(acme.owner, acme)] == [test.id, live.id]

    async def test_shows_no_job_of_another_org(self, acme: Tenant, rival: Tenant) -> None:
        await jobs.queued(acme)
        assert await listed(rival.key, rival) == []
        for outsider in (rival.key, rival.owner):
            with pytest.raises(NotFound):
                await listed(outsider, acme)

    async def test_needs_the_permission(self, acme: Tenant) -> None:
        blind = replace(acme.key, orgs={acme.org_id: frozenset({Permission.JOBS_WRITE})})
        with pytest.raises(Forbidden):
            await listed(blind, acme)

    async def test_carries_inputs_and_results_only_if_asked(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        [short] = await listed(acme.key, acme)
        [whole] = await listed(acme.key, acme, is_whole=True)
        assert (short.input, short.result) == ({}, None)
        assert (whole.input, whole.result) == ({"text": jobs.TEXT}, jobs.OUTCOME.result)
        assert replace(short, input=whole.input, result=whole.result) == whole


class TestOutputSoFar:
    async def test_is_the_text_of_the_current_attempt_up_to_the_job_that_is_asked_for(
        self, acme: Tenant
    ) -> None:
        lease = await jobs.running(acme)
        await jobs.say(lease, "one ", "two ")
        before = await jobs.read(lease.job.id)
        await jobs.say(lease, "three")
        assert await queries.output_so_far(before) == "one two "
        later = await jobs.lose()
        await execution.queue_due(now=later)
        again = await jobs.leased(lease.job, now=later)
        assert await queries.output_so_far(again.job) == ""
