"""Requests are changed as little as possible."""

import orjson
import pytest

from app.gateway import editing
from app.gateway.errors import MalformedRequest

BODY = b'{ "model" : "a/b",\n "n": 1.0, "messages": [] }'


def changed(body: bytes, model: str) -> bytes:
    return editing.with_model(body, orjson.loads(body), model)


class TestWithModel:
    def test_leaves_every_byte_where_the_name_stays(self) -> None:
        assert changed(BODY, "a/b") is BODY

    def test_changes_the_name_alone(self) -> None:
        assert changed(BODY, "b") == BODY.replace(b'"a/b"', b'"b"')

    def test_leaves_models_inside_of_other_members_alone(self) -> None:
        body = b'{"model":"a","tools":[{"model":"x"}],"n":1.0}'
        assert changed(body, "a") is body
        assert orjson.loads(changed(body, "b")) == {"model": "b", "tools": [{"model": "x"}], "n": 1.0}

    def test_lets_no_reader_see_another_model_than_ours_did(self) -> None:
        body = b'{"model":"dear","model":"cheap"}'
        assert changed(body, "cheap") == b'{"model":"cheap"}'
        body = rb'{"model":"dear","mod\u0065l":"cheap"}'
        assert changed(body, "cheap") == b'{"model":"cheap"}'
        body = rb'{"\u006Dodel":"dear","model":"cheap"}'
        assert changed(body, "cheap") == b'{"model":"cheap"}'

    def test_refuses_what_is_nested_too_deeply_to_be_written_again(self) -> None:
        body = b'{"model":"a","model":"b","n":' + b"[" * 900 + b"]" * 900 + b"}"
        with pytest.raises(MalformedRequest):
            changed(body, "c")


class TestWithMember:
    def test_adds_it_in_front_of_the_others(self) -> None:
        body = b'{"model": "a", "n": 1.0}'
        told = editing.with_member(body, orjson.loads(body), "stream_options", {"include_usage": True})
        assert told == b'{"stream_options":{"include_usage":true},"model": "a", "n": 1.0}'

    def test_replaces_what_was_said(self) -> None:
        body = b'{"stream_options": null, "model": "a"}'
        told = editing.with_member(body, orjson.loads(body), "stream_options", {"include_usage": True})
        assert orjson.loads(told) == {"stream_options": {"include_usage": True}, "model": "a"}
