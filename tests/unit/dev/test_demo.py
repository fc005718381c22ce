"""The demo: its text, and what is made of a job's updates."""

import io
from typing import Any

import pytest
from rich.console import Console

from app.dev.demo import document, view
from app.dev.demo.transcript import Transcript


def update(
    seq: int,
    output: str = "",
    offset: int = 0,
    *,
    status: str = "RUNNING",
    attempt: int = 1,
    resynced: bool = False,
) -> dict[str, Any]:
    job = {
        "id": "job_1",
        "status": status,
        "progress": 40,
        "attempt": attempt,
        "inputTokens": 1234,
        "outputTokens": 56,
        "credits": "1.29",
        "costUsd": "0.000459",
        "provider": "openai",
        "model": "gpt-4o-mini",
        "error": None,
        "result": {"summary": "All of it."} if status == "SUCCEEDED" else None,
    }
    return {"seq": seq, "resynced": resynced, "output": output, "outputOffset": offset, "job": job}


def after(*updates: dict[str, Any]) -> Transcript:
    transcript = Transcript()
    for each in updates:
        transcript = transcript.after(each)
    return transcript


class TestDocument:
    def test_the_sample_is_there_and_long_enough(self) -> None:
        sample = document.sample()
        assert 800 <= len(sample.text.split()) <= 2_000
        assert sample.measure.startswith("1,")

    def test_a_byte_order_mark_is_no_part_of_the_text(self) -> None:
        assert document.parse("x", b"\xef\xbb\xbfHello.").text == "Hello."

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "x is empty"),
            (b"\n \t", "x is empty"),
            (b"caf\xe9", r"x is not UTF-8 text \(byte 3 is not\)"),
            (b"a\0b", "x is a binary file"),
            (b"a" * (document.MAX_CHARACTERS + 1), "x has 5,000,001 characters, and at most 5,000,000"),
            (b"a" * (4 * document.MAX_CHARACTERS + 1), "x has 20,000,001 bytes"),
        ],
    )
    def test_what_cannot_be_summarised_is_refused(self, content: bytes, sentence: str) -> None:
        with pytest.raises(document.UnsuitableText, match=sentence):
            document.parse("x", content)

    def test_the_longest_text_is_taken(self) -> None:
        text = "ä" * document.MAX_CHARACTERS
        assert document.parse("x", text.encode()).text == text


class TestTranscript:
    def test_puts_the_output_together(self) -> None:
        transcript = after(update(2), update(3, "Hello "), update(4, "world.", 6))
        assert (transcript.text, transcript.new, transcript.seq) == ("Hello world.", "world.", 4)

    def test_a_repeated_update_changes_nothing(self) -> None:
        once = after(update(3, "Hello "), update(4, "world.", 6))
        twice = once.after(update(4, "world.", 6))
        assert (twice.text, twice.new) == ("Hello world.", "")

    def test_an_update_that_overlaps_is_laid_over(self) -> None:
        assert after(update(3, "Hello wor"), update(4, "world.", 6)).text == "Hello world."

    def test_another_attempt_starts_over(self) -> None:
        transcript = after(update(3, "Half a"), update(5, "Whole.", attempt=2))
        assert (transcript.text, transcript.new) == ("Whole.", "Whole.")

    def test_a_resynced_update_replaces_everything(self) -> None:
        assert after(update(3, "abc"), update(9, "xyz", resynced=True)).text == "xyz"

    def test_a_change_of_state_keeps_the_text(self) -> None:
        transcript = after(update(3, "abc"), update(4, status="SUCCEEDED"))
        assert (transcript.text, transcript.new, transcript.has_ended) == ("abc", "", True)


class TestView:
    @pytest.mark.parametrize(
        ("usd", "text"),
        [
            ("0.000459", "$0.000459"),
            ("0", "$0"),
            ("0.00000004", "$0.00000004"),
            (None, "not known yet: the model has no price"),
        ],
    )
    def test_a_cost_is_never_rounded_and_unknown_is_not_free(self, usd: str | None, text: str) -> None:
        assert view.cost(usd) == text

    @pytest.mark.parametrize("terminal", [True, False])
    def test_shows_a_job_from_start_to_end(self, terminal: bool) -> None:
        stream = io.StringIO()
        console = Console(file=stream, force_terminal=terminal, width=100, highlight=False, no_color=True)
        shown: view.View = view.LiveView(console) if terminal else view.PlainView(console)
        transcript = Transcript()
        shown.submitted(document.sample(), {"id": "job_1", "estimated_tokens": 2767})
        for each in (update(2), update(3, "Partial output."), update(4, status="SUCCEEDED")):
            transcript = transcript.after(each)
            shown.updated(transcript)
            shown.tick()
        shown.ended(transcript)
        shown.close()
        output = stream.getvalue()
        for part in (
            "about 2,767 tokens",
            "RUNNING",
            "Partial output.",
            "SUCCEEDED",
            "openai/gpt-4o-mini",
            "1,234 in, 56 out",
            "1.29",
            "$0.000459",
            "All of it.",
        ):
            assert part in output

    def test_plain_lines_have_no_control_characters(self) -> None:
        stream = io.StringIO()
        shown = view.PlainView(Console(file=stream, width=80, highlight=False))
        shown.submitted(document.sample(), {"id": "job_1", "estimated_tokens": 1})
        shown.updated(after(update(2, "Text.")))
        assert "\x1b" not in stream.getvalue()
        assert "RUNNING    40 %  Text." in stream.getvalue()

    def test_says_when_nobody_takes_the_job(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(view, "_WAITING_SECONDS", 0.0)
        stream = io.StringIO()
        shown = view.PlainView(Console(file=stream, width=80, highlight=False))
        shown.tick()
        shown.tick()
        assert stream.getvalue().count("is a worker running?") == 1
