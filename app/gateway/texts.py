"""How many tokens requests and answers roughly are, of any provider's format. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from app.core.tokens import estimate_tokens

# Pictures are 85 to 1,600 tokens with the three providers, however many bytes they have. Of documents and sounds it is
# the length that counts: pages are 1,500 to 3,000 tokens, seconds some thirty.
_PER_PICTURE: Final = 1_600
_ENCODED_PER_TOKEN: Final = 40
# Where encoded bytes stand; anywhere else a long word is a long word, and counts as one.
_ENCODED: Final = frozenset({"data", "file_data", "url", "image_url"})
_SHORTEST_ENCODED: Final = 512
# Where something is named that the provider fetches: a picture at least.
_FILES: Final = frozenset({"file_id", "file_url", "file_uri", "fileUri"})
_ADDRESSES: Final = frozenset({"url", "image_url"})
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
    attached = 0
    left = [document]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            pieces.extend(node)
            for name, value in node.items():
                if name in _ENCODED and _is_attachment(node, value):
                    attached += _attachment_tokens(node, value)
                elif _is_reference(name, value):
                    attached += _PER_PICTURE
                else:
                    left.append(value)
        elif isinstance(node, list):
            left.extend(node)
        elif isinstance(node, str):
            pieces.append(node)
    messages = sum(len(found) for name in _MESSAGES if isinstance(found := document.get(name), list))
    return estimate_tokens(" ".join(pieces)) + attached + messages * _PER_MESSAGE


def _is_attachment(holder: dict[str, Any], value: object) -> bool:
    """Anthropic takes plain text as `data` of a source of the type `text`, too."""
    return isinstance(value, str) and len(value) >= _SHORTEST_ENCODED and holder.get("type") != "text"


def _is_reference(name: str, value: object) -> bool:
    return isinstance(value, str) and (
        name in _FILES or (name in _ADDRESSES and value.startswith(("https:", "http:", "gs:")))
    )


def _attachment_tokens(holder: dict[str, Any], value: str) -> int:
    kind = holder.get("media_type") or holder.get("mimeType") or holder.get("mime_type") or value[:32]
    if "image" in str(kind):
        return _PER_PICTURE
    return max(_PER_PICTURE, len(value) // _ENCODED_PER_TOKEN)


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
