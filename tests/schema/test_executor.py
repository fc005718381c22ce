"""The short way for plain fields: the same answers and the same errors as the library's own executor gives."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

import pytest
import strawberry
from graphql import execute_subscription_event, parse
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig

from schema.core.executor import Executor
from schema.core.reading import LongWay, at_once
from schema.core.scalars import SCALARS, BigInt

EVERYTHING = """
{ thing {
  __typename id text maybe number big decimal moment color json kind: text ...more
  inner { text } own { renamed: text __typename } inners { text } gaps { text }
  either { __typename ... on Inner { text } ... on Other { number } }
  choice { ... on Inner { text } ... on Other { number } }
  box { __typename content { text } } boxes { __typename content }
  some { __typename ... on IntBox { number: content } ... on StrBox { content } }
  hurried { text } many { text } slow
} }
fragment more on Thing { flag ratio skipped: text @skip(if: true) }
"""


T = TypeVar("T")


@strawberry.enum
class Color(Enum):
    RED = "red"
    BLUE = strawberry.enum_value("blue", name="AZURE")


@strawberry.type
class Inner:
    text: str


@strawberry.type
class Other:
    number: int


@strawberry.type
class Box(Generic[T]):
    content: T


@strawberry.type
class Thing:
    id: strawberry.ID = strawberry.ID("thing_1")
    text: str = "plain"
    maybe: str | None = None
    number: int = 7
    big: BigInt = BigInt(2**40)
    decimal: Decimal = Decimal("1.50")
    moment: datetime = datetime(2001, 2, 3, tzinfo=UTC)
    color: Color = Color.BLUE
    json: JSON | None = None
    flag: bool = True
    ratio: float | None = 0.5
    inner: Inner | None = None
    own: Inner = field(default_factory=lambda: Inner(text="own"))
    inners: list[Inner] = field(default_factory=lambda: [Inner(text="a"), Inner(text="b")])
    gaps: list[Inner | None] | None = field(default_factory=lambda: [Inner(text="a"), None])
    either: Inner | Other | None = field(default_factory=lambda: Other(number=2))
    box: Box[Inner] = field(default_factory=lambda: Box(content=Inner(text="boxed")))
    boxes: list[Box[str]] = field(default_factory=lambda: [Box(content="text")])
    some: Box[int] | Box[str] | None = None
    ready: strawberry.Private[bool] = True

    def known(self) -> Inner:
        if not self.ready:
            raise LongWay
        return Inner(text="known")

    @strawberry.field
    @at_once(known)
    async def hurried(self) -> Inner:
        return Inner(text="known" if self.ready else "found")

    @strawberry.field
    def choice(self) -> Inner | Other:
        return Other(number=1)

    @strawberry.field
    def many(self) -> list[Inner]:
        return [Inner(text="a"), Inner(text="b")]

    @strawberry.field
    async def slow(self) -> str:
        await asyncio.sleep(0)
        return "done"


@dataclass
class Root:
    thing: Thing


@strawberry.type
class Query:
    thing: Thing | None


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def things(self) -> AsyncIterator[Thing]:
        yield Thing()


def made(**options: Any) -> strawberry.Schema:
    config = StrawberryConfig(scalar_map=SCALARS)
    return strawberry.Schema(query=Query, subscription=Subscription, config=config, **options)


OURS, THEIRS = made(execution_context_class=Executor), made()


async def answers(thing: object, document: str = EVERYTHING) -> tuple[Any, Any]:
    """Ours and the library's, each with its errors as clients would see them."""
    found = []
    for schema in (OURS, THEIRS):
        result = await schema.execute(document, root_value=Root(thing))  # type: ignore[arg-type]
        found.append((result.data, sorted(str(error.formatted) for error in result.errors or [])))
    return found[0], found[1]


class Later:
    """An attribute that has to be awaited."""

    def __await__(self) -> Any:
        return asyncio.sleep(0, "later").__await__()


