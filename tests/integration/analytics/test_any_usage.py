"""Every report of any usage equals an aggregation in plain Python, corrections included; and so do the days."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import hypothesis
from hypothesis import strategies as st

from app.analytics import queries, verification
from app.analytics.cursors import EventPageRequest
from app.analytics.types import Dimension, Figures, Granularity, Measure, UsageQuestion
from app.core import ids
from app.core.config import Settings
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from tests.factories import usage_rows
from tests.factories.usage_rows import Correction, Used

START = datetime(2026, 10, 30, tzinfo=UTC)
LIVE, TEST = WorkspaceId(ids.uuid7()), WorkspaceId(ids.uuid7())
KEYS = [ids.uuid7(), ids.uuid7()]
AMOUNTS = st.decimals(min_value=0, max_value=1_000, places=12)
DIFFERENCES = st.decimals(min_value=-500, max_value=500, places=12)
READERS: dict[Dimension, Callable[[Used], str | None]] = {
    Dimension.MODEL: lambda e: e.model,
    Dimension.PROVIDER: lambda e: e.provider,
    Dimension.CUSTOMER: lambda e: e.customer_id,
    Dimension.FEATURE: lambda e: e.feature_id,
    Dimension.USER: lambda e: e.user_id,
    Dimension.KEY: lambda e: None if e.api_key_id is None else str(e.api_key_id),
    Dimension.WORKSPACE: lambda e: str(e.workspace_id),
}
FILTERS: dict[Dimension, list[Any]] = {
    Dimension.MODEL: ["a", "b"],
    Dimension.PROVIDER: ["p", "q"],
    Dimension.CUSTOMER: [None, "x", "y"],
    Dimension.FEATURE: [None, "f"],
    Dimension.USER: [None, "u"],
    Dimension.KEY: [None, *KEYS],
    Dimension.WORKSPACE: [LIVE, TEST],
}


@dataclass(frozen=True)
class Book:
    """Events, and what happened to them since: none, rated or re-rated, or voided."""

    events: Sequence[Used]
    corrections: Sequence[Correction]

    def figures(self, events: Sequence[Used]) -> Figures:
        wanted = {each.id for each in events}
        changes = [each for each in self.corrections if each.event.id in wanted]
        rows: list[Used | Correction] = [*events, *changes]
        zero = Decimal(0)
        return Figures(
            requests=len(events) + sum(each.requests for each in changes),
            input_tokens=sum(each.tokens[0] for each in rows),
            output_tokens=sum(each.tokens[1] for each in rows),
            cost_usd=sum((each.cost or zero for each in rows), zero),
            credits=sum((each.credits for each in rows), zero),
            revenue_usd=sum((each.revenue or zero for each in rows), zero),
            unrated=sum(each.cost is None for each in events) + sum(each.unrated for each in changes),
        )


EVENTS = st.builds(
    Used,
    org_id=st.just(ids.uuid7()),
    workspace_id=st.sampled_from([LIVE, TEST]),
    at=st.integers(0, 4 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
    model=st.sampled_from(["a", "b", "c"]),
    provider=st.sampled_from(["p", "q"]),
    customer_id=st.sampled_from([None, "x", "y", "z"]),
    feature_id=st.sampled_from([None, "f"]),
    user_id=st.sampled_from([None, "u"]),
    api_key_id=st.sampled_from([None, *KEYS]),
    tokens=st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
    cost=st.none() | AMOUNTS,
    credits=AMOUNTS,
    revenue=st.none() | AMOUNTS,
)


@st.composite
def books(draw: st.DrawFn) -> Book:
    org_id = ids.uuid7()
    events = [replace(each, org_id=org_id, id=ids.uuid7()) for each in draw(st.lists(EVENTS, max_size=25))]
    corrections = []
    for each in events:
        kind = draw(st.sampled_from(["none", "none", "rated", "voided"]))
        if kind == "voided":
            corrections.append(usage_rows.voided(each))
        elif kind == "rated" and each.cost is None:
            corrections.append(usage_rows.rated(each, draw(AMOUNTS), draw(AMOUNTS)))
        elif kind == "rated":
            changed = Correction(each, "rerated", cost=draw(DIFFERENCES), credits=draw(DIFFERENCES))
            corrections.append(replace(changed, revenue=draw(DIFFERENCES)))
    return Book(events, corrections)


@st.composite
def questions(draw: st.DrawFn) -> UsageQuestion:
    first = draw(st.integers(0, 80))
    filtered = draw(st.lists(st.sampled_from(list(Dimension)), max_size=2, unique=True))
    where = {
        name: draw(st.lists(st.sampled_from(FILTERS[name]), min_size=1, max_size=2, unique=True))
        for name in filtered
    }
    return UsageQuestion(
        START + timedelta(hours=first),
        START + timedelta(hours=first + draw(st.integers(1, 90))),
        draw(st.sampled_from(Granularity)),
        draw(st.lists(st.sampled_from(list(Dimension)), max_size=3, unique=True)),
        where,
    )


def bucket_of(at: datetime, granularity: Granularity) -> datetime:
    at = at.replace(minute=0, second=0, microsecond=0)
    if granularity is not Granularity.HOUR:
        at = at.replace(hour=0)
    return at.replace(day=1) if granularity is Granularity.MONTH else at


def matching(book: Book, question: UsageQuestion) -> list[Used]:
    def counts(event: Used) -> bool:
        return question.start <= event.at < question.end and all(
            READERS[name](event) in [None if value is None else str(value) for value in values]
            for name, values in question.where.items()
        )

    return [each for each in book.events if counts(each)]


async def write(book: Book) -> Principal:
    if book.events:
        half = len(book.events) // 2
        for part in (book.events[:half], book.events[half:]):
            if part:
                await usage_rows.write(*part)
    if book.corrections:
        await usage_rows.correct(*book.corrections)
    org = OrgId(book.events[0].org_id if book.events else ids.uuid7())
    return Principal("user", ids.uuid7(), {org: frozenset({Permission.USAGE_READ})})


examples = hypothesis.settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)


class TestReport:
    @examples
    @hypothesis.given(books(), questions())
    async def test_equals_a_plain_aggregation(
        self, settings: Settings, book: Book, question: UsageQuestion
    ) -> None:
        analyst = await write(book)
        [org_id] = analyst.orgs

        report = await queries.report(analyst, org_id, question)

        groups: defaultdict[tuple[Any, ...], list[Used]] = defaultdict(list)
        inside = matching(book, question)
        for each in inside:
            group = tuple(READERS[name](each) for name in question.group_by)
            groups[(bucket_of(each.at, question.granularity), *group)].append(each)
        assert {(b.start, *b.group.values()): b.figures for b in report.series} == {
            key: book.figures(members) for key, members in groups.items()
        }
        assert report.totals == book.figures(inside)
        assert [finding async for finding in verification.findings(org_id)] == []

    @examples
    @hypothesis.given(books(), questions(), st.integers(1, 4), st.sampled_from(Measure))
    async def test_loses_nothing_beyond_the_greatest(
        self, settings: Settings, book: Book, question: UsageQuestion, top: int, measure: Measure
    ) -> None:
        hypothesis.assume(question.group_by)
        analyst = await write(book)
        [org_id] = analyst.orgs

        asked = replace(question, top=top, top_by=measure, granularity=Granularity.MONTH)
        report = await queries.report(analyst, org_id, asked)

        inside = matching(book, question)
        groups: defaultdict[tuple[Any, ...], list[Used]] = defaultdict(list)
        for each in inside:
            groups[tuple(READERS[name](each) for name in question.group_by)].append(each)
        measured = {
            key: {
                Measure.COST: (figures := book.figures(members)).cost_usd,
                Measure.CREDITS: figures.credits,
                Measure.TOKENS: Decimal(figures.tokens),
                Measure.REQUESTS: Decimal(figures.requests),
            }[measure]
            for key, members in groups.items()
        }
        named = {tuple(b.group.values()) for b in report.series if not b.is_other}
        assert len(named) == min(top, len(groups))
        least = min((measured[key] for key in named), default=Decimal(0))
        assert all(value <= least for key, value in measured.items() if key not in named)
        rest = [each for key, members in groups.items() if key not in named for each in members]
        other = [b.figures for b in report.series if b.is_other]
        assert sum((each.requests for each in other), 0) == book.figures(rest).requests
        assert sum((each.cost_usd for each in other), Decimal(0)) == book.figures(rest).cost_usd
        assert report.totals == book.figures(inside)


class TestEvents:
    @examples
    @hypothesis.given(books())
    async def test_add_up_to_the_report(self, settings: Settings, book: Book) -> None:
        analyst = await write(book)
        [org_id] = analyst.orgs
        everything = UsageQuestion(START, START + timedelta(days=5), Granularity.MONTH)

        totals = (await queries.report(analyst, org_id, everything)).totals
        events = (await queries.events(analyst, org_id, request=EventPageRequest(100))).items

        assert totals == Figures(
            requests=sum(not each.is_voided for each in events),
            input_tokens=sum(each.input_tokens for each in events),
            output_tokens=sum(each.output_tokens for each in events),
            cost_usd=sum((each.cost_usd or Decimal(0) for each in events), Decimal(0)),
            credits=sum((each.credits for each in events), Decimal(0)),
            revenue_usd=sum((each.revenue_usd or Decimal(0) for each in events), Decimal(0)),
            unrated=sum(each.is_unrated for each in events),
        )
