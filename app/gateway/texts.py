"""How many tokens requests and answers roughly are, of any provider's format. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from app.core.tokens import estimate_tokens

# What an image, a document or a sound is counted as: pictures are 85 to 1,600 tokens with the three providers.
_PER_ATTACHMENT: Final = 1_600
_ATTACHMENT_LENGTH: Final = 2_000
_PER_MESSAGE: Final = 4
_MESSAGES: Final = ("messages", "input", "contents")
# Where models' words are in the events of their streams.
_SPOKEN: Final = frozenset(
    {
        *("content", "text", "delta", "arguments", "partial_json", "thinking"),
        *("reasoning_content", "reasoning", "refusal", "thought"),
    }
)


def input_tokens(document: Any) -> int:
    """Of all texts in a request, its tools included; what is encoded in it counts as an attachment."""
    pieces: list[str] = []
    attachments = 0
    left = [document]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            pieces.extend(node)
            left.extend(node.values())
        elif isinstance(node, list):
            left.extend(node)
        elif isinstance(node, str):
            if _is_attachment(node):
                attachments += 1
            else:
                pieces.append(node)
    messages = sum(len(found) for name in _MESSAGES if isinstance(found := document.get(name), list))
    return estimate_tokens(" ".join(pieces)) + attachments * _PER_ATTACHMENT + messages * _PER_MESSAGE


def _is_attachment(text: str) -> bool:
    """Base64, by itself or as a data URL: a long word without a space."""
    return len(text) > _ATTACHMENT_LENGTH and " " not in text[:_ATTACHMENT_LENGTH] and text.isascii()


def output_tokens(answers: Iterable[Any]) -> int:
    """Of what models said in answers or events of a stream."""
    pieces: list[str] = []
    left: list[tuple[bool, Any]] = [(False, answer) for answer in answers]
    left.reverse()
    while left:
        is_spoken, node = left.pop()
        if isinstance(node, dict):
            left.extend((name in _SPOKEN, value) for name, value in node.items())
        elif isinstance(node, list):
            left.extend((is_spoken, value) for value in node)
        elif is_spoken and isinstance(node, str):
            pieces.append(node)
    return estimate_tokens("".join(pieces))


def events(stream: Sequence[bytes]) -> Iterable[Any]:
    """The JSON in the lines of server-sent events, or one document; what cannot be read is left out."""
    whole = b"".join(stream)
    lines = [line[5:] for line in whole.splitlines() if line.startswith(b"data:")] or [whole]
    for line in lines:
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