class TestExecutor:
    async def test_answers_as_the_library_does(self) -> None:
        ours, theirs = await answers(Thing(inner=Inner(text="in"), json=JSON({"a": [1]})))
        assert ours == theirs
        assert ours[0]["thing"]["color"] == "AZURE"
        assert ours[1] == []

    async def test_keeps_the_order_of_the_question(self) -> None:
        [(ours, _), (theirs, _)] = await answers(Thing(inner=Inner(text="in")))
        assert list(ours["thing"]) == list(theirs["thing"])

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("text", None),
            ("text", 5),
            ("text", Decimal("1.5")),
            ("id", 5),
            ("maybe", ["a", "list"]),
            ("number", None),
            ("number", 2**31),
            ("number", "seven"),
            ("big", "many"),
            ("moment", "yesterday"),
            ("color", "red"),
            ("color", "GREEN"),
            ("color", ["unhashable"]),
            ("flag", "yes"),
            ("ratio", float("nan")),
            ("ratio", None),
            ("text", ValueError("an exception as a value")),
            ("number", ValueError("an exception as a value")),
            ("text", Later()),
            ("maybe", Later()),
            ("json", Later()),
            ("inner", Inner(text="in")),
            ("inner", Inner(text=None)),  # type: ignore[arg-type]
            ("inner", Other(number=1)),
            ("inner", Later()),
            ("own", None),
            ("own", Inner(text=None)),  # type: ignore[arg-type]
            ("own", ValueError("an exception as a value")),
            ("inners", None),
            ("inners", []),
            ("inners", [None]),
            ("inners", (Inner(text="of a tuple"),)),
            ("inners", [Inner(text="a"), Inner(text=5)]),  # type: ignore[arg-type]
            ("inners", [ValueError("an exception as a value")]),
            ("inners", 5),
            ("gaps", None),
            ("gaps", [Inner(text=None)]),  # type: ignore[arg-type]
            ("gaps", [Later()]),
            ("either", None),
            ("either", Inner(text="in")),
            ("either", Other(number=2**31)),
            ("either", "neither"),
            ("box", Box(content=None)),
            ("box", Inner(text="no box")),
            ("boxes", [Box(content=5)]),
            ("some", Box(content=5)),
            ("some", Box(content="text")),
            ("some", Box(content=None)),
            ("ready", False),
        ],
    )
    async def test_says_of_an_odd_value_what_the_library_says(self, name: str, value: Any) -> None:
        thing = Thing()
        setattr(thing, name, value)
        ours, theirs = await answers(thing)
        assert ours == theirs

    async def test_says_of_a_missing_attribute_what_the_library_says(self) -> None:
        thing = Thing()
        del thing.__dict__["text"], thing.__dict__["flag"]
        Thing.text, kept = property(lambda self: self.nothing), Thing.text  # type: ignore[assignment]
        try:
            ours, theirs = await answers(thing, "{ thing { text maybe } }")
        finally:
            Thing.text = kept
        assert ours == theirs
        assert ours[1]

    async def test_goes_the_short_way_for_what_objects_hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        went: list[str] = []
        build = Executor.build_resolve_info

        def watched(self: Executor, field_def: Any, nodes: Any, parent: Any, path: Any) -> Any:
            went.append(nodes[0].name.value)
            return build(self, field_def, nodes, parent, path)

        monkeypatch.setattr(Executor, "build_resolve_info", watched)
        result = await OURS.execute(EVERYTHING, root_value=Root(Thing(inner=Inner(text="in"))))
        assert result.errors is None
        assert sorted(went) == ["choice", "many", "slow", "some", "thing"]

    async def test_remembers_nothing_from_event_to_event(self) -> None:
        document = parse("subscription { things { text inner { text } } }")
        executor = Executor.build(OURS._schema, document)
        assert isinstance(executor, Executor)
        for _ in range(3):
            result: Any = execute_subscription_event(executor.build_per_event_executor(Thing()))
            assert result.data == {"things": {"text": "plain", "inner": None}}
        assert executor._plans == {}
        assert executor._relevant_sub_fields == {}
