"""Files of usage as events."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cli.failures import Expected
from app.cli.usage_files.reading import Reader

AZURE = """TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:17:03.9799600,4808,10
2023-11-16 18:17:04.0319600,3180,8
"""


def reader(directory: Path, name: str, text: str, **more: Any) -> Reader:
    path = directory / name
    path.write_text(text)
    return Reader(path, **more)


def events(found: Reader) -> list[dict[str, Any]]:
    return [dict(line.event) for line in found.lines() if line.event is not None]


class TestCsv:
    def test_of_azures_traces_needs_no_mapping(self, tmp_path: Path) -> None:
        found = reader(tmp_path, "trace.csv", AZURE, constants={"provider": "azure", "model": "gpt-4"})

        first, second = events(found)

        assert first.pop("event_id").startswith("trace:2:")
        assert first == {
            "event_type": "TOKEN_USAGE",
            "provider": "azure",
            "model": "gpt-4",
            "timestamp": "2023-11-16T18:17:03.979960+00:00",
            "input_tokens": 4_808,
            "output_tokens": 10,
        }
        assert second["event_id"].startswith("trace:3:")

    def test_knows_other_names_and_keeps_the_rest(self, tmp_path: Path) -> None:
        text = "Prompt Tokens,completion_tokens,customerId,cost centre,when\n5,,acme,x,2026-11-20T10:00:00+02:00\n"
        found = reader(tmp_path, "a.csv", text, columns={"when": "timestamp"})

        [event] = events(found)

        assert {name: event[name] for name in event if name != "event_id"} == {
            "event_type": "TOKEN_USAGE",
            "input_tokens": 5,
            "customer_id": "acme",
            "properties": {"cost centre": "x"},
            "timestamp": "2026-11-20T10:00:00+02:00",
        }
        assert found.kept_as_properties() == ["cost centre"]

    def test_tells_lines_of_another_width(self, tmp_path: Path) -> None:
        found = list(reader(tmp_path, "a.csv", "id,model\na,b\n\nc\n").lines())

        assert [(line.number, line.problem) for line in found] == [
            (2, ""),
            (4, "it has 1 columns instead of 2"),
        ]

    def test_may_have_lines_within_cells(self, tmp_path: Path) -> None:
        found = list(reader(tmp_path, "a.csv", '\ufeffid,model\n"a\nb",m\nc,m\n').lines())

        assert [line.event and line.event["event_id"] for line in found] == ["a\nb", "c"]
        assert found[-1].end == (tmp_path / "a.csv").stat().st_size

    def test_names_its_columns(self, tmp_path: Path) -> None:
        with pytest.raises(Expected, match="its first line must name the columns"):
            list(reader(tmp_path, "a.csv", "").lines())


class TestJsonLines:
    def test_are_events_as_they_are(self, tmp_path: Path) -> None:
        text = '{"event_id": "a", "voids": "b"}\n\n{"event_type": "X", "model": "m"}\nnonsense\n[]\n'
        found = reader(tmp_path, "a.jsonl", text, constants={"model": "gpt-4o", "provider": "openai"})

        lines = list(found.lines())

        assert [line.number for line in lines] == [1, 3, 4, 5]
        assert lines[0].event == {"event_id": "a", "voids": "b", "model": "gpt-4o", "provider": "openai"}
        assert lines[1].event is not None
        assert (lines[1].event["event_type"], lines[1].event["model"]) == ("X", "m")
        assert [line.problem[:10] for line in lines[2:]] == ["it is not ", "it is no J"]


class TestIds:
    def test_are_the_same_whenever_the_file_is_read(self, tmp_path: Path) -> None:
        first = [event["event_id"] for event in events(reader(tmp_path, "a.csv", AZURE))]
        again = reader(tmp_path, "a.csv", AZURE + "2023-11-16 18:17:04.0319600,3180,8\n")

        ids = [event["event_id"] for event in events(again)]

        assert ids[:2] == first
        assert len(set(ids)) == 3


class TestShift:
    def test_moves_every_time(self, tmp_path: Path) -> None:
        found = reader(tmp_path, "a.csv", AZURE)
        assert found.newest() == datetime(2023, 11, 16, 18, 17, 4, 31960, tzinfo=UTC)

        moved = events(reader(tmp_path, "a.csv", AZURE, shift=timedelta(days=1)))

        assert [event["timestamp"][:10] for event in moved] == ["2023-11-17"] * 2
        assert [event["event_id"] for event in moved] == [event["event_id"] for event in events(found)]
