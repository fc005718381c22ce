"""The demo data, before any of it is written."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.types import SignIn
from app.core.config import Settings
from app.core.principal import Role
from app.dev.seed import check, facts, past
from app.jobs import kinds
from app.jobs.types import JobError
from app.metering.types import EventType, Metered
from app.pricing import costs

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PLAN = past.plan(80, now=NOW)


class TestPlan:
    def test_is_the_same_for_the_same_clock(self) -> None:
        assert past.plan(80, now=NOW) == PLAN

    def test_fills_the_week_in_order(self) -> None:
        created = [job.created_at for job in PLAN]
        assert created == sorted(created)
        assert NOW - timedelta(days=7) <= created[0] < NOW - timedelta(days=5)
        assert all(job.created_at < job.started_at < job.finished_at < NOW for job in PLAN)

    def test_fits_what_the_kinds_take(self) -> None:
        kinds.load()
        for job in PLAN:
            kinds.get(job.kind).parse(job.input)

    def test_has_several_kinds_models_customers_and_a_few_failures(self) -> None:
        failed = [job for job in PLAN if isinstance(job.end, JobError)]
        assert 0 < len(failed) < 20
        assert {job.kind for job in PLAN} == {"summarize", "completion", "embeddings"}
        assert len({job.customer_id for job in PLAN}) > 2

    def test_every_model_has_a_price(self) -> None:
        calls = [call for job in PLAN if not isinstance(job.end, JobError) for call in job.end.calls]
        for call in calls:
            metered = Metered(EventType.TOKEN_USAGE, call.provider, call.model, call.usage)
            assert costs.of(metered, at=NOW) is not None, call.model

    def test_the_free_org_stays_within_its_plan(self) -> None:
        week = past.plan(facts.FREE.jobs, now=NOW, size=facts.FREE.size)
        ends = [job.end for job in week if not isinstance(job.end, JobError)]
        assert sum(call.usage.total_tokens for end in ends for call in end.calls) < 50_000


class TestFacts:
    def test_one_user_per_role(self) -> None:
        assert [person.role for person in facts.PEOPLE] == list(Role)

    def test_everybody_can_sign_in(self) -> None:
        for person in facts.PEOPLE:
            SignIn(person.email, facts.PASSWORD).validate()

    def test_a_hundred_jobs(self) -> None:
        assert facts.FREE.jobs + facts.PRO.jobs == 100


class TestIsComplete:
    @pytest.mark.parametrize("token", [None, "", "rubbish", "lk_live_pk_x_y"])
    async def test_without_a_key_there_is_something_to_do_and_no_query(self, token: str | None) -> None:
        settings = Settings(database_url="postgresql://127.0.0.1:1/x")
        assert await check.is_complete(settings, token) is False
