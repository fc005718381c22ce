import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import OrgId
from app.gateway.protocols.google import Generate
from app.gateway.protocols.openai import Chat, Responses
from app.gateway.routing import outputs
from app.gateway.routing.policy import Choice, Policy, Strategy
from app.gateway.types import Ask, Dialect, Target, Upstream

OPENAI = Upstream("openai", Dialect.OPENAI, "https://a.example", "openai")
OWN = Upstream("vllm", Dialect.OPENAI, "https://b.example", "vllm", is_own=True)


def ask(more: str = "", *, default: int = 4_096) -> Ask:
    body = f'{{"model": "m", "messages": [{{"role": "user", "content": "hello"}}]{more}}}'.encode()
    return Chat().read(body, model=None, default_output=default)


def policy(*targets: Choice) -> Policy:
    now = utcnow()
    return Policy(
        ids.uuid7(), OrgId(ids.uuid7()), "m", Strategy.FIXED, targets, None, None, 0, None, now, now
    )


class TestMost:
    def test_is_what_the_request_says(self) -> None:
        assert outputs.most(ask(', "max_tokens": 7'), Target(OPENAI, "gpt-4o"), None) == 7
        assert outputs.most(ask(', "max_completion_tokens": 7, "n": 3'), Target(OPENAI, "gpt-4o"), None) == 21

    @pytest.mark.parametrize("said", ["", ', "max_tokens": null', ', "max_tokens": "many"'])
    def test_is_the_model_s_own_where_it_says_none(self, said: str) -> None:
        assert outputs.most(ask(said), Target(OPENAI, "gpt-4o-mini"), None) == 16_384
        assert outputs.most(ask(said + ', "n": 2'), Target(OPENAI, "gpt-4o-mini"), None) == 2 * 16_384

    def test_is_the_default_where_nobody_knows_the_model(self) -> None:
        assert outputs.most(ask(default=100), Target(OWN, "qwen3-32b"), None) == 100
        assert outputs.most(ask(', "n": 2', default=100), Target(OWN, "qwen3-32b"), None) == 200

    def test_is_what_the_policy_says_of_the_target(self) -> None:
        own = policy(Choice("vllm/qwen3-32b", max_output=900), Choice("gpt-4o", max_output=800))
        assert outputs.most(ask(), Target(OWN, "qwen3-32b"), own) == 900
        assert outputs.most(ask(), Target(OPENAI, "gpt-4o"), own) == 800
        assert outputs.most(ask(', "max_tokens": 7'), Target(OWN, "qwen3-32b"), own) == 7

    def test_is_no_more_than_the_context_leaves(self) -> None:
        asked = ask()
        small = policy(Choice("vllm/qwen3-32b", context=500))
        assert outputs.most(asked, Target(OWN, "qwen3-32b"), small) == 500 - asked.input_tokens
        tiny = policy(Choice("vllm/qwen3-32b", context=1))
        assert outputs.most(asked, Target(OWN, "qwen3-32b"), tiny) == 1

    def test_is_known_of_every_format_that_may_leave_it_out(self) -> None:
        responses = Responses().read(b'{"model": "gpt-5", "input": "x"}', model=None, default_output=9)
        generate = Generate("v1", is_stream=False).read(
            b'{"contents": [], "generationConfig": {"candidateCount": 2}}',
            model="gemini-2.5-flash",
            default_output=9,
        )
        google = Upstream("google", Dialect.GOOGLE, "https://c.example", "google")
        assert (responses.is_open, responses.output_tokens) == (True, 9)
        assert outputs.most(responses, Target(OPENAI, "gpt-5"), None) == 128_000
        assert outputs.most(generate, Target(google, "gemini-2.5-flash"), None) == 2 * 65_536


class TestKnown:
    @pytest.mark.parametrize(
        ("model", "tokens"),
        [
            ("gpt-4", 8_192),
            ("gpt-4-turbo-2024-04-09", 4_096),
            ("gpt-4.1-mini", 32_768),
            ("ft:gpt-4o-mini-2024-07-18:acme::x", 16_384),
            ("openai/o3-mini", 100_000),
            ("claude-opus-4-5", 64_000),
            ("mistral-large-latest", None),
            ("", None),
        ],
    )
    def test_goes_by_the_name_s_beginning(self, model: str, tokens: int | None) -> None:
        assert outputs.known(model) == tokens
