"""One job, many inputs: what each came to."""

import pytest

from app.core.inference import Usage
from app.core.pagination import PageRequest
from app.infra import db
from app.jobs import execution, queries
from app.jobs.errors import JobNotFound, LeaseLost
from app.jobs.state import State
from app.jobs.types import ItemOutcome, JobError, ModelCall
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant

CALL = ModelCall("openai", "gpt-4o-mini", Usage(10, 2, 5))
DONE = ItemOutcome(0, {"summary": "Whales.\0"}, calls=[CALL])
BROKEN = ItemOutcome(1, error=JobError("provider_rejected", "It would not."))


class TestSaveItems:
    async def test_keeps_each_with_what_it_took(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)

        assert await execution.save_items(lease, [DONE, BROKEN], now=NOW) is State.RUNNING

        page = await queries.items(acme.key, lease.job.id, request=PageRequest())
        assert [
            (i.index, i.state, i.result, i.error, i.input_tokens, i.output_tokens) for i in page.items
        ] == [
            (0, State.SUCCEEDED, {"summary": "Whales."}, None, 10, 2),
            (1, State.FAILED, None, BROKEN.error, 0, 0),
        ]
        saved = await execution.saved_items(lease)
        assert [(i.index, list(i.calls)) for i in saved] == [(0, [CALL]), (1, [])]

    async def test_keeps_what_was_there_first(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.save_items(lease, [DONE], now=NOW)
        await execution.save_items(lease, [ItemOutcome(0, {"summary": "Another."}), BROKEN], now=NOW)
        [first, _] = await execution.saved_items(lease)
        assert first.result == {"summary": "Whales."}

    async def test_is_there_for_the_next_attempt(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.save_items(lease, [DONE], now=NOW)
        later = await jobs.lose()
        await execution.queue_due(now=later)
        again = await jobs.leased(lease.job, now=later)
        assert [item.index for item in await execution.saved_items(again)] == [0]

    async def test_is_refused_once_the_lease_is_lost(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.lose()
        with pytest.raises(LeaseLost):
            await execution.save_items(lease, [DONE], now=NOW)
        assert await db.fetchval("SELECT count(*) FROM job_item") == 0

    async def test_tells_that_the_job_is_to_stop(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key)
        assert await execution.save_items(lease, [], now=NOW) is State.CANCELLING


class TestItems:
    async def test_come_in_pages_in_the_order_of_the_inputs(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.save_items(lease, [ItemOutcome(n, {"n": n}) for n in (4, 2, 0, 3, 1)], now=NOW)
        seen: list[int] = []
        after = None
        while True:
            page = await queries.items(acme.key, lease.job.id, request=PageRequest(2, after))
            seen += [item.index for item in page.items]
            if not page.has_next:
                break
            after = queries.item_cursor(page.items[-1])
        assert seen == [0, 1, 2, 3, 4]

    async def test_are_nobody_elses(self, acme: Tenant, rival: Tenant) -> None:
        lease = await jobs.running(acme)
        with pytest.raises(JobNotFound):
            await queries.items(rival.key, lease.job.id, request=PageRequest())
