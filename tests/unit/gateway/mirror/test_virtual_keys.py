"""Keys derived for LiteLLM."""

from uuid import UUID

from app.gateway.mirror.virtual_keys import VirtualKeys
from app.gateway.types import Dialect, Plan, Target, Upstream

ONE, OTHER = UUID(int=1), UUID(int=2)


class TestOf:
    def test_is_the_same_again_and_anothers_is_another(self) -> None:
        keys = VirtualKeys(b"k" * 32)
        assert keys.of(ONE) == VirtualKeys(b"k" * 32).of(ONE)
        assert len({keys.of(ONE), keys.of(OTHER), VirtualKeys(b"l" * 32).of(ONE)}) == 3
        # LiteLLM takes no other beginning, and nothing shorter than 16.
        assert keys.of(ONE).startswith("sk-")
        assert len(keys.of(ONE)) == 49


class TestApplied:
    def test_is_for_upstreams_that_take_them_alone(self) -> None:
        keys = VirtualKeys(b"k" * 32)
        openai = Target(Upstream("openai", Dialect.OPENAI, "http://o", "openai", "sk-own"), "gpt-4o")
        proxy = Target(
            Upstream("litellm", Dialect.OPENAI, "http://l", "litellm", takes_virtual_keys=True), "gpt-4o"
        )
        assert keys.applied(Plan([openai]), ONE).targets == [openai]
        applied = keys.applied(Plan([openai, proxy], asked=openai), ONE)
        assert [target.upstream.secret for target in applied.targets] == ["sk-own", keys.of(ONE)]
        assert applied.asked == openai
        assert keys.of(ONE) not in repr(applied)
