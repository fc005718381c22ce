"""Lists of models."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import allowed_models, ids
from app.core.allowed_models import ModelNotAllowed
from app.core.principal import Principal

SHORT = st.text("ab/", max_size=4)
PATTERNS = st.builds(str.__add__, SHORT, st.sampled_from(["", "*"]))


class TestAllows:
    @pytest.mark.parametrize("model", ["gpt-4o", "gpt-4o-mini", "local/x"])
    def test_names_and_prefixes(self, model: str) -> None:
        assert allowed_models.allows(["gpt-4o*", "local/x"], model)

    @pytest.mark.parametrize("model", ["gpt-4", "openai/gpt-4o", "GPT-4o", "local/xy", "", "o3"])
    def test_nothing_else(self, model: str) -> None:
        assert not allowed_models.allows(["gpt-4o*", "local/x"], model)

    def test_anything_with_a_star(self) -> None:
        assert allowed_models.allows(["*"], "o3")


class TestCovers:
    @given(st.lists(PATTERNS, max_size=3), PATTERNS, SHORT)
    def test_only_what_the_patterns_allow_themselves(
        self, patterns: list[str], wanted: str, model: str
    ) -> None:
        if allowed_models.covers(patterns, wanted) and allowed_models.allows([wanted], model):
            assert allowed_models.allows(patterns, model)

    @given(st.lists(PATTERNS, min_size=1, max_size=3))
    def test_each_pattern_of_its_own(self, patterns: list[str]) -> None:
        assert all(allowed_models.covers(patterns, pattern) for pattern in patterns)


class TestRequireModel:
    def test_asks_nothing_of_those_without_a_list(self) -> None:
        for model in (None, "o3"):
            Principal("user", ids.uuid7()).require_model(model)

    @pytest.mark.parametrize(
        ("model", "mend"), [(None, "name one of a\\*, b"), ("c", "'c'; it may use a\\*, b")]
    )
    def test_says_what_may_be_used(self, model: str | None, mend: str) -> None:
        limited = Principal("api_key", ids.uuid7(), models=("a*", "b"))
        limited.require_model("a1")
        with pytest.raises(ModelNotAllowed, match=mend):
            limited.require_model(model)
