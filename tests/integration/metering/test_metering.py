"""Usage: recorded once, summed exactly, shown to whom it belongs."""

# ruff: noqa: PT012 - a unit of work is a block, and its errors come out of the end of it

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import hypothesis
import pytest
from hypothesis import strategies as st

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.ids import ApiKeyId, JobId, OrgId, WorkspaceId
from app.core.inference import Usage, UsageSource
from app.core.principal import Permission, Principal
from app.infra import db
from app.metering import queries, service
from app.metering.errors import UsageAlreadyRecorded
from app.metering.types import Dimension, EventType, Figures, Granularity, Rating, UsageEvent, UsageQuestion
from tests.factories.orgs import NOW

ORG, LIVE, TEST = OrgId(ids.uuid7()), WorkspaceId(ids.uuid7()), WorkspaceId(ids.uuid7())
ANALYST = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_READ})})
DAY = UsageQuestion(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))


def event(
    event_id: str | None = None,
    *,
    at: datetime = NOW,
    cost: str | None = "0.0125",
    burned: str = "1.5",
    usage: Usage | None = None,
    org_id: OrgId = ORG,
    workspace_id: WorkspaceId = LIVE,
    model: str = "gpt-4o",
    provider: str = "openai",
    customer_id: str | None = None,
    feature_id: str | None = None,
    user_id: str | None = None,
    api_key_id: ApiKeyId | None = None,
) -> UsageEvent:
    return UsageEvent(
        event_id=event_id or str(ids.uuid7()),
        org_id=org_id,
        workspace_id=workspace_id,
        occurred_at=at,
        event_type=EventType.TOKEN_USAGE,
        provider=provider,
        model=model,
        usage=usage or Usage(1_000, 200),
        rating=Rating(None if cost is None else Decimal(cost), Decimal(burned), cost and "ref", "default@1"),
        customer_id=customer_id,
        feature_id=feature_id,
        user_id=user_id,
        api_key_id=api_key_id,
    )


async def record(*events: UsageEvent) -> None:
    async with db.unit_of_work() as uow:
        service.record(uow, events, now=NOW)


async def ask(question: UsageQuestion = DAY, *, of: Principal = ANALYST, org_id: OrgId = ORG) -> Figures:
    return (await queries.report(of, org_id, question)).totals


def plain_sum(events: Sequence[UsageEvent]) -> Figures:
    """Without the code under test: each amount as a NUMERIC(24,12) keeps it."""

    def kept(amount: Decimal) -> Decimal:
        return amount.quantize(Decimal("1E-12"), ROUND_HALF_UP)

    return Figures(
        requests=len(events),
        input_tokens=sum(each.usage.input_tokens for each in events),
        output_tokens=sum(each.usage.output_tokens for each in events),
        cost_usd=sum((kept(e.rating.cost_usd) for e in events if e.rating.cost_usd is not None), Decimal(0)),
        credits=sum((kept(each.rating.credits) for each in events), Decimal(0)),
        unrated=sum(each.rating.cost_usd is None for each in events),
    )


async def stored_sum(table: str) -> tuple[object, ...]:
    requests, unrated = (
        ("sum(requests)", "sum(unrated)")
        if table == "usage_rollup_hour"
        else ("count(*)", "count(*) FILTER (WHERE cost_usd IS NULL)")
    )
    row = await db.fetchrow(
        f"SELECT {requests}::bigint, {unrated}::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint, "
        f"coalesce(sum(cost_usd), 0), sum(credits) FROM {table}"
    )
    assert row is not None
    return tuple(row)


