"""What is read of requests and of usage, whatever others write."""

import orjson
import pytest

from app.core.inference import Usage
from app.gateway.errors import MalformedRequest
from app.gateway.protocols import reading
from app.gateway.protocols.google import Embed, Generate
from app.gateway.protocols.openai import Chat
from app.gateway.types import MAX_COUNT


def chat(**more: object) -> int:
    """The most that it may take."""
    body = orjson.dumps({"model": "m", "messages": [], **more})
    return Chat().read(body, model=None, default_output=50).output_tokens


def gemini(**more: object) -> int:
    return (
        Generate("v1", is_stream=False).read(orjson.dumps(more), model="m", default_output=50).output_tokens
    )


class TestDocument:
    @pytest.mark.parametrize("name", ["Model", "MODEL", "mODEL"])
    def test_has_no_second_model_for_readers_that_take_any_case(self, name: str) -> None:
        with pytest.raises(MalformedRequest):
            reading.document(orjson.dumps({"model": "allowed", name: "forbidden"}))


class TestModel:
    @pytest.mark.parametrize("name", ["..", "a/../b", "../files", "..\\files", "./a"])
    def test_is_no_path(self, name: str) -> None:
        with pytest.raises(MalformedRequest):
            reading.model(name)

    @pytest.mark.parametrize("name", ["gpt-4.1", "a/b..c", "meta/llama:8b", "...", "ft:gpt-4o:x::y"])
    def test_may_have_dots(self, name: str) -> None:
        assert reading.model(name) == name


class TestCount:
    @pytest.mark.parametrize("value", [100, 100.0, 99.5, "100", "1e2", " 100 "])
    def test_is_taken_from_all_that_lax_servers_take(self, value: object) -> None:
        assert reading.count(value, 7) == 100

    @pytest.mark.parametrize("value", [None, True, 0, -1, 0.5, "", "many", "nan", "-inf", [], {}])
    def test_is_the_default_where_there_is_none(self, value: object) -> None:
        assert reading.count(value, 7) == 7

    @pytest.mark.parametrize("value", ["inf", 10**400, 1e308, "9" * 5_000])
    def test_is_bounded(self, value: object) -> None:
        assert reading.count(value, 7) <= 10_000_000


class TestOutput:
    def test_of_a_chat_is_the_largest_bound_that_some_server_knows(self) -> None:
        assert chat(max_completion_tokens=1, max_tokens=1_000) == 1_000
        assert chat(max_completion_tokens=1_000, max_tokens=1) == 1_000
        assert chat(max_tokens="1000", n="2") == 2_000
        assert chat() == 50

    def test_of_gemini_is_read_in_both_spellings(self) -> None:
        small, large = {"maxOutputTokens": 1}, {"max_output_tokens": 1_000, "candidateCount": 2}
        assert gemini(generationConfig=small, generation_config=large) == 2_000
        assert gemini(generationConfig={"temperature": 1}) == 50

    def test_fits_however_many_answers_are_asked_for(self) -> None:
        assert chat(max_tokens=10**9, n=10**9) == MAX_COUNT


class TestModelOfGemini:
    @pytest.mark.parametrize("operation", [Generate("v1", is_stream=False), Embed("v1", is_batch=True)])
    @pytest.mark.parametrize("body", [{"model": "models/dear"}, {"requests": [{"model": "dear"}]}])
    def test_is_that_of_the_path(self, operation: Generate | Embed, body: dict[str, object]) -> None:
        with pytest.raises(MalformedRequest):
            operation.read(orjson.dumps(body), model="cheap", default_output=1)
        same = orjson.dumps({"model": "models/cheap"})
        assert operation.read(same, model="cheap", default_output=1).model == "cheap"


class TestBounded:
    def test_leaves_no_part_larger_than_its_whole(self) -> None:
        found = reading.bounded(Usage(10**12, 10**12, 10**10, 10**11, 10**12))
        assert found.cached_input_tokens + found.cache_write_tokens <= found.input_tokens == MAX_COUNT
        assert found.reasoning_tokens <= found.output_tokens


class TestOutgoing:
    """Google's bodies may name the model, too: upstream it is to be the one of the path."""

    def test_names_the_model_that_is_asked(self) -> None:
        requests: list[dict[str, object]] = [
            {"model": "models/gemini/e-1", "content": {"parts": [{"text": "a"}]}},
            {"content": {}},
        ]
        ask = Embed("v1", is_batch=True).read(
            orjson.dumps({"requests": requests, "x": 1}), model="gemini/e-1", default_output=0
        )
        sent = orjson.loads(Embed("v1", is_batch=True).outgoing(ask, "e-2"))
        assert sent == {"requests": [{**requests[0], "model": "models/e-2"}, requests[1]], "x": 1}

    @pytest.mark.parametrize("body", [b'{ "contents": [] }', b'{ "model":"models/m" }'])
    def test_is_unchanged_where_nothing_has_to_be(self, body: bytes) -> None:
        generate = Generate("v1", is_stream=False)
        ask = generate.read(body, model="m", default_output=50)
        assert generate.outgoing(ask, "m") == body
        assert (generate.outgoing(ask, "n") == body) is (b"model" not in body)
