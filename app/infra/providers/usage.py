"""Counting where the provider did not: no call goes unmetered because an upstream left its numbers out."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.core.inference import Message, Usage, UsageSource
from app.core.tokens import estimate_tokens

_PER_MESSAGE: Final = 4  # role and delimiters, the figure of OpenAI's token counting cookbook


def estimate_input(messages: Iterable[Message]) -> int:
    return sum(estimate_tokens(message.content) + _PER_MESSAGE for message in messages)


def estimated(messages: Iterable[Message], pieces: Sequence[str]) -> Usage:
    return Usage(
        input_tokens=estimate_input(messages),
        output_tokens=estimate_tokens("".join(pieces)),
        source=UsageSource.ESTIMATED,
    )


def counted(*, sent: int, generated: int, cached: int = 0, written: int = 0, reasoning: int = 0) -> Usage:
    """The provider's numbers, made consistent: no part is larger than its whole, or a price would turn negative."""
    return Usage(
        input_tokens=max(sent, cached + written),
        output_tokens=max(generated, reasoning),
        cached_input_tokens=cached,
        cache_write_tokens=written,
        reasoning_tokens=reasoning,
    )