class TestRecord:
    async def test_keeps_event_key_and_rollup_together(self, settings: Settings) -> None:
        written = replace(
            event("e1", customer_id="cus", feature_id="chat", user_id="u", api_key_id=ApiKeyId(ids.uuid7())),
            usage=Usage(1_000, 200, 300, 40, 50, UsageSource.ESTIMATED),
            job_id=JobId(ids.uuid7()),
            properties={"a": [1, None]},
            unit_type="images",
            quantity=Decimal("2.5"),
            image_size="1024x1024",
            image_quality="hd",
            latency_ms=120,
            rating=Rating(Decimal("0.0125"), Decimal("1.5"), "ref", "default@1", Decimal("0.03")),
        )
        await record(written)

        row = await db.fetchrow("SELECT * FROM usage_event")
        assert row is not None
        expected = {
            "org_id": ORG,
            "workspace_id": LIVE,
            "event_id": "e1",
            "event_type": "TOKEN_USAGE",
            "occurred_at": NOW,
            "received_at": NOW,
            "customer_id": "cus",
            "user_id": "u",
            "feature_id": "chat",
            "api_key_id": written.api_key_id,
            "job_id": written.job_id,
            "provider": "openai",
            "model": "gpt-4o",
            "input_tokens": 1_000,
            "output_tokens": 200,
            "cached_input_tokens": 300,
            "cache_write_tokens": 40,
            "reasoning_tokens": 50,
            "usage_source": "estimated",
            "cost_usd": Decimal("0.0125"),
            "credits": Decimal("1.5"),
            "cost_ref": "ref",
            "burn_ref": "default@1",
            "properties": '{"a": [1, null]}',
            "unit_type": "images",
            "quantity": Decimal("2.5"),
            "image_size": "1024x1024",
            "image_quality": "hd",
            "latency_ms": 120,
            "revenue_usd": Decimal("0.03"),
            "ledger_transaction_id": None,
        }
        assert {name: value for name, value in row.items() if name != "id"} == expected

        key = await db.fetchrow("SELECT * FROM usage_event_key")
        assert key is not None
        assert tuple(key) == (ORG, "e1", row["id"], NOW, None)

        rollup = await db.fetchrow("SELECT * FROM usage_rollup_hour")
        assert rollup is not None
        assert (rollup["hour"], rollup["customer_id"], rollup["feature_id"]) == (NOW, "cus", "chat")
        assert rollup["revenue_usd"] == Decimal("0.03")
        assert await stored_sum("usage_rollup_hour") == await stored_sum("usage_event")

    async def test_adds_up_many_in_one_row(self, settings: Settings) -> None:
        events = [event(cost=cost) for cost in ("0.1", "0.2", None)]
        await record(*events)
        await record(event())

        assert await db.fetchval("SELECT count(*) FROM usage_rollup_hour") == 1
        assert await ask() == plain_sum([*events, event()])

    @pytest.mark.parametrize("together", [True, False])
    async def test_undoes_everything_for_an_event_that_was_counted(
        self, settings: Settings, together: bool
    ) -> None:
        await record(event("known"))
        before = await everything()

        with pytest.raises(UsageAlreadyRecorded):
            async with db.unit_of_work() as uow:
                if together:
                    await uow.begin()
                uow.add("INSERT INTO org VALUES ($1, 'x', 'x', 'FREE', now())", ids.uuid7())
                service.record(uow, [event("new"), event("known", cost="99")], now=NOW)

        assert await everything() == before
        assert await db.fetchval("SELECT count(*) FROM org") == 0

    async def test_finds_a_duplicate_in_whichever_partition_it_lies(self, settings: Settings) -> None:
        names = [f"event-{number}" for number in range(64)]
        await record(*(event(name) for name in names))
        partitions = await db.fetchval("SELECT count(DISTINCT tableoid) FROM usage_event_key")
        assert partitions > 8

        for name in names:
            with pytest.raises(UsageAlreadyRecorded):
                await record(event(name))
        assert (await ask()).requests == 64

    async def test_counts_an_event_once_however_late_it_comes_again(self, settings: Settings) -> None:
        await record(event("e"))

        for days in (-40, 40):
            with pytest.raises(UsageAlreadyRecorded):
                await record(event("e", at=NOW + timedelta(days=days)))

    async def test_lets_two_orgs_use_the_same_event_id(self, settings: Settings) -> None:
        await record(event("e"))
        await record(event("e", org_id=OrgId(ids.uuid7())))

        assert await db.fetchval("SELECT count(*) FROM usage_event") == 2

    async def test_counts_one_of_many_duplicates_at_once(self, settings: Settings) -> None:
        results = await asyncio.gather(*(record(event("e")) for _ in range(20)), return_exceptions=True)

        assert results.count(None) == 1
        assert sum(isinstance(result, UsageAlreadyRecorded) for result in results) == 19
        assert (await ask()).requests == 1

    async def test_loses_nothing_when_a_hundred_add_to_one_row(self, settings: Settings) -> None:
        events = [event(cost="0.000000000001", burned="0.1", usage=Usage(n, 1)) for n in range(100)]

        await asyncio.gather(*(record(each) for each in events))

        assert await db.fetchval("SELECT count(*) FROM usage_rollup_hour") == 1
        assert await ask() == plain_sum(events)

    async def test_does_not_deadlock_over_many_rows_in_any_order(self, settings: Settings) -> None:
        models = [f"m{number}" for number in range(10)]
        batches = [
            [event(model=model) for model in (models if n % 2 else reversed(models))] for n in range(20)
        ]

        await asyncio.gather(*(record(*batch) for batch in batches))

        assert (await ask()).requests == 200

    async def test_rounds_the_sum_as_it_rounds_the_events(self, settings: Settings) -> None:
        """Prices have more digits than are kept: three thirds of the last digit are three, not one."""
        events = [event(cost="0.0000000000005", burned="0.0000000000004") for _ in range(3)]
        await record(*events)

        assert await stored_sum("usage_rollup_hour") == await stored_sum("usage_event")
        assert await ask() == plain_sum(events)

    async def test_takes_hours_in_utc_whatever_the_clock_of_the_event(self, settings: Settings) -> None:
        kolkata = timezone(timedelta(hours=5, minutes=30))
        await record(event(at=datetime(2026, 11, 20, 16, 0, tzinfo=kolkata)))  # 10:30 UTC
        await record(event(at=datetime(2026, 11, 20, 10, 59, 59, 999_999, tzinfo=UTC)))

        rows = await db.fetch("SELECT hour, requests FROM usage_rollup_hour")
        assert [tuple(row) for row in rows] == [(datetime(2026, 11, 20, 10, tzinfo=UTC), 2)]

    async def test_records_nothing_for_nothing(self, settings: Settings) -> None:
        await record()

        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0


