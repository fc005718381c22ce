"""One effect per key, whoever repeats it and however often."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import ids
from app.core.config import Settings
from app.core.errors import NotFound
from app.core.ids import OrgId
from app.core.principal import Access, Permission, Principal
from app.idempotency import service
from app.idempotency.errors import KeyReused, RequestInProgress
from app.idempotency.service import KEPT, Claim
from app.idempotency.types import Done
from app.infra import db
from app.infra.db import UnitOfWork
from tests.factories.databases import orm_on, waiters
from tests.factories.orgs import NOW
from tests.waiting import until

INSERT = (
    "INSERT INTO org (id, name, slug, plan, created_at) VALUES ($1::uuid, 'x', $1::uuid::text, 'FREE', $2)"
)


def access() -> Access:
    org_id = OrgId(ids.uuid7())
    principal = Principal("user", ids.uuid7(), {org_id: frozenset(Permission)})
    return principal.authorise(org_id, Permission.JOBS_WRITE)


def claim(key: str = "k1", *, of: Access | None = None, **body: Any) -> Claim:
    return Claim(of or access(), "jobs.create", key, body or {"text": "Whales are large."})


async def create(
    claimed: Claim | None, *, now: datetime = NOW, fails: bool = False
) -> Mapping[str, Any] | None:
    """Makes an org; the stored answer where it was made before."""

    async def effect() -> None:
        org_id = ids.uuid7()
        async with db.unit_of_work() as uow:
            uow.add(INSERT, org_id, now)
            if claimed is not None:
                claimed.take(uow, {"id": str(org_id)}, now=now)
            if fails:
                raise KeyError("a fault of ours")

    return await service.once(claimed, effect, now=now)


async def created() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM org")
    return count


class TestOnce:
    async def test_runs_the_effect_the_first_time(self, settings: Settings) -> None:
        assert await create(claim()) is None
        assert await created() == 1

    async def test_gives_the_stored_answer_ever_after(self, settings: Settings) -> None:
        key = claim()
        await create(key)

        answers = [await create(key) for _ in range(3)]

        made = await db.fetchval("SELECT id FROM org")
        assert answers == [{"id": str(made)}] * 3
        assert await created() == 1

    async def test_repeats_what_has_no_key(self, settings: Settings) -> None:
        assert [await create(None), await create(None)] == [None, None]
        assert await created() == 2

    async def test_has_one_effect_for_fifty_at_once(self, settings: Settings) -> None:
        key = claim()

        answers = await asyncio.gather(*(create(key) for _ in range(50)))

        made = await db.fetchval("SELECT id FROM org")
        assert answers.count(None) == 1
        assert answers.count({"id": str(made)}) == 49
        assert await created() == 1

    async def test_refuses_another_body_under_the_same_key(self, settings: Settings) -> None:
        key = claim(a=1, b=2)
        await create(key)

        with pytest.raises(KeyReused):
            await create(replace(key, body={"a": 1, "b": 3}))
        assert await created() == 1

    async def test_does_not_mind_the_order_of_a_body(self, settings: Settings) -> None:
        key = claim(a=1, b={"c": 2, "d": 3})
        await create(key)

        assert await create(replace(key, body={"b": {"d": 3, "c": 2}, "a": 1})) is not None

    async def test_keeps_keys_of_other_scopes_apart(self, settings: Settings) -> None:
        key = claim()
        held = access()
        key = replace(key, access=held)
        other_principal = Principal("user", ids.uuid7(), held.principal.orgs)
        scopes = [
            key,
            replace(key, operation="jobs.cancel"),
            replace(key, key="K1"),
            replace(key, access=access()),
            replace(key, access=other_principal.authorise(held.org_id, Permission.JOBS_WRITE)),
            replace(key, access=held.principal),
        ]

        assert [await create(each) for each in scopes] == [None] * 6
        assert await created() == 6

        answers = [await create(each) for each in scopes]
        made = {str(row["id"]) for row in await db.fetch("SELECT id FROM org")}
        assert {answer["id"] for answer in answers if answer is not None} == made

    async def test_leaves_the_key_free_when_the_effect_failed(self, settings: Settings) -> None:
        key = claim()
        for _ in range(2):
            with pytest.raises(KeyError):
                await create(key, fails=True)

        assert await create(key) is None
        assert await created() == 1

    async def test_keeps_the_answer_for_a_day(self, settings: Settings) -> None:
        key = claim()
        await create(key)

        assert await create(key, now=NOW + KEPT - timedelta(microseconds=1)) is not None
        assert await create(key, now=NOW + KEPT) is None
        assert await created() == 2
        assert await create(key, now=NOW + KEPT) is not None

    async def test_takes_another_body_once_the_day_is_over(self, settings: Settings) -> None:
        key = claim(a=1)
        await create(key)

        assert await create(replace(key, body={"a": 2}), now=NOW + KEPT) is None

    async def test_has_one_effect_for_many_at_once_when_the_day_is_over(self, settings: Settings) -> None:
        key = claim()
        await create(key)

        later = NOW + KEPT
        answers = await asyncio.gather(*(create(key, now=later) for _ in range(20)), return_exceptions=True)

        assert answers.count(None) == 1
        assert await created() == 2
        # Whoever lost twice is told to come back, and never that it worked.
        assert all(answer is None or isinstance(answer, (dict, RequestInProgress)) for answer in answers)

    async def test_waits_for_the_first_and_takes_its_answer(self, settings: Settings) -> None:
        key = claim()
        other = await asyncpg.connect(settings.require_database_url())
        try:
            transaction = other.transaction()
            await transaction.start()
            await hold(other, key, {"id": "of the first"})
            second = asyncio.create_task(create(key))

            async def is_waiting() -> bool:
                return await waiters(other) == 1

            await until(is_waiting, "the second to wait for the first")
            await transaction.commit()

            assert await second == {"id": "of the first"}
        finally:
            await other.close()
        assert await created() == 0

    async def test_runs_when_the_first_gave_up(self, settings: Settings) -> None:
        key = claim()
        other = await asyncpg.connect(settings.require_database_url())
        try:
            transaction = other.transaction()
            await transaction.start()
            await hold(other, key, {})
            second = asyncio.create_task(create(key))

            async def is_waiting() -> bool:
                return await waiters(other) == 1

            await until(is_waiting, "the second to wait for the first")
            await transaction.rollback()

            assert await second is None
        finally:
            await other.close()
        assert await created() == 1

    async def test_says_in_progress_when_the_first_takes_too_long(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.infra.orm._LOCK_TIMEOUT_MS", 50)
        key = claim()
        other = await asyncpg.connect(settings.require_database_url())
        try:
            async with other.transaction():
                await hold(other, key, {})
                async with orm_on(settings.require_database_url()):
                    with pytest.raises(RequestInProgress) as raised:
                        await create(key)
        finally:
            await other.close()

        assert raised.value.retry_after
        assert await created() == 0


async def hold(
    connection: "asyncpg.Connection[asyncpg.Record]", key: Claim, answer: Mapping[str, Any]
) -> None:
    """The claim of a first request that has not committed yet."""
    uow = db.UnitOfWork()
    key.take(uow, answer, now=NOW)
    await connection.execute(uow._writes[0].sql, *uow._args)


@dataclass(frozen=True, slots=True)
class Made:
    id: UUID
    at: datetime
    scopes: frozenset[Permission]


async def perform(
    claimed: Claim | None, *, now: datetime = NOW, name: str = "acme", fails: bool = False
) -> Done[Made]:
    """Makes an org of that name, which must be free: as most writes, it reads first."""

    async def act(uow: UnitOfWork) -> Made:
        if await uow.fetch("SELECT 1 FROM org WHERE slug = $1", name):
            raise KeyError(name)
        made = Made(ids.uuid7(), now, frozenset({Permission.JOBS_READ}))
        uow.add(
            "INSERT INTO org (id, name, slug, plan, created_at) VALUES ($1::uuid, 'x', $2::text, 'FREE', $3)",
            made.id,
            name,
            now,
        )
        uow.on_violation("org_slug_key", NotFound)
        if fails:
            raise ValueError("a fault of ours")
        return made

    return await service.perform(claimed, act, answer=Made, now=now)


class TestPerform:
    async def test_gives_the_first_value_ever_after(self, settings: Settings) -> None:
        key = claim()
        first = await perform(key)

        assert not first.is_replay
        assert [await perform(key) for _ in range(2)] == [Done(first.value, is_replay=True)] * 2
        assert await created() == 1

    async def test_just_runs_without_a_key(self, settings: Settings) -> None:
        assert not (await perform(None)).is_replay
        with pytest.raises(KeyError):
            await perform(None)

    async def test_has_one_effect_and_one_answer_for_fifty_at_once(self, settings: Settings) -> None:
        """The rules of the effect would refuse a second one: the claim comes before them."""
        key = claim()

        answers = await asyncio.gather(*(perform(key) for _ in range(50)))

        assert [answer.is_replay for answer in answers].count(False) == 1
        assert len({answer.value for answer in answers}) == 1
        assert await created() == 1

    async def test_refuses_another_body_under_the_same_key(self, settings: Settings) -> None:
        key = claim(a=1)
        await perform(key)

        with pytest.raises(KeyReused):
            await perform(replace(key, body={"a": 2}), name="other")
        assert await created() == 1

    async def test_leaves_the_key_free_when_the_effect_failed(self, settings: Settings) -> None:
        key = claim()
        with pytest.raises(ValueError, match="a fault"):
            await perform(key, fails=True)

        assert await db.fetchval("SELECT count(*) FROM idempotency_key") == 0
        assert not (await perform(key)).is_replay

    async def test_runs_again_once_the_day_is_over(self, settings: Settings) -> None:
        key = claim(a=1)
        await perform(key)

        assert (await perform(key, now=NOW + KEPT - timedelta(microseconds=1))).is_replay
        later = await perform(replace(key, body={"a": 2}), now=NOW + KEPT, name="other")
        assert not later.is_replay
        assert await perform(replace(key, body={"a": 2}), now=NOW + KEPT) == Done(later.value, is_replay=True)

    async def test_says_in_progress_when_the_first_takes_too_long(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.infra.orm._LOCK_TIMEOUT_MS", 50)
        key = claim()
        other = await asyncpg.connect(settings.require_database_url())
        try:
            async with other.transaction():
                await hold(other, key, {})
                async with orm_on(settings.require_database_url()):
                    with pytest.raises(RequestInProgress) as raised:
                        await perform(key)
        finally:
            await other.close()

        assert raised.value.retry_after
        assert await created() == 0


class TestPurgeExpired:
    async def test_removes_what_expired_and_nothing_else(self, settings: Settings) -> None:
        of = access()
        for number in range(5):
            await create(claim(f"k{number}", of=of), now=NOW + timedelta(hours=number))

        assert await service.purge_expired(now=NOW + KEPT + timedelta(hours=2)) == 3
        left = await db.fetch("SELECT key FROM idempotency_key ORDER BY key")
        assert [row["key"] for row in left] == ["k3", "k4"]

    async def test_takes_no_more_than_it_may_at_once(self, settings: Settings) -> None:
        of = access()
        for number in range(5):
            await create(claim(f"k{number}", of=of))

        later = NOW + KEPT
        assert [await service.purge_expired(now=later, limit=2) for _ in range(4)] == [2, 2, 1, 0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


class TestFingerprint:
    OF = access()

    @given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
    def test_is_the_same_for_the_same_content(self, body: dict[str, Any]) -> None:
        assert self.of(body) == self.of(reversed_keys(body))

    @given(st.dictionaries(st.text(max_size=5), JSON, max_size=4), st.dictionaries(st.text(max_size=5), JSON))
    def test_differs_for_other_content(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        assert (self.of(one) == self.of(other)) == same(one, other)

    def of(self, body: Mapping[str, Any]) -> bytes:
        return Claim(self.OF, "o", "k", body).fingerprint()


def reversed_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(item) for item in value] if isinstance(value, list) else value


def same(one: Any, other: Any) -> bool:
    """As JSON: True is not 1."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


class TestValidateKey:
    @pytest.mark.parametrize("key", [None, "k", "k" * 255, "ключ"])
    def test_accepts_what_can_be_kept(self, key: str | None) -> None:
        assert service.validate_key(key) == []

    @pytest.mark.parametrize("key", ["", "k" * 256])
    def test_names_the_field_of_what_cannot(self, key: str) -> None:
        assert [error.field for error in service.validate_key(key)] == ["idempotency_key"]
