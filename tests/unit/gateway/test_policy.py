from dataclasses import replace

import pytest

from app.core.errors import InvalidInput
from app.gateway.routing.policy import Choice, SetPolicy, Strategy

GOOD = SetPolicy("auto", Strategy.CHEAPEST, [Choice("gpt-4o"), Choice("mistral/mistral-small")])


def faults(command: SetPolicy) -> set[tuple[str, str]]:
    try:
        command.validate()
    except InvalidInput as error:
        return {(one.field, one.code) for one in error.field_errors}
    return set()


class TestSetPolicy:
    def test_is_good(self) -> None:
        assert faults(GOOD) == set()
        assert faults(SetPolicy("*", Strategy.FIXED, (), cache_seconds=60)) == set()

    def test_names_all_that_is_wrong_at_once(self) -> None:
        wrong = SetPolicy(
            "",
            Strategy.FIXED,
            [Choice("a", weight=0), Choice("a", context=0), Choice("é" * 9), Choice("*")],
            baseline=" x",
            cache_seconds=0,
            cached_percent=101,
            idempotency_key="",
        )
        assert {field for field, _ in faults(wrong)} >= {
            *("model", "baseline", "cache_seconds", "cached_percent"),
            *("targets[0].weight", "targets[1].model", "targets[1].context", "targets[2].model"),
            "targets[3].model",
        }

    @pytest.mark.parametrize(
        ("command", "fault"),
        [
            (replace(GOOD, targets=[]), ("targets", "required")),
            (replace(GOOD, targets=[], cache_seconds=60), ("targets", "required")),
            (SetPolicy("auto", Strategy.FIXED), ("targets", "required")),
            (replace(GOOD, model="*"), ("strategy", "unsuitable")),
            (replace(GOOD, targets=[Choice(f"m{n}") for n in range(17)]), ("targets", "too_many")),
            (replace(GOOD, model="x" * 129), ("model", "pattern")),
        ],
    )
    def test_says_what_is_wrong(self, command: SetPolicy, fault: tuple[str, str]) -> None:
        assert faults(command) == {fault}
