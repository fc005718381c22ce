"""Running one job, with a real database beneath and handlers that do what handlers do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import asyncpg
import pytest
from structlog.testing import capture_logs

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import Kind, LaunchKitError, Unavailable
from app.core.inference import ProviderRateLimited, ProviderRejected
from app.infra import db, orm
from app.infra.db import DatabaseUnavailable, LockTimeout, StatementTooSlow
from app.infra.pubsub import Publisher
from app.jobs import execution
from app.jobs.errors import LeaseLost
from app.jobs.kinds import JobContext
from app.jobs.state import LEASE, Backoff, State
from app.jobs.types import Job, JobError, Outcome
from app.pricing.book import PriceBook
from tests.factories import jobs
from tests.factories.databases import orm_on
from tests.fakes import kinds as fake_kinds
from tests.fakes import network
from tests.fakes.kinds import ProbeInput
from tests.waiting import eventually
from tests.workers.conftest import Bench
from workers import context as context_module
from workers import leases, stopping, writing
from workers.runner import Runner


class NoCredit(LaunchKitError):
    kind = Kind.LIMIT
    code = "no_credit"
    title = "There is no credit left."


class Unlikely(Exception):
    """As containers of errors are that hold none."""

    def __bool__(self) -> bool:
        return False


class Nameless(LaunchKitError):
    """As somebody writes it who has not read what it takes."""


async def bills() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM usage_event")
    return count


def returning(outcome: Outcome) -> fake_kinds.Handler:
    async def handler(data: ProbeInput, context: JobContext) -> Outcome:
        return outcome

    return handler


def raising(error: BaseException) -> fake_kinds.Handler:
    async def handler(data: ProbeInput, context: JobContext) -> Outcome:
        raise error

    return handler


async def billed_requests() -> int:
    """As the rollup has them."""
    total: int = await db.fetchval("SELECT coalesce(sum(requests), 0)::bigint FROM usage_rollup_hour")
    return total


@asynccontextmanager
async def rollup_locked(settings: Settings) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Another transaction holds every row of the rollup, until it is rolled back."""
    other = await asyncpg.connect(settings.require_database_url())
    try:
        await other.execute("BEGIN")
        assert await other.fetch("SELECT 1 FROM usage_rollup_hour FOR UPDATE"), "there is something to lock"
        yield other
    finally:
        await other.close()


