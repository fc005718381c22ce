"""The registry of job kinds."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field

from app.core.config import SettingsError
from app.core.errors import InvalidInput
from app.jobs import kinds
from app.jobs.errors import UnknownKind
from app.jobs.kinds import Kind
from app.jobs.types import Outcome, Tokens


class TranslateInput(kinds.Input):
    text: Annotated[str, Field(min_length=1)]
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = "en"
    weight: int = 1


async def _run(data: TranslateInput, context: kinds.JobContext) -> Outcome:
    return Outcome({})


def translate(name: str = "translate") -> Kind[TranslateInput]:
    return Kind(name, "Translates.", TranslateInput, lambda data: len(data.text), _run)


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is gone after it."""
    kinds.load()
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))


class TestLoad:
    def test_brings_the_kinds_of_the_house(self) -> None:
        assert [kind.name for kind in kinds.registered()] == [
            "batch",
            "completion",
            "embeddings",
            "summarize",
        ]

    def test_may_be_repeated(self) -> None:
        kinds.load()
        assert len(kinds.registered()) == 4

    @pytest.mark.parametrize("module", ["no_such_module", "no_such_package.jobs", "app.no_such_module"])
    def test_says_how_to_mend_that_a_module_is_not_there(self, module: str) -> None:
        with pytest.raises(SettingsError, match=f"names '{module}', which is not found: correct the name"):
            kinds.load([module])

    def test_shows_what_a_module_itself_does_wrong(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "kinds_that_lack_something.py").write_text("import no_such_library", "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        with pytest.raises(ModuleNotFoundError, match="no_such_library"):
            kinds.load(["kinds_that_lack_something"])


class TestRegister:
    def test_makes_a_kind_known(self) -> None:
        kind = translate()
        kinds.register(kind)
        assert kinds.get("translate") is kind

    def test_takes_the_same_kind_twice(self) -> None:
        kind = translate()
        kinds.register(kind)
        kinds.register(kind)

    def test_refuses_another_kind_of_the_same_name(self) -> None:
        with pytest.raises(ValueError, match="'summarize' is registered already"):
            kinds.register(translate("summarize"))


class TestGet:
    def test_names_the_kinds_that_exist_when_there_is_none_of_that_name(self) -> None:
        with pytest.raises(UnknownKind, match="completion, embeddings, summarize") as raised:
            kinds.get("sumarize")
        assert "'sumarize'" in str(raised.value)

    def test_does_not_repeat_a_name_of_any_length(self) -> None:
        with pytest.raises(UnknownKind) as raised:
            kinds.get("x" * 10_000)
        assert len(str(raised.value)) < 300


class TestParse:
    def test_gives_the_typed_input(self) -> None:
        assert translate().parse({"text": "hello"}) == TranslateInput(text="hello", language="en", weight=1)

    def test_names_every_wrong_field_at_once(self) -> None:
        with pytest.raises(InvalidInput) as raised:
            translate().parse({"language": "english", "weight": "heavy"})
        assert {(e.field, e.code) for e in raised.value.errors} == {
            ("text", "missing"),
            ("language", "string_pattern_mismatch"),
            ("weight", "int_parsing"),
        }

    def test_refuses_a_field_that_the_kind_does_not_know(self) -> None:
        with pytest.raises(InvalidInput) as raised:
            translate().parse({"text": "hello", "langauge": "de"})
        assert [(e.field, e.code) for e in raised.value.errors] == [("langauge", "extra_forbidden")]

    def test_gives_the_path_of_a_nested_field(self) -> None:
        with pytest.raises(InvalidInput) as raised:
            kinds.get("completion").parse({"messages": [{"role": "user", "content": "a"}, {"role": "cook"}]})
        assert {e.field for e in raised.value.errors} == {"messages.1.role", "messages.1.content"}

    @pytest.mark.parametrize(
        ("kind", "data", "field"),
        [
            (
                "completion",
                {"messages": [{"role": "user", "content": "a"}], "temperature": False},
                "temperature",
            ),
            ("completion", {"messages": [{"role": "user", "content": "a"}], "max_tokens": "5"}, "max_tokens"),
            ("embeddings", {"input": ["a"], "dimensions": "16"}, "dimensions"),
        ],
    )
    def test_takes_no_text_and_no_boolean_for_a_number(
        self, kind: str, data: dict[str, object], field: str
    ) -> None:
        """As the OpenAPI document says; schemathesis found them accepted."""
        with pytest.raises(InvalidInput) as raised:
            kinds.get(kind).parse(data)
        assert {e.field for e in raised.value.errors} == {field}

    def test_takes_a_number_that_is_written_with_a_point(self) -> None:
        assert kinds.get("embeddings").parse({"input": ["a"], "dimensions": 16.0}).dimensions == 16

    def test_never_repeats_the_input_in_its_errors(self) -> None:
        with pytest.raises(InvalidInput) as raised:
            translate().parse({"text": "hello", "weight": "sk-secret-0123456789"})
        assert "sk-secret" not in str(raised.value) + repr(raised.value.errors)


class TestEstimate:
    @pytest.mark.parametrize(
        ("kind", "small", "large"),
        [
            ("summarize", {"text": "A word."}, {"text": "A word. " * 500}),
            ("embeddings", {"input": ["A word."]}, {"input": ["A word."] * 100}),
            (
                "completion",
                {"messages": [{"role": "user", "content": "A word."}], "max_tokens": 1},
                {"messages": [{"role": "user", "content": "A word."}], "max_tokens": 1000},
            ),
        ],
    )
    def test_grows_with_the_work(self, kind: str, small: dict[str, object], large: dict[str, object]) -> None:
        of = kinds.get(kind)
        assert 0 < of.tokens(of.parse(small)).total < of.tokens(of.parse(large)).total


class TestTokens:
    @pytest.mark.parametrize("estimate", [-5, 10**10 + 1, 2**70, 1.5, None, Tokens(1, -1)])
    def test_refuses_an_estimate_that_is_no_number_of_tokens(self, estimate: Any) -> None:
        kind = replace(translate(), estimate=lambda _: estimate)
        with pytest.raises(ValueError, match="The kind 'translate' estimates"):
            kind.tokens(TranslateInput(text="a"))


class TestWhatCanBeRegistered:
    @pytest.mark.parametrize("name", ["", "Translate", "a/b", "x y", "9lives", "ü", "a" * 65, "a\n"])
    def test_has_a_name_that_fits_a_path(self, name: str) -> None:
        with pytest.raises(ValueError, match="Name it with 1 to 64 lower-case letters"):
            kinds.register(translate(name))
        assert name not in [kind.name for kind in kinds.registered()]

    @pytest.mark.parametrize(
        "wish", [{"max_attempts": 0}, {"time_limit_seconds": 0}, {"time_limit_seconds": float("nan")}]
    )
    def test_may_run_at_all(self, wish: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="'translate' cannot be registered"):
            kinds.register(replace(translate(), **wish))
