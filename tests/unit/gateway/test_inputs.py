"""What pictures are with the model that is asked."""

import orjson
import pytest

from app.gateway.protocols.openai import Chat
from app.gateway.routing import inputs
from app.gateway.types import Ask, Dialect, Target, Upstream

UPSTREAM = Upstream("openai", Dialect.OPENAI, "", "openai")


def asked(pictures: int) -> Ask:
    part = {"type": "image_url", "image_url": {"url": "https://a.example/x.png"}}
    body = {"model": "auto", "max_tokens": 5, "messages": [{"role": "user", "content": [part] * pictures}]}
    return Chat().read(orjson.dumps(body), model=None, default_output=50)


class TestMost:
    @pytest.mark.parametrize(
        ("model", "each"),
        [
            ("gpt-4o", 1_600),
            ("gpt-4o-mini-2024-07-18", 48_169),
            ("ft:gpt-4.1-nano:x", 3_779),
            ("openai/o3", 1_600),
        ],
    )
    def test_is_what_pictures_are_with_the_model(self, model: str, each: int) -> None:
        target = Target(UPSTREAM, model)
        assert inputs.most(asked(3), target) - asked(3).input_tokens == 3 * (each - 1_600)
        assert inputs.most(asked(0), target) == asked(0).input_tokens