class Ends:
    """Watches `execution.succeed`: what each call of it met. The first that fails makes `holder` let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.met: list[type[Exception] | None] = []
        self.holder: asyncpg.Connection[asyncpg.Record] | None = None
        self._succeed = execution.succeed
        monkeypatch.setattr(execution, "succeed", self._watched)
        monkeypatch.setattr(writing, "_RETRY_SECONDS", 0.01)

    async def _watched(self, *args: Any, **options: Any) -> State:
        try:
            state = await self._succeed(*args, **options)
        except LaunchKitError as error:
            self.met.append(type(error))
            if self.holder is not None:
                await self.holder.execute("ROLLBACK")
                self.holder = None
            raise
        self.met.append(None)
        return state


class TestRun:
    async def test_gives_the_handler_its_input_and_keeps_what_it_returns(self, bench: Bench) -> None:
        seen: list[object] = []

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            seen.extend([data.text, context.org_id, context.job_id])
            return jobs.OUTCOME

        job = await bench.job(handler)
        done = await bench.run(job)

        assert seen == ["hello", job.org_id, job.id]
        assert (done.state, done.result, done.attempt) == (State.SUCCEEDED, jobs.OUTCOME.result, 1)
        assert await bills() == 1

    async def test_keeps_the_calls_that_a_handler_notes_while_it_goes_on(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(context_module, "_NOTE_SECONDS", 0.01)

        async def noted() -> bool:
            return bool(await db.fetchval("SELECT count(*) FROM job WHERE noted IS NOT NULL"))

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await asyncio.to_thread(context.note, *jobs.OUTCOME.calls)
            await eventually(noted)
            return jobs.OUTCOME

        done = await bench.run(await bench.job(handler))

        assert done.state is State.SUCCEEDED
        assert await bills() == 1

    async def test_does_nothing_for_a_message_that_comes_twice(self, bench: Bench) -> None:
        ran = 0

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            nonlocal ran
            ran += 1
            return jobs.OUTCOME

        job = await bench.job(handler)
        await asyncio.gather(*(bench.run(job) for _ in range(5)))
        await bench.run(job)

        assert (ran, await bills()) == (1, 1)

    async def test_tells_nobody_about_a_job_that_is_not_there(self, bench: Bench) -> None:
        await bench.runner.run(bench.acme.org_id, jobs.MISSING)

    async def test_raises_when_it_cannot_learn_whether_to_run(self, bench: Bench, settings: Settings) -> None:
        job = await bench.job(returning(jobs.OUTCOME))
        async with network.database_behind_wire(settings) as wire:
            await wire.cut()
            with pytest.raises(DatabaseUnavailable):
                await bench.runner.run(job.org_id, job.id)
        assert await jobs.state_of(job.id) is State.QUEUED


class TestFailure:
    async def test_of_a_provider_that_may_recover_is_tried_again(self, bench: Bench) -> None:
        job = await bench.job(raising(ProviderRateLimited("openai", "slow down")))
        waiting = await bench.run(job)
        assert waiting.state is State.SCHEDULED
        assert waiting.error == JobError("provider_rate_limited", "openai: slow down")

    async def test_of_a_provider_that_refuses_is_final(self, bench: Bench) -> None:
        done = await bench.run(await bench.job(raising(ProviderRejected("openai", "no such model"))))
        assert (done.state, done.attempt) == (State.FAILED, 1)
        assert done.error == JobError("provider_rejected", "openai: no such model")

    async def test_is_final_at_the_last_attempt(self, bench: Bench) -> None:
        job = await bench.job(raising(ProviderRateLimited("openai", "slow down")), attempts=2)
        waiting = await bench.run(job)
        await execution.queue_due(now=waiting.run_at)
        done = await bench.run(job)
        assert (done.state, done.attempt) == (State.FAILED, 2)

    async def test_that_is_expected_keeps_its_code_and_is_final(self, bench: Bench) -> None:
        done = await bench.run(await bench.job(raising(NoCredit())))
        assert (done.state, done.error) == (State.FAILED, JobError("no_credit", "There is no credit left."))

    async def test_of_something_that_is_away_for_now_is_tried_again(self, bench: Bench) -> None:
        waiting = await bench.run(await bench.job(raising(Unavailable())))
        assert waiting.state is State.SCHEDULED

    async def test_that_nobody_expected_is_masked_logged_and_tried_again(self, bench: Bench) -> None:
        job = await bench.job(raising(RuntimeError("the password is hunter2")))
        with capture_logs() as logs:
            waiting = await bench.run(job)
        assert waiting.state is State.SCHEDULED
        assert waiting.error == JobError("internal_error", "The job failed for a reason that was logged.")
        [line] = [line for line in logs if line["event"] == "job.handler_crashed"]
        assert line["exc_info"]

    @pytest.mark.parametrize(
        "error", [SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError(), Unlikely(), Nameless("a")]
    )
    async def test_by_what_is_no_error_or_seems_to_be_none_is_a_crash_as_any_other(
        self, bench: Bench, error: BaseException
    ) -> None:
        job = await bench.job(raising(error), attempts=2)
        with capture_logs():
            waiting = await bench.run(job)
        assert (waiting.state, waiting.error and waiting.error.code) == (State.SCHEDULED, "internal_error")

    async def test_to_judge_the_input_is_a_crash_as_any_other(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = await bench.job(returning(jobs.OUTCOME))

        def judge(_cls: type[ProbeInput], _data: object) -> ProbeInput:
            raise KeyError("a validator of a newer version")

        monkeypatch.setattr(ProbeInput, "model_validate", classmethod(judge))
        with capture_logs():
            waiting = await bench.run(job)
        assert (waiting.state, waiting.error and waiting.error.code) == (State.SCHEDULED, "internal_error")

    @pytest.mark.parametrize("text", ["a\0b\ud800c", "\ud83d\ude00" + "x" * 3_000_000])
    async def test_is_told_however_it_is_written(self, bench: Bench, text: str) -> None:
        done = await bench.run(await bench.job(raising(NoCredit(text))))
        assert done.state is State.FAILED
        assert done.error is not None
        assert done.error.code == "no_credit"
        assert done.error.message in ("ab\N{REPLACEMENT CHARACTER}c", "\N{GRINNING FACE}" + "x" * 1_999)

    async def test_that_cannot_be_written_with_its_calls_is_written_without(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            context.note(*jobs.OUTCOME.calls)
            raise NoCredit

        # Something that nobody thought of when calls were checked.
        monkeypatch.setattr("app.jobs.billing.kept_model", lambda model: model * 1_000)
        with capture_logs():
            done = await bench.run(await bench.job(handler))
        assert (done.state, done.error and done.error.code) == (State.FAILED, "internal_error")
        assert await bills() == 0

    async def test_by_taking_too_long_stops_the_handler(self, bench: Bench) -> None:
        stopped = False

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            nonlocal stopped
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                stopped = True
                raise
            return jobs.OUTCOME

        waiting = await bench.run(await bench.job(handler, limit=0.05))
        assert stopped
        assert waiting.state is State.SCHEDULED
        assert waiting.error is not None
        assert waiting.error.code == "time_limit"

    async def test_of_a_handlers_own_time_out_is_not_called_the_jobs(self, bench: Bench) -> None:
        waiting = await bench.run(await bench.job(raising(TimeoutError("the database of ours"))))
        assert waiting.error is not None
        assert waiting.error.code == "internal_error"

    @pytest.mark.parametrize(
        "result",
        [{"at": datetime(2026, 1, 1, tzinfo=UTC), "raw": object()}, {"n": 1 << 70}, {"s": "\ud800"}],
        ids=["object", "integer", "surrogate"],
    )
    async def test_to_return_json_ends_the_job(self, bench: Bench, result: dict[str, Any]) -> None:
        """It would not be JSON the next time either: no lease is left to run out over it."""
        with capture_logs() as logs:
            done = await bench.run(await bench.job(returning(replace(jobs.OUTCOME, result=result))))
        assert (done.state, await bills()) == (State.FAILED, 1), "the calls were made all the same"
        assert done.error == JobError("internal_error", "The job failed for a reason that was logged.")
        assert "job.result_not_written" in [line["event"] for line in logs]

    async def test_to_return_little_enough_ends_the_job_with_what_would_mend_it(self, bench: Bench) -> None:
        # With its quotes and braces it is just too much; a byte less is not.
        text = "x" * (8 * 1024 * 1024 - len('{"s":""}'))
        kept = await bench.run(await bench.job(returning(replace(jobs.OUTCOME, result={"s": text}))))
        assert kept.state is State.SUCCEEDED
        done = await bench.run(await bench.job(returning(replace(jobs.OUTCOME, result={"s": text + "x"}))))
        assert (done.state, await bills()) == (State.FAILED, 2), "the calls were made all the same"
        assert done.error is not None
        assert done.error.code == "result_too_large"

    async def test_to_know_the_kind_leaves_the_job_to_another_worker(self, bench: Bench) -> None:
        job = await bench.job(returning(jobs.OUTCOME))
        fake_kinds.remove(bench.monkeypatch, job.kind)
        waiting = await bench.run(job)
        assert waiting.state is State.SCHEDULED
        assert waiting.error is not None
        assert waiting.error.code == "job_kind_unknown"
        assert waiting.run_at - utcnow() > timedelta(seconds=20)


class TestPause:
    """Before the next attempt: the job's own, or the longer one that whoever failed asked for."""

    async def pause(self, bench: Bench, error: Exception) -> timedelta:
        before = utcnow()
        waiting = await bench.run(await bench.job(raising(error)))
        assert waiting.state is State.SCHEDULED
        return waiting.run_at - before

    async def test_is_as_long_as_the_provider_asks(self, bench: Bench) -> None:
        pause = await self.pause(bench, ProviderRateLimited("openai", "slow down", retry_after=300))
        assert timedelta(seconds=300) <= pause < timedelta(seconds=400)

    async def test_is_as_long_as_anything_else_asks_that_is_away(self, bench: Bench) -> None:
        pause = await self.pause(bench, Unavailable(retry_after=200))
        assert timedelta(seconds=200) <= pause < timedelta(seconds=300)

    async def test_is_never_longer_than_an_hour(self, bench: Bench) -> None:
        pause = await self.pause(bench, ProviderRateLimited("openai", "slow down", retry_after=1e12))
        assert timedelta(hours=1) <= pause < timedelta(hours=1, seconds=90)

    async def test_is_as_the_kind_says(self, bench: Bench) -> None:
        long = Backoff(timedelta(hours=2), timedelta(hours=3))
        bench.monkeypatch.setattr(execution, "_rng", Random(1))
        before = utcnow()
        job = await bench.job(raising(ProviderRateLimited("openai", "slow down")), backoff=long)
        waiting = await bench.run(job)
        assert waiting.run_at - before > timedelta(minutes=10), "which is the longest by default"

    async def test_is_the_jobs_own_where_nobody_asks(self, bench: Bench) -> None:
        assert await self.pause(bench, ProviderRateLimited("openai", "slow down")) < timedelta(seconds=90)


