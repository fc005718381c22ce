import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.inference import (
    CompletionRequest,
    EmbeddingRequest,
    Finished,
    Message,
    ProviderRejected,
    TextDelta,
    UsageSource,
)
from app.core.tokens import estimate_tokens
from app.infra.providers.local import EXTRACTIVE_MODEL, HASHING_MODEL, LocalProvider

ARTICLE = """
The city of Aldbridge opened its new tram line on Monday. The tram line runs from the harbour to the university and
cost 240 million euros. Dr. Weber, who led the works, said that the line would carry 40,000 passengers a day.

Some shop owners had feared for their trade during the works. It rained. The mayor thanked them for their patience
and promised lower rents for a year. A brass band played.

Trams run every six minutes from five in the morning until midnight. Passengers can use the tram line free of charge
until the end of the month. The city expects that the tram line will take 12,000 cars off its roads, and plans a
second tram line from the university to the airport. Works on it begin next spring.
"""


async def summarise(
    text: str, limit: int = 1024, *, before: Sequence[Message] = ()
) -> tuple[list[str], Finished]:
    request = CompletionRequest(EXTRACTIVE_MODEL, (*before, Message("user", text)), limit)
    items = [item async for item in LocalProvider().stream(request)]
    last = items.pop()
    assert isinstance(last, Finished)
    return [item.text for item in items if isinstance(item, TextDelta)], last


def flat(text: str) -> str:
    return " ".join(text.split())


class TestStream:
    async def test_gives_sentences_of_the_source_in_its_order(self) -> None:
        deltas, finished = await summarise(ARTICLE)
        places = [flat(ARTICLE).find(delta.strip()) for delta in deltas]
        assert len(deltas) >= 2
        assert -1 not in places
        assert places == sorted(places)
        assert finished.reason == "stop"

    async def test_is_shorter_than_the_text_and_about_its_topic(self) -> None:
        deltas, _ = await summarise(ARTICLE)
        summary = "".join(deltas)
        assert len(summary) < len(ARTICLE) / 2
        assert "tram line" in summary
        assert "It rained" not in summary

    async def test_abbreviations_do_not_end_a_sentence(self) -> None:
        deltas, _ = await summarise("We met Dr. Weber at 5 p.m. on Monday, e.g. about the trams.")
        assert deltas == ["We met Dr. Weber at 5 p.m. on Monday, e.g. about the trams."]

    async def test_is_the_same_in_every_process(self) -> None:
        script = (
            "import sys; from app.infra.providers import extractive; "
            "print(*extractive.select(extractive.candidates(sys.argv[1], 0, 99), 60).sentences, sep='|')"
        )
        answers = [_run(script, ARTICLE, seed) for seed in ("1", "2", "3")]
        assert len(answers[0].split("|")) >= 2
        assert answers == answers[:1] * 3

    @pytest.mark.parametrize("limit", [1, 5, 12, 40, 80])
    async def test_keeps_the_limit(self, limit: int) -> None:
        deltas, finished = await summarise(ARTICLE, limit)
        assert estimate_tokens("".join(deltas)) <= limit
        assert finished.usage.output_tokens <= limit

    async def test_says_when_not_even_a_sentence_fitted(self) -> None:
        deltas, finished = await summarise(
            "One long sentence about trams that does not fit into five tokens", 5
        )
        assert finished.reason == "length"
        assert "One long sentence about trams".startswith("".join(deltas))

    @pytest.mark.parametrize("text", ["", "   \n ", "\n\n\n"])
    async def test_an_empty_text_gives_an_empty_summary(self, text: str) -> None:
        deltas, finished = await summarise(text)
        assert deltas == []
        assert finished.usage.output_tokens == 0

    async def test_one_sentence_is_its_own_summary(self) -> None:
        deltas, _ = await summarise("  The tram runs every six minutes.\n")
        assert deltas == ["The tram runs every six minutes."]

    async def test_only_the_last_user_message_is_summarised(self) -> None:
        before = [
            Message("system", "Be brief."),
            Message("user", "An older text."),
            Message("assistant", "Yes."),
        ]
        deltas, finished = await summarise("The newer text is this.", before=before)
        assert deltas == ["The newer text is this."]
        assert finished.usage.source is UsageSource.ESTIMATED
        assert finished.usage.input_tokens > estimate_tokens(
            "Be brief. An older text. The newer text is this."
        )

    async def test_repeats_are_said_once(self) -> None:
        deltas, _ = await summarise(ARTICLE * 5)
        assert len(set(map(str.strip, deltas))) == len(deltas)

    async def test_japanese_is_cut_into_sentences(self) -> None:
        text = "市は月曜日に新しい路面電車を開業した。路面電車は港と大学を結ぶ。雨が降った。" * 3
        deltas, _ = await summarise(text, 30)
        assert deltas
        assert all(delta.strip() in text for delta in deltas)

    @given(st.text(max_size=400), st.integers(1, 60))
    @settings(max_examples=60, deadline=None)
    def test_any_text_is_summarised_within_the_limit(self, text: str, limit: int) -> None:
        deltas, _ = asyncio.run(summarise(text, limit))
        assert estimate_tokens("".join(deltas)) <= limit

    @pytest.mark.parametrize(
        "text",
        [
            ARTICLE * 1800,
            "." * 2_000_000,
            "\n" * 2_000_000,
            "word " * 400_000,
            "x" * 2_000_000,
            "- 1.\n" * 400_000,
        ],
        ids=["prose", "dots", "newlines", "no marks", "no spaces", "list"],
    )
    async def test_two_megabytes_take_bounded_time_and_leave_the_loop_free(self, text: str) -> None:
        began, began_here = time.process_time(), time.thread_time()
        await summarise(text[:2_000_000], 200)
        worked, worked_here = time.process_time() - began, time.thread_time() - began_here
        # Work, not time: others may have the machine meanwhile. Quadratic work would take minutes.
        assert worked < 60
        assert worked_here < max(0.1, worked / 2), "in the thread of the loop"

    async def test_a_model_of_another_provider_is_refused(self) -> None:
        request = CompletionRequest("gpt-4", [Message("user", "x")])
        with pytest.raises(ProviderRejected, match="local/extractive-1"):
            await anext(LocalProvider().stream(request))


def _run(script: str, argument: str, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", script, argument]
    return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout


class TestEmbed:
    async def test_counts_tokens_and_says_that_they_are_estimates(self) -> None:
        result = await LocalProvider().embed(EmbeddingRequest(HASHING_MODEL, ["one two", "three"]))
        assert [len(vector) for vector in result.vectors] == [256, 256]
        assert result.usage.input_tokens == estimate_tokens("one two") + estimate_tokens("three")
        assert result.usage.source is UsageSource.ESTIMATED
        assert result.model == HASHING_MODEL

    async def test_gives_the_dimensions_that_were_asked_for(self) -> None:
        result = await LocalProvider().embed(EmbeddingRequest("hashing-1", ["one"], dimensions=8))
        assert len(result.vectors[0]) == 8

    @pytest.mark.parametrize("dimensions", [0, -1, 100_000])
    async def test_dimensions_out_of_bounds_are_refused(self, dimensions: int) -> None:
        with pytest.raises(ProviderRejected, match="dimensions"):
            await LocalProvider().embed(EmbeddingRequest(HASHING_MODEL, ["x"], dimensions=dimensions))