async def everything() -> list[tuple[object, ...]]:
    rows = []
    for table in ("usage_event", "usage_event_key", "usage_rollup_hour"):
        rows += [tuple(row) for row in await db.fetch(f"SELECT * FROM {table} ORDER BY 1, 2")]
    return rows


class TestReport:
    @pytest.mark.parametrize(
        ("granularity", "starts"),
        [
            (
                Granularity.HOUR,
                ["2026-10-31T23:00", "2026-11-01T00:00", "2026-11-01T23:00", "2026-11-02T00:00"],
            ),
            (Granularity.DAY, ["2026-10-31T00:00", "2026-11-01T00:00", "2026-11-02T00:00"]),
            (Granularity.MONTH, ["2026-10-01T00:00", "2026-11-01T00:00"]),
        ],
    )
    async def test_cuts_its_buckets_in_utc(
        self, settings: Settings, granularity: Granularity, starts: list[str]
    ) -> None:
        for at in (
            "2026-10-31T23:59:59",
            "2026-11-01T00:00:00",
            "2026-11-01T23:59:59",
            "2026-11-02T00:00:00",
        ):
            await record(event(at=datetime.fromisoformat(at).replace(tzinfo=UTC)))
        question = UsageQuestion(
            datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), granularity
        )

        report = await queries.report(ANALYST, ORG, question)

        assert [bucket.start for bucket in report.series] == [
            datetime.fromisoformat(start).replace(tzinfo=UTC) for start in starts
        ]
        assert report.totals.requests == 4

    async def test_begins_with_its_first_hour_and_ends_before_its_last(self, settings: Settings) -> None:
        for hour in (9, 10, 11, 12):
            await record(event(at=datetime(2026, 11, 20, hour, 30, tzinfo=UTC), model=f"m{hour}"))

        async def models(start: tuple[int, int], end: tuple[int, int]) -> list[str | None]:
            question = UsageQuestion(
                datetime(2026, 11, 20, *start, tzinfo=UTC),
                datetime(2026, 11, 20, *end, tzinfo=UTC),
                Granularity.HOUR,
                [Dimension.MODEL],
            )
            report = await queries.report(ANALYST, ORG, question)
            return [bucket.group[Dimension.MODEL] for bucket in report.series]

        assert await models((10, 0), (12, 0)) == ["m10", "m11"]
        assert await models((10, 15), (11, 45)) == ["m10", "m11"]
        assert await models((10, 59), (11, 1)) == ["m10", "m11"]

    async def test_says_to_which_hours_it_was_widened(self, settings: Settings) -> None:
        kolkata = timezone(timedelta(hours=5, minutes=30))
        question = UsageQuestion(
            datetime(2026, 11, 20, 15, 45, tzinfo=kolkata), datetime(2026, 11, 20, 17, 45, tzinfo=kolkata)
        )
        await record(event(at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC)))

        report = await queries.report(ANALYST, ORG, question)

        assert report.start == datetime(2026, 11, 20, 10, tzinfo=UTC)
        assert report.end == datetime(2026, 11, 20, 13, tzinfo=UTC)
        assert report.totals.requests == 1

    async def test_groups_by_every_dimension(self, settings: Settings) -> None:
        key = ApiKeyId(ids.uuid7())
        await record(
            event(model="a", provider="x", customer_id="c", feature_id="f", user_id="u", api_key_id=key),
            event(model="b", provider="y", workspace_id=TEST),
        )
        expected: Mapping[Dimension, tuple[str | None, str | None]] = {
            Dimension.MODEL: ("a", "b"),
            Dimension.PROVIDER: ("x", "y"),
            Dimension.CUSTOMER: ("c", None),
            Dimension.FEATURE: ("f", None),
            Dimension.USER: ("u", None),
            Dimension.KEY: (str(key), None),
            Dimension.WORKSPACE: (str(LIVE), str(TEST)),
        }
        assert set(expected) == set(Dimension)
        for dimension, values in expected.items():
            report = await queries.report(ANALYST, ORG, replace(DAY, group_by=[dimension]))

            assert {bucket.group[dimension] for bucket in report.series} == set(values)
            assert report.totals.requests == 2

    async def test_groups_by_three_at_once(self, settings: Settings) -> None:
        await record(*(event(model=m, customer_id=c, feature_id=f) for m in "ab" for c in "cd" for f in "ef"))
        by = [Dimension.MODEL, Dimension.CUSTOMER, Dimension.FEATURE]

        report = await queries.report(ANALYST, ORG, replace(DAY, group_by=by))

        assert [tuple(bucket.group[each] for each in by) for bucket in report.series] == [
            (m, c, f) for m in "ab" for c in "cd" for f in "ef"
        ]

    async def test_filters_by_every_dimension(self, settings: Settings) -> None:
        key = ApiKeyId(ids.uuid7())
        await record(
            event(model="a", provider="x", customer_id="c", feature_id="f", user_id="u", api_key_id=key),
            event(model="b", provider="y", workspace_id=TEST),
        )
        where: Mapping[Dimension, str | UUID] = {
            Dimension.MODEL: "a",
            Dimension.PROVIDER: "x",
            Dimension.CUSTOMER: "c",
            Dimension.FEATURE: "f",
            Dimension.USER: "u",
            Dimension.KEY: key,
            Dimension.WORKSPACE: LIVE,
        }
        assert set(where) == set(Dimension)
        for dimension, value in where.items():
            assert (await ask(replace(DAY, where={dimension: value}))).requests == 1, dimension
        assert (await ask(replace(DAY, where=where))).requests == 1
        assert (await ask(replace(DAY, where={Dimension.MODEL: "' OR true --"}))).requests == 0

    async def test_counts_what_has_no_price_yet_apart(self, settings: Settings) -> None:
        await record(event(cost=None), event(cost="0"), event(cost="0.5"))

        totals = await ask()
        assert (totals.requests, totals.unrated, totals.cost_usd) == (3, 1, Decimal("0.5"))

    async def test_shows_a_key_its_own_workspace(self, settings: Settings) -> None:
        await record(event(workspace_id=LIVE), event(workspace_id=TEST), event(workspace_id=TEST))
        of_test = Principal("api_key", ids.uuid7(), ANALYST.orgs, TEST)

        assert (await ask(of=of_test)).requests == 2
        assert (await ask(replace(DAY, where={Dimension.WORKSPACE: LIVE}), of=of_test)).requests == 0

    async def test_shows_nothing_of_another_org(self, settings: Settings) -> None:
        other = OrgId(ids.uuid7())
        await record(event(), event(org_id=other))

        assert (await ask()).requests == 1
        with pytest.raises(NotFound):
            await ask(org_id=other)

    async def test_is_for_those_who_may(self, settings: Settings) -> None:
        writer = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_WRITE})})

        with pytest.raises(Forbidden, match="usage:read"):
            await ask(of=writer)

    async def test_is_empty_where_nothing_happened(self, settings: Settings) -> None:
        report = await queries.report(ANALYST, ORG, DAY)

        assert (list(report.series), report.totals) == ([], Figures())


