"""Creating jobs."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import orjson
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from app.audit import service as audit
from app.audit.types import Origin
from app.core.allowed_models import ModelNotAllowed
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, LaunchKitError, NotFound
from app.core.principal import Permission, Principal, Role
from app.idempotency import service as idempotency
from app.idempotency.errors import KeyReused, RequestInProgress
from app.idempotency.service import Claim
from app.infra import db, orm, telemetry
from app.infra.db import DatabaseUnavailable
from app.jobs import execution, service
from app.jobs.errors import UnknownKind
from app.jobs.state import State
from app.jobs.types import CreatedJob, CreateJob
from tests.factories import jobs
from tests.factories.databases import orm_on
from tests.factories.orgs import NOW, Tenant, member

WHALES = CreateJob("summarize", {"text": "Whales are large."}, idempotency_key="k1")


async def create(acme: Tenant, command: CreateJob = WHALES, *, by: Principal | None = None) -> CreatedJob:
    return await service.create(by or acme.key, acme.org_id, command=command, now=NOW)


class TestCreate:
    @pytest.mark.parametrize("who", [lambda t: t.key, lambda t: t.owner], ids=["key", "user"])
    async def test_queues_a_job_for_either_principal(
        self, acme: Tenant, who: Callable[[Tenant], Principal]
    ) -> None:
        principal = who(acme)

        created = await create(acme, replace(WHALES, customer_id="law-firm-a"), by=principal)

        stored = await jobs.read(created.job.id)
        assert stored == created.job
        assert (stored.state, stored.seq, stored.attempt, stored.progress) == (State.QUEUED, 1, 0, 0)
        assert (stored.created_by_kind, stored.created_by_id) == (principal.kind, principal.id)
        assert (stored.org_id, stored.workspace_id) == (acme.org_id, acme.live.id)
        assert stored.customer_id == "law-firm-a"
        assert stored.estimated_tokens > 0
        assert not created.is_replay

    async def test_takes_from_a_limited_key_only_models_that_it_may_use(self, acme: Tenant) -> None:
        limited = replace(acme.key, models=("gpt-4o*",))
        before = await jobs.counts()
        for model in (None, "o3", "openai/gpt-4o"):
            with pytest.raises(ModelNotAllowed):
                await create(acme, replace(WHALES, input={"text": "x", "model": model}), by=limited)
        with pytest.raises(ModelNotAllowed):
            await create(acme, by=limited)
        assert await jobs.counts() == before

        allowed = replace(WHALES, input={"text": "x", "model": "gpt-4o-mini"})
        assert not (await create(acme, allowed, by=limited)).is_replay

    async def test_puts_the_job_of_a_test_key_into_the_test_workspace(self, acme: Tenant) -> None:
        created = await create(acme, by=replace(acme.key, workspace_id=acme.test.id))
        assert created.job.workspace_id == acme.test.id

    async def test_writes_job_event_task_audit_and_claim_in_one_transaction(self, acme: Tenant) -> None:
        job = (await create(acme)).job

        tables = ("job", "job_event", "outbox_message", "idempotency_key")
        transactions = {await db.fetchval(f"SELECT xmin::text FROM {table}") for table in tables}
        entry = await db.fetchrow("SELECT *, xmin::text AS tx FROM audit_entry WHERE action = 'job.created'")
        assert entry is not None
        assert transactions == {entry["tx"]}
        assert (entry["target_id"], entry["principal_id"], entry["at"]) == (job.id, acme.key.id, NOW)
        assert orjson.loads(entry["changes"]) == {"kind": "summarize"}
        [event] = await jobs.history(job.id)
        assert (event.seq, event.kind, event.state, event.at) == (1, "state", State.QUEUED, NOW)

    async def test_promises_the_task_that_runs_it(self, acme: Tenant) -> None:
        job = (await create(acme)).job

        message = await db.fetchrow("SELECT kind, name, payload FROM outbox_message")
        assert message is not None
        assert (message["kind"], message["name"]) == ("task", "run_job")
        assert orjson.loads(message["payload"]) == {
            "queue": "jobs",
            "kwargs": {"org_id": str(acme.org_id), "job_id": str(job.id)},
        }

    async def test_notes_where_the_request_came_from_and_its_trace(self, acme: Tenant) -> None:
        parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        token = audit.origin.set(Origin("req-12345678", "192.0.2.7"))
        try:
            with telemetry.span("request", parent=telemetry.parent_of(parent)):
                await create(acme)
        finally:
            audit.origin.reset(token)

        entry = await db.fetchrow("SELECT request_id, ip FROM audit_entry WHERE action = 'job.created'")
        assert entry is not None
        assert tuple(entry) == ("req-12345678", "192.0.2.7")
        trace = await db.fetchval("SELECT trace FROM outbox_message")
        assert trace.split("-")[1] == "0af7651916cd43dd8448eb211c80319c"

    async def test_one_key_makes_one_job_however_many_ask_at_once(self, acme: Tenant) -> None:
        made = await asyncio.gather(*(create(acme) for _ in range(50)))

        assert len({created.job.id for created in made}) == 1
        assert sum(not created.is_replay for created in made) == 1
        rows = await jobs.counts()
        assert (rows["job"], rows["job_event"], rows["outbox_message"]) == (1, 1, 1)
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'job.created'") == 1

    async def test_without_a_key_every_request_is_a_job(self, acme: Tenant) -> None:
        command = replace(WHALES, idempotency_key=None)
        made = await asyncio.gather(*(create(acme, command) for _ in range(5)))
        assert len({created.job.id for created in made}) == 5


class TestCreateTogether:
    """Those that wait at one moment share a commit."""

    async def test_commits_each_once_where_one_of_them_violates(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failed: list[str] = []
        told: list[str] = []
        run_many, find = db._group._run_many, idempotency.find

        async def watched(sql: str, batch: Sequence[Sequence[object]]) -> Sequence[object]:
            try:
                return await run_many(sql, batch)
            except asyncpg.UniqueViolationError as error:
                failed.append(error.table_name or "")
                raise

        async def watched_find(claim: Claim, *, now: datetime) -> Mapping[str, Any] | None:
            told.append(claim.key)
            return await find(claim, now=now)

        await create(acme)
        monkeypatch.setattr(db._group, "_run_many", watched)
        monkeypatch.setattr(idempotency, "find", watched_find)
        wishes = [CreateJob("summarize", {"text": f"{n}"}, idempotency_key=f"n{n}") for n in range(59)]
        wishes.insert(30, replace(WHALES, input={"text": "Another text, the same key."}))
        outcomes = await asyncio.gather(*(create(acme, wish) for wish in wishes), return_exceptions=True)

        assert failed == ["idempotency_key"], "it shared a batch with others"
        assert told == [WHALES.idempotency_key], "and nobody else heard of it"
        assert [position for position, one in enumerate(outcomes) if isinstance(one, Exception)] == [30]
        assert isinstance(outcomes[30], KeyReused)
        made = {one.job.id for one in outcomes if isinstance(one, CreatedJob) and not one.is_replay}
        assert len(made) == 59
        counted = await jobs.counts()
        assert {counted[name] for name in ("job", "job_event", "idempotency_key")} == {60}
        assert counted["outbox_message"] == 50, "as many as the plan lets run at a time; the others wait"
        stored = await db.fetch("SELECT input->>'text' AS text FROM job")
        texts = [WHALES.input["text"], *(str(n) for n in range(59))]
        assert sorted(row["text"] for row in stored) == sorted(texts)

    async def test_does_nothing_again_where_the_answer_was_lost_after_the_commit(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lost = 0
        run_many = db._group._run_many

        async def commit_and_lose_the_answer(sql: str, batch: Sequence[Sequence[object]]) -> Sequence[object]:
            nonlocal lost
            given = await run_many(sql, batch)
            if not lost:
                lost = len(batch)
                raise DatabaseUnavailable
            return given

        monkeypatch.setattr(db._group, "_run_many", commit_and_lose_the_answer)
        wishes = [replace(WHALES, idempotency_key=None)] * 60
        outcomes = await asyncio.gather(*(create(acme, wish) for wish in wishes), return_exceptions=True)

        failures = [type(one) for one in outcomes if isinstance(one, Exception)]
        assert lost > 1
        assert failures == [DatabaseUnavailable] * lost, "each is told that nobody knows"
        counted = await jobs.counts()
        assert {counted[name] for name in ("job", "job_event")} == {60}
        assert counted["outbox_message"] == 50


class TestCreateRefuses:
    """Whatever the refusal, nothing is written."""

    @pytest.mark.parametrize(
        ("command", "error", "fields"),
        [
            (CreateJob("sumarize", {"text": "a"}), UnknownKind, set()),
            (
                CreateJob("summarize", {"tone": "loud", "extra": 1}),
                InvalidInput,
                {"text", "tone", "extra"},
            ),
            (CreateJob("summarize", {"text": ""}), InvalidInput, {"text"}),
            (replace(WHALES, idempotency_key=""), InvalidInput, {"idempotency_key"}),
            (replace(WHALES, idempotency_key="k" * 256), InvalidInput, {"idempotency_key"}),
            (replace(WHALES, customer_id=""), InvalidInput, {"customer_id"}),
            (replace(WHALES, customer_id="c" * 256), InvalidInput, {"customer_id"}),
            (
                replace(WHALES, customer_id="c" * 256, idempotency_key=""),
                InvalidInput,
                {"customer_id", "idempotency_key"},
            ),
        ],
    )
    async def test_input_that_is_wrong_naming_every_field(
        self, acme: Tenant, command: CreateJob, error: type[LaunchKitError], fields: set[str]
    ) -> None:
        before = await jobs.counts()
        with pytest.raises(error) as raised:
            await create(acme, command)
        assert {e.field for e in raised.value.field_errors} == fields
        assert await jobs.counts() == before

    @pytest.mark.parametrize(
        "command",
        [
            replace(WHALES, input={"text": "a\0b"}),
            replace(WHALES, customer_id="a\0b"),
            replace(WHALES, idempotency_key="a\0b"),
        ],
        ids=["input", "customer", "key"],
    )
    async def test_nul_which_postgresql_cannot_store(self, acme: Tenant, command: CreateJob) -> None:
        before = await jobs.counts()
        with pytest.raises(InvalidInput) as raised:
            await create(acme, command)
        code = "nul_character" if command.input != WHALES.input else "characters"
        assert [e.code for e in raised.value.errors] == [code]
        assert await jobs.counts() == before

    async def test_a_member_who_may_only_look(self, acme: Tenant) -> None:
        viewer = await member(acme, Role.VIEWER)
        before = await jobs.counts()
        with pytest.raises(Forbidden, match="jobs:write"):
            await create(acme, by=viewer)
        assert await jobs.counts() == before

    async def test_a_key_without_the_scope(self, acme: Tenant) -> None:
        scopes = frozenset(Permission) - {Permission.JOBS_WRITE}
        before = await jobs.counts()
        with pytest.raises(Forbidden):
            await create(acme, by=replace(acme.key, orgs={acme.org_id: scopes}))
        assert await jobs.counts() == before

    async def test_an_org_of_others_as_if_it_did_not_exist(self, acme: Tenant, rival: Tenant) -> None:
        before = await jobs.counts()
        for outsider in (rival.key, rival.owner):
            with pytest.raises(NotFound):
                await create(acme, by=outsider)
        assert await jobs.counts() == before


class TestReplay:
    async def test_is_the_first_answer_and_writes_nothing(self, acme: Tenant) -> None:
        first = await create(acme)
        before = await jobs.counts()

        again = await create(acme)

        assert again.is_replay
        assert again.job == first.job
        assert await jobs.counts() == before

    async def test_is_the_first_answer_also_after_the_job_went_on(self, acme: Tenant) -> None:
        first = await create(acme)
        await execution.succeed(await jobs.leased(first.job), jobs.OUTCOME, now=NOW)

        again = await create(acme)

        assert again.job == first.job
        assert again.job.state is State.QUEUED

    @pytest.mark.parametrize(
        "other",
        [
            replace(WHALES, input={"text": "Whales are small."}),
            replace(WHALES, customer_id="law-firm-a"),
            replace(WHALES, kind="completion", input={"messages": [{"role": "user", "content": "Hi"}]}),
        ],
        ids=["input", "customer", "kind"],
    )
    async def test_is_refused_for_another_request(self, acme: Tenant, other: CreateJob) -> None:
        await create(acme)
        before = await jobs.counts()
        with pytest.raises(KeyReused):
            await create(acme, other)
        assert await jobs.counts() == before

    async def test_does_not_depend_on_the_order_of_fields(self, acme: Tenant) -> None:
        first = await create(acme, replace(WHALES, input={"text": "a", "tone": "brief"}))
        again = await create(acme, replace(WHALES, input={"tone": "brief", "text": "a"}))
        assert again.is_replay
        assert again.job.id == first.job.id

    async def test_is_each_principals_own(self, acme: Tenant, rival: Tenant) -> None:
        made = [
            await create(acme, by=acme.key),
            await create(acme, by=acme.owner),
            await create(rival, by=rival.key),
        ]
        assert len({created.job.id for created in made}) == 3

    async def test_ends_after_a_day(self, acme: Tenant) -> None:
        first = await create(acme)
        for age, is_replay in ((timedelta(hours=24) - timedelta(seconds=1), True), (idempotency.KEPT, False)):
            later = await service.create(acme.key, acme.org_id, command=WHALES, now=NOW + age)
            assert later.is_replay is is_replay
        assert later.job.id != first.job.id

    async def test_of_a_refused_request_is_a_new_try(self, acme: Tenant) -> None:
        """Only an effect claims a key: who mends the input may keep it."""
        with pytest.raises(InvalidInput):
            await create(acme, replace(WHALES, input={}))
        assert not (await create(acme)).is_replay

    async def test_asks_to_come_back_while_the_first_still_runs(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(orm, "_LOCK_TIMEOUT_MS", 300)
        other = await asyncpg.connect(settings.require_database_url())
        try:
            transaction = other.transaction()
            await transaction.start()
            await other.execute(
                "INSERT INTO idempotency_key VALUES ($1, $2, 'jobs.create', 'k1', '', '{}', $3, $3)",
                acme.org_id,
                acme.key.id,
                NOW,
            )
            before = await jobs.counts()
            async with orm_on(settings.require_database_url()):
                with pytest.raises(RequestInProgress) as raised:
                    await create(acme)
            assert raised.value.retry_after == 1
            assert await jobs.counts() == before
            await transaction.rollback()
        finally:
            await other.close()
        assert not (await create(acme)).is_replay, "the first failed: its key is free"

    @profile(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(order=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), min_size=1, max_size=8))
    async def test_makes_one_job_per_key_in_any_order(
        self, acme: Tenant, order: list[tuple[str, str]]
    ) -> None:
        """The first text under a key wins; the same again is a replay, another is refused, at once or not."""
        scope = str(await db.fetchval("SELECT gen_random_uuid()"))

        async def attempt(key: str, text: str) -> CreatedJob | None:
            try:
                return await create(
                    acme, CreateJob("summarize", {"text": text}, idempotency_key=f"{scope}-{key}")
                )
            except KeyReused:
                return None

        made = await asyncio.gather(*(attempt(key, text) for key, text in order))

        for key in {key for key, _ in order}:
            mine = [(text, one) for (k, text), one in zip(order, made, strict=True) if k == key]
            winners = {text for text, one in mine if one is not None}
            assert len(winners) == 1
            assert len({one.job.id for _, one in mine if one is not None}) == 1
            assert sum(one is not None and not one.is_replay for _, one in mine) == 1
            assert all((one is not None) == (text in winners) for text, one in mine)