class TestProgress:
    async def test_that_comes_fast_is_written_rarely_and_whole(self, bench: Bench) -> None:
        words = [f"{number} " for number in range(300)]

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            for number, word in enumerate(words):
                await context.report(number / len(words), word)
            return jobs.OUTCOME

        job = await bench.job(handler)
        await bench.run(job)

        steps = [event for event in await jobs.history(job.id) if event.kind == "progress"]
        assert 2 <= len(steps) <= 60, "five a second, of three hundred"
        assert await jobs.output_of(job.id, 1) == "".join(words)
        place = 0
        for step in steps:
            assert step.output_offset == place
            place += len(step.output_delta)
        assert [step.progress for step in steps] == sorted(step.progress for step in steps)

    @pytest.mark.parametrize("passing", [DatabaseUnavailable, LockTimeout])
    async def test_that_cannot_be_written_just_now_does_not_end_the_job(
        self, bench: Bench, passing: type[Exception]
    ) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)
        write = execution.progress
        calls = 0

        async def fails_once(*args: Any, **options: Any) -> State:
            nonlocal calls
            calls += 1
            if calls == 1:
                raise passing
            return await write(*args, **options)

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await context.report(0.3, "Whales ")
            await context.report(0.6, "sing.")
            return jobs.OUTCOME

        bench.monkeypatch.setattr(execution, "progress", fails_once)
        job = await bench.job(handler)
        done = await bench.run(job)

        assert done.state is State.SUCCEEDED
        assert await jobs.output_of(job.id, 1) == "Whales sing."

    async def test_of_a_handler_that_does_several_things_at_once_is_written_whole_and_once(
        self, bench: Bench
    ) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)
        words = [f"{number} " for number in range(10)]

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await asyncio.gather(*(context.report(0.5, word) for word in words))
            return jobs.OUTCOME

        job = await bench.job(handler)
        await bench.run(job)
        assert await jobs.output_of(job.id, 1) == "".join(words)

    async def test_that_comes_slowly_is_shown_at_once(self, bench: Bench) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)
        shown: list[str] = []

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            for word in ("one ", "two "):
                await context.report(0.5, word)
                shown.append(await jobs.output_of(context.job_id, 1))
            return jobs.OUTCOME

        await bench.run(await bench.job(handler))
        assert shown == ["one ", "one two "]

    async def test_neither_goes_backwards_nor_claims_the_end(self, bench: Bench) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            for progress in (0.5, 0.2, -3.0, 7.0):
                await context.report(progress, "x")
            return jobs.OUTCOME

        job = await bench.job(handler)
        await bench.run(job)
        assert [e.progress for e in await jobs.history(job.id) if e.kind == "progress"] == [50, 50, 50, 99]

    async def test_without_news_writes_nothing(self, bench: Bench) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            for _ in range(20):
                await context.report(0.3)
            return jobs.OUTCOME

        job = await bench.job(handler)
        await bench.run(job)
        assert len(await jobs.history(job.id)) == 4

    async def test_survives_nul_which_postgresql_cannot_store(self, bench: Bench) -> None:
        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await context.report(0.5, "a\0b")
            return Outcome({"text": "a\0b"}, jobs.OUTCOME.calls)

        done = await bench.run(await bench.job(handler))
        assert (done.state, done.result) == (State.SUCCEEDED, {"text": "ab"})
        assert await jobs.output_of(done.id, 1) == "ab"

    async def test_survives_halves_of_characters(self, bench: Bench) -> None:
        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            for text in ("a", "\ud83d", "\ude00", "b\ud800"):
                await context.report(0.5, text)
            return jobs.OUTCOME

        done = await bench.run(await bench.job(handler))
        assert done.state is State.SUCCEEDED
        assert await jobs.output_of(done.id, 1) == "a\N{GRINNING FACE}b\N{REPLACEMENT CHARACTER}"

    async def test_costs_the_job_nothing_while_the_database_is_away(
        self, bench: Bench, settings: Settings
    ) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)

        async with network.database_behind_wire(settings) as wire:

            async def handler(data: ProbeInput, context: JobContext) -> Outcome:
                await context.report(0.1, "one ")
                await wire.cut()
                await context.report(0.2, "two ")
                await wire.mend()
                await context.report(0.3, "three")
                return jobs.OUTCOME

            done = await bench.run(await bench.job(handler))

        assert done.state is State.SUCCEEDED
        assert await jobs.output_of(done.id, 1) == "one two three"

    async def test_costs_the_job_nothing_while_redis_is_away(self, bench: Bench) -> None:
        async def down(*_: str) -> None:
            raise ConnectionError("Redis is away")

        bench.monkeypatch.setattr(Publisher, "wake", down)

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await context.report(0.5, "text")
            return jobs.OUTCOME

        assert (await bench.run(await bench.job(handler))).state is State.SUCCEEDED