class TestQuestion:
    def fields(self, question: UsageQuestion) -> list[str]:
        with pytest.raises(InvalidInput) as raised:
            question.validate()
        return [f"{error.field}:{error.code}" for error in raised.value.field_errors]

    def test_names_everything_that_is_wrong_at_once(self) -> None:
        naive = datetime(2026, 11, 20)  # noqa: DTZ001 - what a careless client sends
        question = UsageQuestion(naive, naive, group_by=[Dimension.MODEL] * 2)

        assert self.fields(question) == ["from:naive_time", "to:naive_time", "group_by:invalid"]

    def test_refuses_an_empty_range(self) -> None:
        assert self.fields(UsageQuestion(NOW, NOW)) == ["to:empty_range"]
        assert self.fields(UsageQuestion(NOW, NOW - timedelta(days=1))) == ["to:empty_range"]

    def test_refuses_more_steps_than_anybody_can_look_at(self) -> None:
        question = UsageQuestion(NOW, NOW + timedelta(hours=5_001), Granularity.HOUR)

        assert self.fields(question) == ["granularity:too_fine"]
        replace(question, granularity=Granularity.DAY).validate()
        replace(question, end=NOW + timedelta(hours=5_000)).validate()

    def test_refuses_four_dimensions(self) -> None:
        assert self.fields(replace(DAY, group_by=list(Dimension)[:4])) == ["group_by:invalid"]
        replace(DAY, group_by=list(Dimension)[:3]).validate()

    @pytest.mark.parametrize("offset", [-14, 0, 14])
    def test_refuses_the_ends_of_the_calendar(self, offset: int) -> None:
        zone = timezone(timedelta(hours=offset))
        first = datetime(1, 1, 1, tzinfo=zone)
        last = datetime(9999, 12, 31, 23, 30, tzinfo=zone)

        assert self.fields(UsageQuestion(first, last)) == ["from:out_of_range", "to:out_of_range"]
        assert self.fields(UsageQuestion(last - timedelta(hours=1), last, Granularity.HOUR)) == [
            "from:out_of_range",
            "to:out_of_range",
        ]


