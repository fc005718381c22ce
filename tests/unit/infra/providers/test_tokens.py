import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tokens import estimate_tokens

TEXTS = st.text(st.characters(), max_size=200)  # lone surrogates included


class TestEstimateTokens:
    @given(TEXTS, TEXTS)
    def test_appending_never_lowers_it(self, text: str, more: str) -> None:
        assert estimate_tokens(text) <= estimate_tokens(text + more)

    @given(TEXTS, TEXTS)
    def test_the_whole_is_never_more_than_its_parts(self, text: str, more: str) -> None:
        assert estimate_tokens(text + more) <= estimate_tokens(text) + estimate_tokens(more)

    @given(TEXTS)
    def test_only_the_empty_text_is_free(self, text: str) -> None:
        assert (estimate_tokens(text) == 0) == (text == "")

    def test_english_prose_comes_to_about_four_characters_a_token(self) -> None:
        prose = (
            "A wallet belongs to an organisation or a customer, and holds the credit that its calls are paid from. "
            "Every call holds an estimate first, and settles what was really used when the answer has arrived."
        )
        assert 3.4 < len(prose) / estimate_tokens(prose) < 4.4

    @pytest.mark.parametrize("text", ["日本語の文章", "中文文本示例", "한국어문장임"])
    def test_east_asian_scripts_come_to_about_a_token_a_character(self, text: str) -> None:
        assert estimate_tokens(text) == len(text)

    def test_code_and_digits_are_denser_than_prose(self) -> None:
        assert estimate_tokens("f(x)={y:[1,2]};" * 10) > estimate_tokens("a plain phrase " * 10) * 1.4

    @pytest.mark.parametrize("sample", ["plain words and 42 signs! ", "日本語の文章です。", "aé日😀1."])
    def test_a_megabyte_takes_milliseconds(self, sample: str) -> None:
        text = sample * (1_000_000 // len(sample.encode()))
        assert min(_timed(text) for _ in range(5)) < 0.2


def _timed(text: str) -> float:
    started = time.process_time()
    estimate_tokens(text)
    return time.process_time() - started
