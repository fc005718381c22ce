from typing import Any

import orjson
import pytest

from app.gateway.protocols.anthropic import Messages
from app.gateway.protocols.google import Generate
from app.gateway.protocols.openai import Chat, Responses
from app.gateway.protocols.operation import Operation
from app.gateway.routing import needs
from app.gateway.routing.policy import Capability

CHAT, RESPONSES, MESSAGES = Chat(), Responses(), Messages()
GENERATE = Generate("v1beta", is_stream=False)


def of(operation: Operation, **document: Any) -> set[Capability]:
    body = orjson.dumps({"model": "m", **document})
    return set(needs.of(operation.read(body, model="m", default_output=10)))


class TestOf:
    @pytest.mark.parametrize(
        ("operation", "document"),
        [
            (CHAT, {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]}),
            (RESPONSES, {"input": [{"role": "user", "content": [{"type": "input_image"}]}]}),
            (MESSAGES, {"messages": [{"role": "user", "content": [{"type": "image", "source": {}}]}]}),
            (GENERATE, {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png", "data": ""}}]}]}),
            (GENERATE, {"contents": [{"parts": [{"fileData": {"mimeType": "image/png", "fileUri": "x"}}]}]}),
        ],
    )
    def test_sees_pictures(self, operation: Operation, document: Any) -> None:
        assert of(operation, **document) == {Capability.VISION}

    @pytest.mark.parametrize(
        ("operation", "document"),
        [
            (CHAT, {"response_format": {"type": "json_schema"}}),
            (RESPONSES, {"text": {"format": {"type": "json_object"}}}),
            (MESSAGES, {"output_config": {"format": {"type": "json_schema"}}}),
            (GENERATE, {"generationConfig": {"responseMimeType": "application/json"}}),
            (GENERATE, {"generation_config": {"response_schema": {"type": "OBJECT"}}}),
        ],
    )
    def test_sees_that_the_answer_must_be_json(self, operation: Operation, document: Any) -> None:
        assert of(operation, **document) == {Capability.JSON}

    @pytest.mark.parametrize("operation", [CHAT, RESPONSES, MESSAGES, GENERATE])
    def test_sees_tools(self, operation: Operation) -> None:
        assert of(operation, tools=[{"name": "f"}]) == {Capability.TOOLS}
        assert of(operation, tools=[]) == set()

    def test_sees_nothing_in_words(self) -> None:
        said = {"role": "user", "content": 'an {"type": "image_url"} and response_format json_object'}
        assert of(CHAT, messages=[said], response_format={"type": "text"}) == set()
