"""What hypothesis draws: the same in every run, whatever else the process has done before."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[list[int]]:
    seen: list[list[int]] = []

    @settings.get_profile("unhurried")
    @given(st.lists(st.integers(), min_size=5))
    def draw(values: list[int]) -> None:
        seen.append(values)

    draw()
    return seen


class TestExamples:
    def test_are_the_same_each_time(self) -> None:
        assert drawn() == drawn()

    def test_are_no_others_when_another_module_of_ours_is_loaded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = drawn()
        path = tmp_path / "numbers_of_ours.py"
        path.write_text(f"NUMBERS = {[123_456_000 + number for number in range(200)]}\n")
        spec = importlib.util.spec_from_file_location("numbers_of_ours", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        monkeypatch.setitem(sys.modules, "numbers_of_ours", module)
        assert drawn() == before