HOURS = st.integers(min_value=0, max_value=50)
AMOUNTS = st.decimals(min_value=0, max_value=1_000, places=15)
GENERATED = st.lists(
    st.builds(
        lambda minutes, cost, burned, tokens, model, customer, test: event(
            at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes),
            cost=None if cost is None else str(cost),
            burned=str(burned),
            usage=Usage(*tokens),
            model=model,
            customer_id=customer,
            workspace_id=TEST if test else LIVE,
        ),
        st.integers(min_value=0, max_value=3 * 24 * 60),
        st.none() | AMOUNTS,
        AMOUNTS,
        st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
        st.sampled_from(["a", "b", "c"]),
        st.none() | st.sampled_from(["x", "y"]),
        st.booleans(),
    ),
    max_size=25,
)


class TestReportOfAnything:
    @hypothesis.settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
    )
    @hypothesis.given(GENERATED, HOURS, st.integers(min_value=1, max_value=80), st.sampled_from(Granularity))
    async def test_equals_a_plain_sum(
        self,
        settings: Settings,
        generated: list[UsageEvent],
        first_hour: int,
        hours: int,
        granularity: Granularity,
    ) -> None:
        org_id = OrgId(ids.uuid7())
        events = [replace(each, org_id=org_id) for each in generated]
        analyst = Principal("user", ids.uuid7(), {org_id: frozenset({Permission.USAGE_READ})})
        half = len(events) // 2
        await record(*events[:half])
        await record(*events[half:])
        start = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=first_hour)
        end = start + timedelta(hours=hours)
        by = [Dimension.MODEL, Dimension.CUSTOMER]

        report = await queries.report(analyst, org_id, UsageQuestion(start, end, granularity, by))

        groups: defaultdict[tuple[datetime, str, str | None], list[UsageEvent]] = defaultdict(list)
        inside = [each for each in events if start <= each.occurred_at < end]
        for each in inside:
            groups[_bucket(each.occurred_at, granularity), each.model, each.customer_id].append(each)
        assert {
            (bucket.start, bucket.group[Dimension.MODEL], bucket.group[Dimension.CUSTOMER]): bucket.figures
            for bucket in report.series
        } == {group: plain_sum(members) for group, members in groups.items()}
        assert report.totals == plain_sum(inside)


def _bucket(at: datetime, granularity: Granularity) -> datetime:
    at = at.replace(minute=0, second=0, microsecond=0)
    if granularity is not Granularity.HOUR:
        at = at.replace(hour=0)
    return at.replace(day=1) if granularity is Granularity.MONTH else at


class TestEnsurePartitions:
    async def test_may_be_repeated_and_raced(self, settings: Settings) -> None:
        await asyncio.gather(*(service.ensure_partitions(now=NOW) for _ in range(4)))

        await record(event(at=NOW), event(at=NOW - timedelta(days=34)), event(at=NOW + timedelta(minutes=10)))
        used = await db.fetch("SELECT DISTINCT tableoid::regclass::text AS name FROM usage_event ORDER BY 1")
        assert [row["name"] for row in used] == ["usage_event_2026_10", "usage_event_2026_11"]
