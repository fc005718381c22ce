"""Many inputs as one job, with a real database beneath."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.core.clock import utcnow
from app.core.errors import InvalidInput
from app.core.inference import ProviderRateLimited, ProviderRejected
from app.infra import db
from app.jobs import execution, kinds
from app.jobs.kinds import JobContext
from app.jobs.state import Backoff, State
from app.jobs.types import Job, Outcome
from tests.factories import jobs
from tests.fakes import kinds as fake_kinds
from tests.fakes.kinds import ProbeInput
from tests.waiting import eventually
from tests.workers.conftest import Bench

QUICK = Backoff(timedelta(milliseconds=1), timedelta(milliseconds=1))
CALL = jobs.OUTCOME.calls[0]


class Items:
    """A kind whose inputs say what becomes of them; counts how often each was run.

    What does not yield cannot be overtaken by its time limit, however busy the machine is.
    """

    def __init__(self, bench: Bench, *, limit: float = 30, yields: bool = True) -> None:
        self.yields = yields
        self.runs: Counter[str] = Counter()
        self.at_once = self.most_at_once = 0
        self.gate = asyncio.Event()
        self.bench = bench
        self.kind = fake_kinds.install(
            bench.monkeypatch, self.run, max_attempts=3, backoff=QUICK, time_limit_seconds=limit
        )

    async def run(self, data: ProbeInput, context: JobContext) -> Outcome:
        self.runs[data.text] += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.yields:
                await asyncio.sleep(0.005)
            return await self.outcome(data.text, context)
        finally:
            self.at_once -= 1

    async def outcome(self, text: str, context: JobContext) -> Outcome:
        match text.split("-", maxsplit=1)[0]:
            case "rejected":
                context.note(CALL)
                raise ProviderRejected("openai", "no")
            case "flaky" if self.runs[text] < 3:
                raise ProviderRateLimited("openai", "slow down")
            case "broken":
                raise KeyError(text)
            case "slow":
                await asyncio.sleep(5)
            case "wait":
                await self.gate.wait()
            case "exit":
                raise SystemExit
            case "cancelled":
                raise asyncio.CancelledError
            case "unwritable":
                return Outcome({"raw": object()}, [CALL])
            case "large":
                return Outcome({"text": "x" * (8 << 20)}, [CALL])
        return Outcome({"text": text}, [CALL])

    async def job(self, *texts: str, concurrency: int = 4) -> Job:
        data = {"kind": self.kind, "inputs": [{"text": text} for text in texts], "concurrency": concurrency}
        return await jobs.queued(self.bench.acme, kind="batch", data=data, now=utcnow())


@pytest.fixture
def items(bench: Bench) -> Items:
    return Items(bench)


async def saved(job: Job) -> dict[int, tuple[str, str | None]]:
    rows = await db.fetch(
        "SELECT index, state, error_code FROM job_item WHERE job_id = $1 ORDER BY index", job.id
    )
    return {row["index"]: (row["state"], row["error_code"]) for row in rows}


async def billed() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM usage_event")
    return count


class TestABatch:
    async def test_has_a_result_or_an_error_of_each_input(self, bench: Bench) -> None:
        items = Items(bench, limit=0.3, yields=False)
        job = await items.job("a", "rejected", "b", "broken", "unwritable", "slow", "large")
        with capture_logs():
            done = await bench.run(job)

        assert done.state is State.SUCCEEDED
        assert done.result == {"succeeded": 2, "failed": 5}
        assert await saved(job) == {
            0: ("SUCCEEDED", None),
            1: ("FAILED", "provider_rejected"),
            2: ("SUCCEEDED", None),
            3: ("FAILED", "internal_error"),
            4: ("FAILED", "internal_error"),
            5: ("FAILED", "time_limit"),
            6: ("FAILED", "result_too_large"),
        }
        assert [items.runs[text] for text in ("rejected", "unwritable", "large")] == [1, 1, 1]
        assert items.runs["slow"] == 3

    async def test_loses_no_item_to_one_that_ends_in_another_way(self, bench: Bench, items: Items) -> None:
        job = await items.job("a", "exit", "cancelled", "b", concurrency=1)
        with capture_logs():
            done = await bench.run(job)

        assert done.result == {"succeeded": 2, "failed": 2}
        assert await saved(job) == {
            0: ("SUCCEEDED", None),
            1: ("FAILED", "internal_error"),
            2: ("FAILED", "internal_error"),
            3: ("SUCCEEDED", None),
        }

    async def test_is_billed_for_every_item_once(self, bench: Bench, items: Items) -> None:
        done = await bench.run(await items.job("a", "rejected", "b"))
        assert await billed() == 3
        assert done.input_tokens == 3 * CALL.usage.input_tokens

    async def test_tries_an_item_again_as_its_kind_says(self, bench: Bench, items: Items) -> None:
        done = await bench.run(await items.job("flaky", "a"))
        assert done.result == {"succeeded": 2, "failed": 0}
        assert items.runs == {"flaky": 3, "a": 1}

    async def test_runs_so_many_items_at_once_and_no_more(self, bench: Bench, items: Items) -> None:
        await bench.run(await items.job(*(f"a-{n}" for n in range(12)), concurrency=3))
        assert items.most_at_once == 3

    async def test_shows_how_many_items_are_done(self, bench: Bench, items: Items) -> None:
        bench.monkeypatch.setattr("workers.context._REPORT_SECONDS", 0.0)
        job = await items.job("a", "b", "c", "d", concurrency=1)
        await bench.run(job)
        steps = [event.progress for event in await jobs.history(job.id) if event.kind == "progress"]
        assert steps == [25, 50, 75, 99]

    async def test_goes_on_where_a_lost_worker_stopped(self, bench: Bench, items: Items) -> None:
        job = await items.job("a", "b", "wait", "c", concurrency=1)
        first = asyncio.create_task(bench.run(job))
        await eventually(lambda: items.runs["wait"])
        later = await jobs.lose(now=utcnow())
        await execution.queue_due(now=later)
        items.gate.set()
        await first
        assert await billed() == 0

        done = await bench.run(job)
        assert (done.state, done.attempt) == (State.SUCCEEDED, 2)
        assert done.result == {"succeeded": 4, "failed": 0}
        assert items.runs == {"a": 1, "b": 1, "wait": 2, "c": 1}
        assert await billed() == 4

    async def test_that_is_cancelled_keeps_what_is_done_and_is_billed_for_it(
        self, bench: Bench, items: Items
    ) -> None:
        job = await items.job("a", "b", "wait", "c", concurrency=1)
        running = asyncio.create_task(bench.run(job))
        await eventually(lambda: items.runs["wait"])
        await jobs.cancel(job, by=bench.acme.key, now=utcnow())
        done = await running

        assert done.state is State.CANCELLED
        assert await saved(job) == {0: ("SUCCEEDED", None), 1: ("SUCCEEDED", None)}
        assert (await billed(), items.runs["c"]) == (2, 0)

    async def test_that_fails_for_good_is_billed_for_what_is_done(self, bench: Bench, items: Items) -> None:
        """As after its time limit, at the last attempt."""
        batch = kinds.get("batch")
        bench.monkeypatch.setattr(
            kinds,
            "_kinds",
            {**kinds._kinds, "batch": replace(batch, time_limit_seconds=2, max_attempts=1)},
        )
        job = await items.job("a", "wait", concurrency=1)
        done = await bench.run(job)
        assert done.state is State.FAILED
        assert done.error is not None
        assert (done.error.code, await billed()) == ("time_limit", 1)


class TestInput:
    def faults(self, data: dict[str, Any]) -> dict[str, str]:
        with pytest.raises(InvalidInput) as refusal:
            kinds.get("batch").parse(data)
        return {error.field: error.code for error in refusal.value.errors}

    def test_names_every_fault_of_every_input_by_its_place(self, items: Items) -> None:
        inputs = [{"text": "a"}, {"text": 1}, {"text": "b", "colour": "red"}]
        assert self.faults({"kind": items.kind, "inputs": inputs}) == {
            "inputs.1.text": "string_type",
            "inputs.2.colour": "extra_forbidden",
        }

    def test_refuses_a_kind_that_is_not_there_and_a_batch_of_batches(self) -> None:
        assert self.faults({"kind": "{nothing}", "inputs": [{}]}) == {"kind": "job_kind_unknown"}
        assert self.faults({"kind": "batch", "inputs": [{}]}) == {"kind": "nested_batch"}

    @pytest.mark.parametrize("count", [0, 1_001])
    def test_bounds_how_many(self, items: Items, count: int) -> None:
        data = {"kind": items.kind, "inputs": [{"text": "a"}] * count}
        assert list(self.faults(data)) == ["inputs"]

    def test_names_the_model_that_all_items_share(self) -> None:
        def model_of(*models: str | None) -> object:
            inputs = [{"text": "a", "model": model} for model in models]
            return kinds.get("batch").parse({"kind": "summarize", "inputs": inputs}).model

        assert model_of("openai/gpt-4o", "openai/gpt-4o") == "openai/gpt-4o"
        assert model_of("openai/gpt-4o", "gpt-5") is None
        assert model_of("openai/gpt-4o", None) is None

    def test_is_estimated_as_the_sum_of_its_items(self) -> None:
        inputs = [{"text": "a few words"}, {"text": "and a few words more"}]
        single, batch = kinds.get("summarize"), kinds.get("batch")
        each = [single.tokens(single.parse(data)) for data in inputs]
        both = batch.tokens(batch.parse({"kind": "summarize", "inputs": inputs}))
        assert both == (sum(one.input for one in each), sum(one.output for one in each))