class TestCancel:
    """Of a job whose handler runs."""

    async def cancel(self, bench: Bench, job: Job) -> None:
        await jobs.cancel(job, by=bench.acme.key, now=utcnow())

    async def test_stops_the_handler_lets_it_put_its_things_away_and_bills_what_it_used(
        self, bench: Bench
    ) -> None:
        bench.monkeypatch.setattr(leases, "_LOOK_SECONDS", 0.02)
        began, put_away, seen = asyncio.Event(), [], []

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            context.note(*jobs.OUTCOME.calls)
            began.set()
            try:
                await asyncio.sleep(60)
            finally:
                seen.append(context.is_cancelling)
                await asyncio.sleep(0.01)
                put_away.append("all")
            return jobs.OUTCOME

        job = await bench.job(handler)
        running = asyncio.create_task(bench.run(job))
        await began.wait()
        await self.cancel(bench, job)
        done = await running

        assert (done.state, put_away, seen) == (State.CANCELLED, ["all"], [True])
        assert (await bills(), done.input_tokens) == (1, jobs.USAGE.input_tokens)

    async def test_is_learnt_from_a_report_too(self, bench: Bench) -> None:
        bench.monkeypatch.setattr(leases, "_LOOK_SECONDS", 60)
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await self.cancel(bench, job)
            await context.report(0.5, "text")
            assert context.is_cancelling
            await asyncio.sleep(60)
            return jobs.OUTCOME

        job = await bench.job(handler)
        assert (await bench.run(job)).state is State.CANCELLED

    async def test_is_not_outdone_by_a_handler_that_will_not_stop(self, bench: Bench) -> None:
        bench.monkeypatch.setattr(leases, "_LOOK_SECONDS", 0.02)
        bench.monkeypatch.setattr(stopping, "STOP_SECONDS", 0.1)
        released, began = asyncio.Event(), asyncio.Event()

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            began.set()
            while not released.is_set():
                try:
                    await released.wait()
                except asyncio.CancelledError:
                    continue
            return jobs.OUTCOME

        job = await bench.job(handler)
        running = asyncio.create_task(bench.run(job))
        await began.wait()
        await self.cancel(bench, job)
        with capture_logs() as logs:
            done = await running
        released.set()
        assert (done.state, await bills()) == (State.CANCELLED, 0)
        assert "job.handler_abandoned" in [line["event"] for line in logs]

    async def test_that_comes_as_the_handler_ends_cancels_and_bills(self, bench: Bench) -> None:
        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await self.cancel(bench, job)
            return jobs.OUTCOME

        job = await bench.job(handler)
        assert ((await bench.run(job)).state, await bills()) == (State.CANCELLED, 1)

    async def test_is_not_followed_by_another_attempt(self, bench: Bench) -> None:
        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            await self.cancel(bench, job)
            raise ProviderRateLimited("openai", "slow down")

        job = await bench.job(handler)
        assert (await bench.run(job)).state is State.CANCELLED


