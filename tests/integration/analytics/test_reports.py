"""Reports: usage summed exactly, shown to whom it belongs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from app.analytics import queries
from app.analytics.types import Dimension, Figures, Granularity, Latency, Measure, UsageQuestion, Value
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from tests.factories import usage_rows
from tests.factories.usage_rows import Used

ORG, LIVE, TEST = OrgId(ids.uuid7()), WorkspaceId(ids.uuid7()), WorkspaceId(ids.uuid7())
ANALYST = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_READ})})
DAY = UsageQuestion(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))


def event(
    *, org_id: OrgId = ORG, workspace_id: WorkspaceId = LIVE, cost: str | None = "0.0125", **more: Any
) -> Used:
    return Used(org_id, workspace_id, cost=None if cost is None else Decimal(cost), **more)


async def ask(question: UsageQuestion = DAY, *, of: Principal = ANALYST, org_id: OrgId = ORG) -> Figures:
    return (await queries.report(of, org_id, question)).totals


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
            await usage_rows.write(event(at=datetime.fromisoformat(at).replace(tzinfo=UTC)))
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
            await usage_rows.write(event(at=datetime(2026, 11, 20, hour, 30, tzinfo=UTC), model=f"m{hour}"))

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
        await usage_rows.write(event(at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC)))

        report = await queries.report(ANALYST, ORG, question)

        assert report.start == datetime(2026, 11, 20, 10, tzinfo=UTC)
        assert report.end == datetime(2026, 11, 20, 13, tzinfo=UTC)
        assert report.totals.requests == 1

    async def test_groups_by_every_dimension(self, settings: Settings) -> None:
        key = ids.uuid7()
        await usage_rows.write(
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
        await usage_rows.write(
            *(event(model=m, customer_id=c, feature_id=f) for m in "ab" for c in "cd" for f in "ef")
        )
        by = [Dimension.MODEL, Dimension.CUSTOMER, Dimension.FEATURE]

        report = await queries.report(ANALYST, ORG, replace(DAY, group_by=by))

        assert [tuple(bucket.group[each] for each in by) for bucket in report.series] == [
            (m, c, f) for m in "ab" for c in "cd" for f in "ef"
        ]

    async def test_filters_by_every_dimension(self, settings: Settings) -> None:
        key = ids.uuid7()
        await usage_rows.write(
            event(model="a", provider="x", customer_id="c", feature_id="f", user_id="u", api_key_id=key),
            event(model="b", provider="y", workspace_id=TEST),
        )
        where: Mapping[Dimension, Sequence[Value]] = {
            Dimension.MODEL: ["a"],
            Dimension.PROVIDER: ["x"],
            Dimension.CUSTOMER: ["c"],
            Dimension.FEATURE: ["f"],
            Dimension.USER: ["u"],
            Dimension.KEY: [key],
            Dimension.WORKSPACE: [LIVE],
        }
        assert set(where) == set(Dimension)
        for dimension, value in where.items():
            assert (await ask(replace(DAY, where={dimension: value}))).requests == 1, dimension
        assert (await ask(replace(DAY, where=where))).requests == 1
        assert (await ask(replace(DAY, where={Dimension.MODEL: ["' OR true --"]}))).requests == 0

    async def test_counts_what_has_no_price_yet_apart(self, settings: Settings) -> None:
        await usage_rows.write(event(cost=None), event(cost="0"), event(cost="0.5"))

        totals = await ask()
        assert (totals.requests, totals.unrated, totals.cost_usd) == (3, 1, Decimal("0.5"))

    async def test_shows_a_key_its_own_workspace(self, settings: Settings) -> None:
        await usage_rows.write(event(workspace_id=LIVE), event(workspace_id=TEST), event(workspace_id=TEST))
        of_test = Principal("api_key", ids.uuid7(), ANALYST.orgs, TEST)

        assert (await ask(of=of_test)).requests == 2
        assert (await ask(replace(DAY, where={Dimension.WORKSPACE: [LIVE]}), of=of_test)).requests == 0

    async def test_shows_nothing_of_another_org(self, settings: Settings) -> None:
        other = OrgId(ids.uuid7())
        await usage_rows.write(event(), event(org_id=other))

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

    async def test_counts_several_values_of_a_dimension_and_those_that_have_none(
        self, settings: Settings
    ) -> None:
        key = ids.uuid7()
        await usage_rows.write(
            event(customer_id="a"), event(customer_id="b", api_key_id=key), event(), event()
        )

        async def count(dimension: Dimension, *values: Value) -> int:
            return (await ask(replace(DAY, where={dimension: values}))).requests

        assert await count(Dimension.CUSTOMER, "a", "b") == 2
        assert await count(Dimension.CUSTOMER, None) == 2
        assert await count(Dimension.CUSTOMER, "a", None) == 3
        assert await count(Dimension.KEY, None) == 3
        assert await count(Dimension.KEY, key) == 1


class TestTop:
    async def test_gives_the_greatest_groups_of_the_range_and_the_others_together(
        self, settings: Settings
    ) -> None:
        noon = DAY.start + timedelta(hours=36)
        await usage_rows.write(
            event(customer_id="small", cost="1", at=DAY.start),
            event(customer_id="big", cost="2", at=DAY.start),
            event(customer_id="big", cost="9", at=noon),
            event(customer_id="middle", cost="5", at=noon),
            event(customer_id=None, cost="3", at=noon),
        )
        question = UsageQuestion(
            DAY.start, DAY.end + timedelta(days=1), Granularity.DAY, [Dimension.CUSTOMER], top=2
        )

        report = await queries.report(ANALYST, ORG, question)

        assert [
            (b.start.day, b.group[Dimension.CUSTOMER], b.is_other, int(b.figures.cost_usd))
            for b in report.series
        ] == [
            (20, "big", False, 2),
            (20, None, True, 1),
            (21, "big", False, 9),
            (21, "middle", False, 5),
            (21, None, True, 3),
        ]
        assert report.totals.cost_usd == 20

    @pytest.mark.parametrize(
        ("measure", "first"),
        [
            (Measure.COST, "dear"),
            (Measure.CREDITS, "burner"),
            (Measure.TOKENS, "talker"),
            (Measure.REQUESTS, "busy"),
        ],
    )
    async def test_is_by_what_it_is_asked(self, settings: Settings, measure: Measure, first: str) -> None:
        await usage_rows.write(
            event(model="dear", cost="9"),
            event(model="burner", credits=Decimal(99)),
            event(model="talker", tokens=(1, 99_999)),
            *(event(model="busy") for _ in range(3)),
        )
        question = replace(DAY, group_by=[Dimension.MODEL], top=1, top_by=measure)

        report = await queries.report(ANALYST, ORG, question)

        assert [b.group[Dimension.MODEL] for b in report.series if not b.is_other] == [first]
        assert report.totals.requests == 6


class TestFill:
    async def test_adds_the_steps_without_usage_for_every_group(self, settings: Settings) -> None:
        await usage_rows.write(event(model="a"), event(model="b", at=DAY.start + timedelta(days=2)))
        question = replace(DAY, end=DAY.start + timedelta(days=3), group_by=[Dimension.MODEL], fills=True)

        report = await queries.report(ANALYST, ORG, question)

        assert [(b.start.day, b.group[Dimension.MODEL], b.figures.requests) for b in report.series] == [
            (20, "a", 1), (20, "b", 0), (21, "a", 0), (21, "b", 0), (22, "a", 0), (22, "b", 1),
        ]  # fmt: skip
        assert report.totals.requests == 2

    async def test_goes_by_the_calendar(self, settings: Settings) -> None:
        question = UsageQuestion(
            datetime(2026, 1, 31, 12, tzinfo=UTC),
            datetime(2026, 4, 1, tzinfo=UTC),
            Granularity.MONTH,
            fills=True,
        )
        report = await queries.report(ANALYST, ORG, question)
        assert [bucket.start.month for bucket in report.series] == [1, 2, 3]

    async def test_refuses_what_nobody_can_look_at(self, settings: Settings) -> None:
        await usage_rows.write(*(event(model=f"m{number}") for number in range(8)))
        question = UsageQuestion(
            DAY.start, DAY.start + timedelta(hours=700), Granularity.HOUR, [Dimension.MODEL], fills=True
        )
        with pytest.raises(InvalidInput, match="figures"):
            await queries.report(ANALYST, ORG, question)


class TestCompare:
    async def test_tells_the_period_before_and_the_change(self, settings: Settings) -> None:
        await usage_rows.write(
            event(cost="3", at=DAY.start),
            event(cost="1", at=DAY.start - timedelta(hours=24)),
            event(cost="1", at=DAY.start - timedelta(hours=1), revenue=Decimal(4)),
            event(cost="70", at=DAY.start - timedelta(hours=25)),
        )
        previous = (await queries.report(ANALYST, ORG, replace(DAY, compares=True))).previous

        assert previous is not None
        assert (previous.start, previous.end) == (DAY.start - timedelta(days=1), DAY.start)
        assert (previous.totals.requests, previous.totals.cost_usd) == (2, Decimal(2))
        assert previous.change_percent["cost_usd"] == 50
        assert previous.change_percent["requests"] == -50
        assert previous.change_percent["revenue_usd"] == -100
        assert previous.change_percent["unrated"] is None, "from nothing there is no per cent"

    async def test_keeps_to_the_filter(self, settings: Settings) -> None:
        await usage_rows.write(*(event(at=DAY.start - timedelta(hours=5), customer_id=each) for each in "ab"))
        question = replace(DAY, where={Dimension.CUSTOMER: ["a"]}, compares=True)
        previous = (await queries.report(ANALYST, ORG, question)).previous
        assert previous is not None
        assert previous.totals.requests == 1


class TestMargin:
    async def test_is_revenue_without_cost(self, settings: Settings) -> None:
        await usage_rows.write(event(cost="1", revenue=Decimal(3)), event(cost="1", revenue=Decimal(5)))
        totals = await ask()
        assert (totals.revenue_usd, totals.margin_usd, totals.margin_percent) == (
            Decimal(8),
            Decimal(6),
            Decimal(75),
        )

    async def test_is_unknown_without_revenue(self, settings: Settings) -> None:
        await usage_rows.write(event())
        totals = await ask()
        assert (totals.margin_usd, totals.margin_percent) == (None, None)


class TestLatency:
    async def test_is_of_each_bucket_and_of_the_whole(self, settings: Settings) -> None:
        fast = [event(model="fast", latency_ms=100) for _ in range(99)]
        await usage_rows.write(
            *fast, event(model="fast", latency_ms=9_000), event(model="slow", latency_ms=5_000), event()
        )
        question = replace(DAY, group_by=[Dimension.MODEL], times=True)

        report = await queries.report(ANALYST, ORG, question)

        found = {bucket.group[Dimension.MODEL]: bucket.latency for bucket in report.series}
        assert found["gpt-4o"] is None, "it was not timed"
        assert found["fast"] == Latency(100, p50_ms=103, p95_ms=103, p99_ms=103)
        assert found["slow"] is not None
        assert found["slow"].p50_ms == pytest.approx(5_000, rel=0.045)
        assert report.latency is not None
        assert (report.latency.calls, report.latency.p50_ms) == (101, 103)
        assert report.latency.p99_ms == pytest.approx(5_000, rel=0.045)

    @pytest.mark.parametrize(
        "changes",
        [{"group_by": [Dimension.CUSTOMER]}, {"where": {Dimension.FEATURE: ["f"]}}],
    )
    async def test_is_unknown_by_what_it_is_not_kept_by(
        self, settings: Settings, changes: dict[str, Any]
    ) -> None:
        await usage_rows.write(event(latency_ms=5, feature_id="f"))
        report = await queries.report(ANALYST, ORG, replace(DAY, times=True, **changes))
        assert report.totals.requests == 1
        assert [bucket.latency for bucket in report.series] == [None]
        assert report.latency is None

    async def test_is_of_the_keys_workspace(self, settings: Settings) -> None:
        await usage_rows.write(event(latency_ms=5), event(latency_ms=5, workspace_id=TEST))
        of_test = Principal("api_key", ids.uuid7(), ANALYST.orgs, TEST)
        report = await queries.report(of_test, ORG, replace(DAY, times=True))
        assert report.latency is not None
        assert report.latency.calls == 1


class TestRange:
    @pytest.mark.parametrize("by", [[], [Dimension.MODEL], [Dimension.CUSTOMER], [Dimension.FEATURE]])
    async def test_may_begin_and_end_within_days(self, settings: Settings, by: list[Dimension]) -> None:
        """Edges come from the hours, whole days from the days: none twice, none left out."""
        start = datetime(2026, 11, 1, tzinfo=UTC)
        await usage_rows.write(*(event(at=start + timedelta(hours=hour)) for hour in range(24 * 5)))
        for first, last in ((0, 120), (5, 7), (5, 30), (5, 48), (24, 60), (23, 97), (0, 24), (30, 40)):
            question = UsageQuestion(
                start + timedelta(hours=first), start + timedelta(hours=last), Granularity.DAY, by
            )
            assert (await ask(question)).requests == last - first
