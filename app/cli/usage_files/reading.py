"""Files of usage, line by line, as events with ids of their own.

An event without an id is given one from the file's name, its line and what that says: the same file read again is the
same events again, however far it got the first time.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import orjson

from app.cli.failures import Expected
from app.ingestion.types import Event

FIELDS = frozenset(f.name for f in msgspec.structs.fields(Event))
# How the columns of a CSV are called elsewhere, without case and punctuation: exports of providers, and the public
# traces of Azure (TIMESTAMP, ContextTokens, GeneratedTokens).
_ALIASES = {
    "id": "event_id",
    "type": "event_type",
    "customer": "customer_id",
    "user": "user_id",
    "feature": "feature_id",
    "time": "timestamp",
    "createdat": "timestamp",
    "contexttokens": "input_tokens",
    "prompttokens": "input_tokens",
    "generatedtokens": "output_tokens",
    "completiontokens": "output_tokens",
    "cachedtokens": "cached_input_tokens",
    "latency": "latency_ms",
    **{name.replace("_", ""): name for name in sorted(FIELDS)},
}
_WHOLE = frozenset(name for name in FIELDS if name.endswith(("_tokens", "_count", "_ms")))
# Seven digits and more are more than a datetime keeps.
_FRACTION = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """`event` is None where the line holds none; then `problem` says why. `end` is its end in the file, in bytes."""

    number: int
    end: int
    event: Mapping[str, Any] | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """`constants` are fields of every event that has none of its own; `columns` name the field of a CSV's column."""

    path: Path
    constants: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    shift: timedelta = timedelta(0)

    @property
    def is_csv(self) -> bool:
        return self.path.suffix.lower() == ".csv"

    def lines(self) -> Iterator[Line]:
        found = self._csv() if self.is_csv else self._json()
        for number, end, raw, event, problem in found:
            yield Line(
                number, end, self._completed(number, raw, event) if event is not None else None, problem
            )

    def newest(self) -> datetime | None:
        """The newest time in the file."""
        times = (_time(line.event.get("timestamp")) for line in self.lines() if line.event is not None)
        return max((time for time in times if time is not None), default=None)

    def kept_as_properties(self) -> list[str]:
        """Columns of a CSV that are no field of an event."""
        if not self.is_csv:
            return []
        with self.path.open("r", encoding="utf-8-sig", newline="") as stream:
            return [name for name in next(csv.reader(stream), []) if self._field(name) is None]

    def _json(self) -> Iterator[tuple[int, int, bytes, dict[str, Any] | None, str]]:
        end = 0
        with self.path.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                end += len(raw)
                if not raw.strip():
                    continue
                try:
                    event = orjson.loads(raw)
                except orjson.JSONDecodeError as error:
                    yield number, end, raw, None, f"it is not JSON ({error})"
                    continue
                is_object = isinstance(event, dict)
                yield (
                    number,
                    end,
                    raw,
                    event if is_object else None,
                    "" if is_object else "it is no JSON object",
                )

    def _csv(self) -> Iterator[tuple[int, int, bytes, dict[str, Any] | None, str]]:
        read: list[bytes] = []
        end = 0
        with self.path.open("rb") as stream:

            def lines() -> Iterator[str]:
                for raw in stream:
                    read.append(raw)
                    yield raw.decode("utf-8-sig" if len(read) == 1 else "utf-8", errors="replace")

            rows = csv.reader(lines())
            header = [self._field(name) or f"properties.{name}" for name in next(rows, [])]
            if not header:
                raise Expected(f"{self.path} is empty: its first line must name the columns.")
            consumed = len(read)
            end = sum(map(len, read))
            for row in rows:
                raw = b"".join(read[consumed:])
                consumed, end = len(read), end + len(raw)
                if not row:
                    continue
                if len(row) != len(header):
                    yield rows.line_num, end, raw, None, f"it has {len(row)} columns instead of {len(header)}"
                    continue
                yield rows.line_num, end, raw, _event(dict(zip(header, row, strict=True))), ""

    def _field(self, column: str) -> str | None:
        return self.columns.get(column) or _ALIASES.get(re.sub(r"[^a-z0-9]", "", column.lower()))

    def _completed(self, number: int, raw: bytes, event: dict[str, Any]) -> dict[str, Any]:
        event = {**self.constants, **event}
        if "voids" not in event:
            event.setdefault("event_type", "TOKEN_USAGE")
        said = blake2b(raw.strip(), digest_size=6).hexdigest()
        event.setdefault("event_id", f"{self.path.stem[:200]}:{number}:{said}")
        if self.shift and (time := _time(event.get("timestamp"))) is not None:
            event["timestamp"] = (time + self.shift).isoformat()
        return event


def _event(cells: Mapping[str, str]) -> dict[str, Any]:
    """Empty cells are left out; times without a zone are taken as UTC, and numbers read where a field is one."""
    event: dict[str, Any] = {}
    for name, text in cells.items():
        if not text:
            continue
        if name.startswith("properties."):
            event.setdefault("properties", {})[name.partition(".")[2]] = text
        elif name in _WHOLE:
            event[name] = int(text) if text.strip().isdecimal() else text
        elif name == "timestamp":
            time = _time(text)
            event[name] = text if time is None else time.isoformat()
        elif name == "properties":
            event.setdefault("properties", {})[name] = text
        else:
            event[name] = text
    return event


def _time(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        time = datetime.fromisoformat(_FRACTION.sub(r"\1", text.strip()))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
