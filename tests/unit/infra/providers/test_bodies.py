"""What is sent and how numbers are read: the pure parts of the three adapters."""

import pytest

from app.core.inference import CompletionRequest, Message, Usage
from app.infra.providers import anthropic, gemini, openai

REQUEST = CompletionRequest(
    "a-model",
    [
        Message("system", "Be brief."),
        Message("user", "Hi"),
        Message("assistant", "Yes?"),
        Message("user", "Go on"),
    ],
    max_output_tokens=77,
    temperature=0.2,
)


class TestOpenAICompletionBody:
    def test_openai_itself_is_sent_the_limit_that_reasoning_models_take(self) -> None:
        body = openai.completion_body(REQUEST, own=True)
        assert body["max_completion_tokens"] == 77
        assert "max_tokens" not in body

    def test_compatible_servers_are_sent_the_limit_that_all_of_them_know(self) -> None:
        body = openai.completion_body(REQUEST, own=False)
        assert body["max_tokens"] == 77
        assert "max_completion_tokens" not in body

    def test_a_temperature_that_was_not_given_is_not_sent(self) -> None:
        assert "temperature" not in openai.completion_body(CompletionRequest("m", []), own=True)

    def test_only_openais_own_default_model_is_told_not_to_reason(self) -> None:
        default = CompletionRequest(openai.DEFAULT_MODEL, [])
        assert openai.completion_body(default, own=True)["reasoning_effort"] == "none"
        assert "reasoning_effort" not in openai.completion_body(default, own=False)
        assert "reasoning_effort" not in openai.completion_body(REQUEST, own=True)

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("https://api.openai.com/v1", True),
            ("https://eu.api.openai.com/v1", True),
            ("https://acme.openai.azure.com/openai/v1", True),
            ("https://notapi.openai.com.example/v1", False),
            ("http://127.0.0.1:11434/v1", False),
        ],
    )
    def test_openais_own_hosts_are_known(self, url: str, expected: bool) -> None:
        assert openai.is_openais_own(url) is expected


class TestOpenAIUsage:
    def test_reasoning_beside_the_completion_is_found_in_the_total(self) -> None:
        usage = openai.read_usage(
            {
                "prompt_tokens": 10,
                "completion_tokens": 5,
                "total_tokens": 35,
                "completion_tokens_details": {"reasoning_tokens": 20},
            }
        )
        assert usage == Usage(input_tokens=10, output_tokens=25, reasoning_tokens=20)

    def test_nulls_and_nonsense_count_as_nothing(self) -> None:
        usage = openai.read_usage(
            {
                "prompt_tokens": 10,
                "completion_tokens": True,
                "total_tokens": None,
                "prompt_tokens_details": None,
            }
        )
        assert usage == Usage(input_tokens=10)

    def test_no_part_is_larger_than_its_whole(self) -> None:
        usage = openai.read_usage({"prompt_tokens": 10, "prompt_tokens_details": {"cached_tokens": 30}})
        assert usage.input_tokens == 30


class TestAnthropicMessageBody:
    def test_system_messages_go_to_their_own_field(self) -> None:
        body = anthropic.message_body(REQUEST)
        assert body["system"] == "Be brief."
        assert [message["role"] for message in body["messages"]] == ["user", "assistant", "user"]
        assert (body["max_tokens"], body["temperature"], body["stream"]) == (77, 0.2, True)

    def test_only_the_default_model_is_told_not_to_think(self) -> None:
        default = CompletionRequest(anthropic.DEFAULT_MODEL, [])
        assert anthropic.message_body(default)["thinking"] == {"type": "disabled"}
        assert "thinking" not in anthropic.message_body(REQUEST)


class TestAnthropicUsage:
    def test_cache_reads_and_writes_are_part_of_our_input(self) -> None:
        usage = anthropic.read_usage(
            {
                "input_tokens": 10,
                "cache_read_input_tokens": 200,
                "cache_creation_input_tokens": 30,
                "output_tokens": 7,
                "output_tokens_details": {"thinking_tokens": 2},
            }
        )
        assert usage == Usage(240, 7, cached_input_tokens=200, cache_write_tokens=30, reasoning_tokens=2)


class TestGeminiContentBody:
    def test_roles_and_instructions_are_mapped(self) -> None:
        body = gemini.content_body(REQUEST)
        assert body["systemInstruction"] == {"parts": [{"text": "Be brief."}]}
        assert [content["role"] for content in body["contents"]] == ["user", "model", "user"]
        assert body["generationConfig"] == {"maxOutputTokens": 77, "temperature": 0.2}

    @pytest.mark.parametrize(
        ("reason", "expected"),
        [
            ("STOP", "stop"),
            ("MAX_TOKENS", "length"),
            ("SAFETY", "filtered"),
            ("RECITATION", "filtered"),
            ("PROHIBITED_CONTENT", "filtered"),
            ("OTHER", "other"),
            ("A_NEW_ONE", "other"),
        ],
    )
    def test_finish_reasons_are_mapped(self, reason: str, expected: str) -> None:
        assert gemini.read_reason(reason) == expected


class TestGeminiUsage:
    def test_thoughts_are_part_of_our_output_and_cached_content_of_our_input(self) -> None:
        usage = gemini.read_usage(
            {
                "promptTokenCount": 100,
                "cachedContentTokenCount": 60,
                "candidatesTokenCount": 5,
                "thoughtsTokenCount": 20,
                "toolUsePromptTokenCount": 3,
            }
        )
        assert usage == Usage(103, 25, cached_input_tokens=60, reasoning_tokens=20)