class TestLostLease:
    async def test_ends_the_handler_at_its_next_report(self, bench: Bench) -> None:
        bench.monkeypatch.setattr(context_module, "_REPORT_SECONDS", 0.0)
        went_on = False

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            nonlocal went_on
            await execution.recover_lost(now=utcnow() + timedelta(seconds=31))
            await context.report(0.5, "too late")
            went_on = True
            return jobs.OUTCOME

        job = await bench.job(handler)
        left = await bench.run(job)

        assert not went_on
        assert (left.state, await bills()) == (State.SCHEDULED, 0)

    async def test_ends_a_handler_that_reports_nothing(self, bench: Bench, settings: Settings) -> None:
        quick = leases.LeaseKeeper(settings.require_database_url(), lease=timedelta(seconds=0.06))
        quick.start()
        cancelled = asyncio.Event()

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            try:
                # The keeper may find it lost before this returns.
                await execution.recover_lost(now=utcnow() + timedelta(seconds=31))
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                cancelled.set()
                raise
            return jobs.OUTCOME

        job = await bench.job(handler)
        try:
            await Runner(bench.runner._providers, bench.runner._publisher, quick, PriceBook()).run(
                job.org_id, job.id
            )
        finally:
            await asyncio.to_thread(quick.stop)

        assert cancelled.is_set()
        assert (await jobs.state_of(job.id), await bills()) == (State.SCHEDULED, 0)

    async def test_at_the_end_leaves_the_bill_to_the_new_holder(self, bench: Bench) -> None:
        attempts = 0

        async def handler(data: ProbeInput, context: JobContext) -> Outcome:
            nonlocal attempts
            attempts += 1
            if attempts == 1:
                later = utcnow() + timedelta(seconds=31)
                await execution.recover_lost(now=later)
                await execution.queue_due(now=later)
                await bench.runner.run(context.org_id, context.job_id)
            return jobs.OUTCOME

        done = await bench.run(await bench.job(handler))

        assert (attempts, done.attempt, done.state) == (2, 2, State.SUCCEEDED)
        assert await bills() == 1


