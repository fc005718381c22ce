"""Bytes as batches of events."""

import orjson
import pytest

from app.core.errors import InvalidInput
from app.ingestion import decoding
from app.ingestion.errors import MalformedEvents
from app.ingestion.types import Batch, Event, Invalid, Item

GOOD = {"event_id": "e", "event_type": "CUSTOM", "unit_type": "pages", "quantity": 5}


def decoded(document: object) -> Batch:
    return decoding.batch(orjson.dumps(document))


def fields(item: Item) -> list[tuple[str, str]]:
    assert isinstance(item, Invalid)
    return [(error.field, error.code) for error in item.errors]


class TestBatch:
    def test_is_a_list_or_one_event(self) -> None:
        assert [item.event_id for item in decoded({"events": [GOOD, {**GOOD, "event_id": "f"}]}).items] == [
            "e",
            "f",
        ]
        assert [item.event_id for item in decoded(GOOD).items] == ["e"]
        assert decoded({"events": []}).items == []

    def test_says_whether_it_is_a_backfill(self) -> None:
        assert decoded({"events": [GOOD], "backfill": True}).is_backfill
        assert not decoded({"events": [GOOD]}).is_backfill

    @pytest.mark.parametrize("where", [0, 1, 2])
    def test_lets_one_bad_item_harm_no_other(self, where: int) -> None:
        events: list[object] = [GOOD, GOOD]
        events.insert(where, {**GOOD, "input_tokens": "many"})

        items = decoded({"events": events}).items

        assert [isinstance(item, Event) for item in items] == [index != where for index in range(3)]
        assert fields(items[where]) == [("input_tokens", "invalid")]

    def test_names_everything_that_is_wrong_with_an_item(self) -> None:
        [item] = decoded(
            {"event_type": 5, "input_tokns": 3, "timestamp": "2026-11-20T10:00:00", "output_tokens": -1}
        ).items

        assert sorted(fields(item)) == [
            ("event_id", "required"),
            ("event_type", "invalid"),
            ("input_tokns", "unknown_field"),
            ("output_tokens", "invalid"),
            ("timestamp", "invalid"),
        ]

    @pytest.mark.parametrize("event", [5, None, "e", [GOOD], True])
    def test_takes_nothing_but_objects_for_events(self, event: object) -> None:
        assert fields(decoded({"events": [event]}).items[0]) == [("event", "object")]

    @pytest.mark.parametrize("field", ["event_id", "customer_id"])
    def test_leaves_nul_out(self, field: str) -> None:
        items = decoded({"events": [GOOD, {**GOOD, field: "a\0b"}, {**GOOD, "properties": {"a\0": 1}}]}).items

        assert isinstance(items[0], Event)
        assert [fields(item) for item in items[1:]] == [[("event", "nul_character")]] * 2

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("event_id", ""),
            ("event_id", "x" * 256),
            ("provider", "x" * 65),
            ("model", "x" * 129),
            ("image_size", "x" * 33),
            ("input_tokens", 10**10 + 1),
            ("input_tokens", 1.5),
            ("input_tokens", True),
            ("latency_ms", 2**31),
            ("image_count", 0),
            ("quantity", True),
            ("properties", [1]),
            ("timestamp", 1_700_000_000),
        ],
    )
    def test_checks_types_and_bounds(self, field: str, value: object) -> None:
        assert fields(decoded({"events": [{**GOOD, field: value}]}).items[0]) == [(field, "invalid")]

    @pytest.mark.parametrize("body", [b"", b"{", b'{"events": [}', b"nonsense", b"\xff"])
    def test_is_json(self, body: bytes) -> None:
        with pytest.raises(MalformedEvents):
            decoding.batch(body)

    @pytest.mark.parametrize("body", [b"[]", b"5", b'"x"', b"null"])
    def test_is_an_object(self, body: bytes) -> None:
        with pytest.raises(InvalidInput) as raised:
            decoding.batch(body)
        assert raised.value.field_errors[0].field == "body"

    @pytest.mark.parametrize("document", [{"events": 5}, {"events": {}}, {"events": [], "backfill": "yes"}])
    def test_has_the_types_of_a_batch(self, document: object) -> None:
        with pytest.raises(InvalidInput):
            decoded(document)

    def test_survives_any_depth(self) -> None:
        deep = b"[" * 100_000
        closed = b"[" * 5_000 + b"]" * 5_000
        for body in (
            deep,
            b'{"event_id": "e", "properties": {"a": ' + deep,
            b'{"events": [{"properties": {"a":' + deep,
            b'{"event_id": "e", "properties": {"a": ' + closed + b"}}",
        ):
            with pytest.raises(InvalidInput):
                decoding.batch(body)

    def test_tells_bytes_that_are_no_text_apart(self) -> None:
        items = decoding.batch(b'{"events": [{"event_id": "\xff"}, {"event_id": "e", "voids": "x"}]}').items

        assert fields(items[0]) == [("event", "json")]
        assert isinstance(items[1], Event)


class TestItems:
    def test_checks_documents_as_it_checks_bytes(self) -> None:
        items = decoding.items([GOOD, {**GOOD, "event_id": 5}, {**GOOD, "properties": {"a": ["\0"]}}])

        assert isinstance(items[0], Event)
        assert fields(items[1]) == [("event_id", "invalid")]
        assert fields(items[2]) == [("event", "nul_character")]
