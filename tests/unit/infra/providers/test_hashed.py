import json
import math
import os
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from app.infra.providers.hashed import embed

TRAM = "The new tram line runs from the harbour to the university."
SAME_TOPIC = "From the harbour, the tram line takes you to the university."
OTHER_TOPIC = "Bake the bread for forty minutes until its crust is golden."


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


class TestEmbed:
    @given(st.text(st.characters(), max_size=200), st.integers(1, 300))
    def test_every_vector_has_length_one(self, text: str, dimensions: int) -> None:
        assert math.isclose(math.hypot(*embed(text, dimensions)), 1.0, rel_tol=1e-9)

    def test_is_the_same_in_every_process(self) -> None:
        script = (
            f"import json; from app.infra.providers.hashed import embed; print(json.dumps(embed({TRAM!r})))"
        )
        for seed in ("1", "2"):
            environment = {**os.environ, "PYTHONHASHSEED": seed}
            run = subprocess.run(
                [sys.executable, "-c", script], env=environment, capture_output=True, check=True
            )
            assert json.loads(run.stdout) == embed(TRAM)

    def test_similar_texts_are_closer_than_different_ones(self) -> None:
        assert cosine(embed(TRAM), embed(SAME_TOPIC)) > 0.5
        assert cosine(embed(TRAM), embed(OTHER_TOPIC)) < 0.3

    def test_the_order_of_words_counts_a_little(self) -> None:
        assert 0.5 < cosine(embed("dog bites man"), embed("man bites dog")) < 0.999

    def test_letter_case_does_not_count(self) -> None:
        assert embed("TRAM Line") == embed("tram line")

    def test_japanese_texts_share_pairs_of_characters(self) -> None:
        one, near, far = embed("新しい路面電車"), embed("路面電車が開業"), embed("焼きたての食パン")
        assert cosine(one, near) > cosine(one, far) + 0.2

    def test_texts_without_words_differ_from_each_other(self) -> None:
        assert embed("!!!") != embed("???")