class TestWrite:
    async def test_of_the_end_waits_for_the_database_and_bills_once(
        self, bench: Bench, settings: Settings
    ) -> None:
        bench.monkeypatch.setattr(writing, "_RETRY_SECONDS", 0.02)
        async with network.database_behind_wire(settings) as wire:

            async def handler(data: ProbeInput, context: JobContext) -> Outcome:
                await wire.cut()
                return jobs.OUTCOME

            job = await bench.job(handler)
            with capture_logs():
                running = asyncio.create_task(bench.runner.run(job.org_id, job.id))
                await eventually(lambda: wire.is_cut)
                done, _ = await asyncio.wait([running], timeout=0.3)
                assert not done, "it keeps the result while the database is away"
                await wire.mend()
                await running

        assert (await jobs.state_of(job.id), await bills()) == (State.SUCCEEDED, 1)

    @pytest.mark.parametrize("failing", ["succeed", "fail"])
    async def test_whose_answer_was_lost_after_the_commit_counts_once(
        self, bench: Bench, failing: str
    ) -> None:
        bench.monkeypatch.setattr(writing, "_RETRY_SECONDS", 0.0)
        step: Callable[..., Awaitable[object]] = getattr(execution, failing)
        calls = 0

        async def commit_and_lose_the_answer(*args: Any, **options: Any) -> object:
            nonlocal calls
            calls += 1
            answer = await step(*args, **options)
            if calls == 1:
                raise DatabaseUnavailable
            return answer

        bench.monkeypatch.setattr(execution, failing, commit_and_lose_the_answer)
        handler = returning(jobs.OUTCOME) if failing == "succeed" else raising(NoCredit())
        done = await bench.run(await bench.job(handler))

        assert calls == 2
        assert done.state is (State.SUCCEEDED if failing == "succeed" else State.FAILED)
        assert await bills() == (failing == "succeed")
        assert len(await jobs.history(done.id)) == 3

    async def test_gives_up_within_the_lease(self, bench: Bench) -> None:
        """The message is then tried again, and the job recovered when its lease runs out."""
        assert timedelta(seconds=writing._PATIENCE_SECONDS) < LEASE
        bench.monkeypatch.setattr(writing, "_PATIENCE_SECONDS", 0.0)
        bench.monkeypatch.setattr(writing, "_RETRY_SECONDS", 0.0)

        async def down(*_: Any, **__: Any) -> None:
            raise DatabaseUnavailable

        bench.monkeypatch.setattr(execution, "succeed", down)
        job = await bench.job(returning(jobs.OUTCOME))
        with pytest.raises(DatabaseUnavailable):
            await bench.runner.run(job.org_id, job.id)
        assert (await jobs.state_of(job.id), await bills()) == (State.RUNNING, 0)

    async def test_of_a_lost_lease_is_not_repeated(self, bench: Bench) -> None:
        calls = 0

        async def lost(*_: Any, **__: Any) -> None:
            nonlocal calls
            calls += 1
            raise LeaseLost

        bench.monkeypatch.setattr(execution, "succeed", lost)
        await bench.run(await bench.job(returning(jobs.OUTCOME)))
        assert calls == 1

    async def second_job(self, bench: Bench) -> Job:
        """A job that will be booked in the rollup row of the one that ran before it."""
        first = await bench.job(returning(jobs.OUTCOME))
        await bench.run(first)
        return await jobs.queued(bench.acme, kind=first.kind, data={"text": "again"}, now=utcnow())

    async def test_of_the_end_that_meets_a_lock_is_tried_again_and_bills_once(
        self, bench: Bench, settings: Settings
    ) -> None:
        job = await self.second_job(bench)
        ends = Ends(bench.monkeypatch)
        bench.monkeypatch.setattr(orm, "_LOCK_TIMEOUT_MS", 300)
        async with orm_on(settings.require_database_url()), rollup_locked(settings) as ends.holder:
            done = await bench.run(job)

        assert ends.met == [LockTimeout, None]
        assert (done.state, done.attempt) == (State.SUCCEEDED, 1)
        assert (await bills(), await billed_requests()) == (2, 2)

    async def test_of_the_end_whose_statement_was_cancelled_is_tried_again_and_bills_once(
        self, bench: Bench, settings: Settings
    ) -> None:
        """As a statement time-out does it: the same SQLSTATE."""
        job = await self.second_job(bench)
        ends = Ends(bench.monkeypatch)

        async with rollup_locked(settings) as holder:
            ends.holder = holder

            async def cancel() -> int:
                cancelled: int = await db.fetchval(
                    "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))",
                    holder.get_server_pid(),
                )
                return cancelled

            running = asyncio.create_task(bench.run(job))
            await eventually(cancel, what="the statement that waits for the rollup row")
            done = await running

        assert ends.met == [StatementTooSlow, None]
        assert (done.state, done.attempt) == (State.SUCCEEDED, 1)
        assert (await bills(), await billed_requests()) == (2, 2)

    async def test_of_usage_that_is_recorded_already_ends_the_job(self, bench: Bench) -> None:
        """Nothing that another attempt could mend: were the job left running, it would run and cost again."""
        job = await bench.job(returning(jobs.OUTCOME))
        await db.execute(
            "INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at) VALUES ($1, $2, $3, $4)",
            job.org_id,
            f"job:{job.id}:0",
            job.id,
            utcnow(),
        )
        with capture_logs() as logs:
            done = await bench.run(job)

        assert (done.state, await bills()) == (State.FAILED, 0)
        assert done.error == JobError("internal_error", "The job failed for a reason that was logged.")
        assert "job.result_not_written" in [line["event"] for line in logs]
