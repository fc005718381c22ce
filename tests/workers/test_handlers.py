"""The handlers of the house, from the queued job over the provider's own wire format to the priced usage."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from app.core.clock import utcnow
from app.infra import db
from app.infra.providers.http import Timeouts
from app.infra.providers.registry import Providers
from app.infra.pubsub import Publisher
from app.jobs import execution
from app.jobs.state import State
from app.jobs.types import Job
from app.pricing.book import PriceBook
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.fakes.provider_clients import settings as provider_settings
from tests.fakes.provider_faults import FaultKind
from tests.fakes.provider_formats import FakeUsage
from tests.fakes.providers import PIECES, FakeProviders, running
from workers.leases import LeaseKeeper
from workers.runner import Runner

# Priced by hand from the providers' lists: 800 fresh and 200 cached tokens in, 100 out.
USAGE = FakeUsage(input=1_000, output=100, cached=200)
PRICED = [
    ("openai", "gpt-4o-mini", "0.000195"),  # $0.15, cached $0.075, out $0.60 a million
    ("anthropic", "claude-sonnet-4-5", "0.00396"),  # $3, cached $0.30, out $15
    ("google", "gemini-2.5-flash", "0.000496"),  # $0.30, cached $0.03, out $2.50
]
CHAT = {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "And the fox?"}]}


@dataclass
class Office:
    """A worker whose providers are the fake's, and whose jobs are one tenant's."""

    acme: Tenant
    fake: FakeProviders
    runner: Runner

    async def run(self, kind: str, data: dict[str, Any]) -> Job:
        job = await jobs.queued(self.acme, kind=kind, data=data, customer_id="law-firm-a", now=utcnow())
        await self.runner.run(job.org_id, job.id)
        return await jobs.read(job.id)


@pytest.fixture
async def office(acme: Tenant, publisher: Publisher, keeper: LeaseKeeper) -> AsyncIterator[Office]:
    fake = FakeProviders(usage=USAGE)
    async with running(fake) as url, aiohttp.ClientSession() as session:
        providers = Providers.from_settings(
            provider_settings(url), session, timeouts=Timeouts(connect=30, read=60, total=120)
        )
        yield Office(acme, fake, Runner(providers, publisher, keeper, PriceBook()))


async def usage() -> db.Row:
    [row] = await db.fetch("SELECT * FROM usage_event")
    return row


class TestSummarize:
    @pytest.mark.parametrize(("provider", "model", "cost"), PRICED)
    async def test_streams_the_summary_and_meters_the_call(
        self, office: Office, provider: str, model: str, cost: str
    ) -> None:
        done = await office.run("summarize", {"text": jobs.TEXT, "tone": "bullets", "model": model})

        assert (done.state, done.error) == (State.SUCCEEDED, None)
        assert done.result == {"summary": "".join(PIECES), "finish_reason": "stop"}
        assert await jobs.output_of(done.id, 1) == "".join(PIECES)
        assert (done.provider, done.model) == (provider, model)
        assert (done.input_tokens, done.output_tokens) == (1_000, 100)
        assert (done.cost_usd, done.credits) == (Decimal(cost), Decimal("1.1"))
        event = await usage()
        assert (event["provider"], event["model"], event["usage_source"]) == (provider, model, "provider")
        assert (event["input_tokens"], event["cached_input_tokens"], event["output_tokens"]) == (
            1_000,
            200,
            100,
        )
        assert (event["cost_usd"], event["customer_id"]) == (Decimal(cost), "law-firm-a")
        assert event["cost_ref"].startswith("genai-prices@")
        assert f":{provider}/" in event["cost_ref"]

    @pytest.mark.parametrize(("provider", "model", "_cost"), PRICED)
    async def test_asks_the_provider_with_instructions_text_and_limit(
        self, office: Office, provider: str, model: str, _cost: str
    ) -> None:
        await office.run("summarize", {"text": jobs.TEXT, "tone": "bullets", "model": model})
        [received] = office.fake.journal
        assert received.dialect == provider
        sent = str(received.body)
        assert jobs.TEXT in sent
        assert "bullet points" in sent
        assert "300" in sent, "the longest answer of this tone"

    async def test_with_the_models_provider_named_asks_that_one(self, office: Office) -> None:
        done = await office.run("summarize", {"text": jobs.TEXT, "model": "anthropic/claude-sonnet-4-5"})
        assert (done.provider, done.model) == ("anthropic", "claude-sonnet-4-5")

    @pytest.mark.parametrize(("provider", "model", "_cost"), PRICED)
    async def test_is_tried_again_when_the_provider_stumbles_and_billed_once(
        self, office: Office, provider: str, model: str, _cost: str
    ) -> None:
        office.fake.fail(FaultKind.CUT)
        waiting = await office.run("summarize", {"text": jobs.TEXT, "model": model})
        assert (waiting.state, (await jobs.counts())["usage_event"]) == (State.SCHEDULED, 0)
        assert waiting.error is not None
        assert waiting.error.code == "provider_truncated"

        await execution.queue_due(now=waiting.run_at)
        await office.runner.run(waiting.org_id, waiting.id)
        done = await jobs.read(waiting.id)
        assert (done.state, done.attempt) == (State.SUCCEEDED, 2)
        assert await jobs.output_of(done.id, 2) == "".join(PIECES)
        assert (await usage())["input_tokens"] == 1_000

    @pytest.mark.parametrize(
        ("status", "code", "state"),
        [
            (400, "provider_rejected", State.FAILED),
            (401, "provider_unauthorised", State.FAILED),
            (429, "provider_rate_limited", State.SCHEDULED),
            (500, "provider_error", State.SCHEDULED),
        ],
    )
    async def test_says_what_the_provider_said(
        self, office: Office, status: int, code: str, state: State
    ) -> None:
        office.fake.fail(FaultKind.STATUS, status=status, message="Computer says no.", times=-1)
        left = await office.run("summarize", {"text": jobs.TEXT, "model": "gpt-4o-mini"})
        assert left.state is state
        assert left.error is not None
        assert left.error.code == code
        assert "Computer says no." in left.error.message
        assert "sk-" not in left.error.message


class TestCompletion:
    @pytest.mark.parametrize(("provider", "model", "cost"), PRICED)
    async def test_answers_and_meters_the_call(
        self, office: Office, provider: str, model: str, cost: str
    ) -> None:
        office.fake.finish = "length"
        done = await office.run("completion", {**CHAT, "model": model, "max_tokens": 77, "temperature": 0.5})

        assert (done.state, done.error) == (State.SUCCEEDED, None)
        assert done.result == {"content": "".join(PIECES), "finish_reason": "length"}
        assert (done.provider, done.model, done.cost_usd) == (provider, model, Decimal(cost))
        sent = str(office.fake.journal[0].body)
        for part in ("Be brief.", "And the fox?", "77", "0.5"):
            assert part in sent


class TestEmbeddings:
    @pytest.mark.parametrize(
        ("provider", "model", "per_token"),
        [
            ("openai", "text-embedding-3-small", "0.00000002"),
            ("google", "gemini-embedding-001", "0.00000015"),
        ],
    )
    async def test_gives_a_vector_per_text_and_meters_the_call(
        self, office: Office, provider: str, model: str, per_token: str
    ) -> None:
        texts = ["one", "three", "fifteen letters"]
        done = await office.run("embeddings", {"input": texts, "model": f"{provider}/{model}"})

        assert (done.state, done.error) == (State.SUCCEEDED, None)
        assert done.result is not None
        assert [vector[0] for vector in done.result["embeddings"]] == [3.0, 5.0, 15.0], "in the order asked"
        assert (done.provider, done.model) == (provider, model)
        assert done.input_tokens > 0
        assert done.cost_usd == done.input_tokens * Decimal(per_token)
        assert (await usage())["output_tokens"] == 0

    async def test_of_a_provider_without_them_are_refused_for_good(self, office: Office) -> None:
        done = await office.run("embeddings", {"input": ["one"], "model": "claude-sonnet-4-5"})
        assert done.state is State.FAILED
        assert done.error is not None
        assert done.error.code == "provider_rejected"


class TestLocal:
    """Without any key: the same path, at no price, and honest about its counting."""

    @pytest.mark.parametrize(
        ("kind", "data", "model", "holds"),
        [
            ("summarize", {"text": jobs.TEXT}, "local/extractive-1", "summary"),
            ("completion", CHAT, "local/extractive-1", "content"),
            ("embeddings", {"input": [jobs.TEXT], "dimensions": 64}, "local/hashing-1", "embeddings"),
        ],
    )
    async def test_does_every_kind_of_job(
        self, acme: Tenant, runner: Runner, kind: str, data: dict[str, Any], model: str, holds: str
    ) -> None:
        job = await jobs.queued(acme, kind=kind, data=data, now=utcnow())
        await runner.run(job.org_id, job.id)

        done = await jobs.read(job.id)
        assert (done.state, done.error) == (State.SUCCEEDED, None)
        assert (done.provider, done.model) == ("local", model)
        assert done.result is not None
        assert done.result[holds]
        assert done.input_tokens > 0
        assert done.cost_usd == 0
        event = await usage()
        assert (event["usage_source"], event["cost_usd"]) == ("estimated", 0)

    async def test_shows_the_summary_as_it_grows(self, acme: Tenant, runner: Runner) -> None:
        job = await jobs.queued(acme, data={"text": jobs.TEXT}, now=utcnow())
        await runner.run(job.org_id, job.id)
        done = await jobs.read(job.id)
        assert done.result is not None
        assert await jobs.output_of(job.id, 1) == done.result["summary"]
