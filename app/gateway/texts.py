"""How many tokens requests and answers roughly are, of any provider's format. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from app.core.tokens import estimate_tokens

# Pictures are 85 to 1,600 tokens with most models of the three providers, however many bytes they have; of the others
# `routing.inputs` knows. In little detail they are most with gpt-4o-mini. Of documents and sounds it is the length
# that counts: pages are 1,500 to 3,000 tokens, seconds some thirty.
PER_PICTURE: Final = 1_600
_PER_ROUGH_PICTURE: Final = 2_833
_ENCODED_PER_TOKEN: Final = 40
# Where encoded bytes stand; anywhere else a long word is a long word, and counts as one.
_ENCODED: Final = frozenset({"data", "file_data", "url", "image_url"})
_SHORTEST_ENCODED: Final = 512
# Where something is named that the provider fetches: a picture at least.
_FILES: Final = frozenset({"file_id", "file_url", "file_uri", "fileUri"})
_ADDRESSES: Final = frozenset({"url", "image_url"})
_OF_LINKS: Final = frozenset({"type", "url", "detail"})
_PER_MESSAGE: Final = 4
_MESSAGES: Final = ("messages", "input", "contents")
# Where models' words are in the events of their streams.
_SPOKEN: Final = frozenset(
    {
        *("content", "text", "delta", "arguments", "partial_json", "thinking"),
        *("reasoning_content", "reasoning", "refusal", "thought"),
    }
)


@dataclass(frozen=True, slots=True)
class Size:
    """`tokens` with `PER_PICTURE` for each of the `pictures`: those that are to be seen in all their detail."""

    tokens: int
    pictures: int = 0


def sized(document: Any) -> Size:
    """Of all texts in a request, its tools included; what is encoded in it counts as an attachment."""
    pieces: list[str] = []
    attached = pictures = 0
    left = [document]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            pieces.extend(node)
            for name, value in node.items():
                is_fetched = _is_reference(name, value)
                is_encoded = name in _ENCODED and _is_attachment(node, value)
                if is_fetched or is_encoded:
                    is_picture = (_is_picture if is_encoded else _is_linked_picture)(node, value)
                    is_rough = is_picture and node.get("detail") == "low"
                    pictures += is_picture and not is_rough
                    attached += _PER_ROUGH_PICTURE if is_rough else PER_PICTURE
                    if is_encoded and not is_picture:
                        attached += max(0, len(value) // _ENCODED_PER_TOKEN - PER_PICTURE)
                else:
                    left.append(value)
        elif isinstance(node, list):
            left.extend(node)
        elif isinstance(node, str):
            pieces.append(node)
    messages = sum(len(found) for name in _MESSAGES if isinstance(found := document.get(name), list))
    return Size(estimate_tokens(" ".join(pieces)) + attached + messages * _PER_MESSAGE, pictures)


def input_tokens(document: Any) -> int:
    return sized(document).tokens


def _is_attachment(holder: dict[str, Any], value: object) -> bool:
    """Anthropic takes plain text as `data` of a source of the type `text`, too."""
    return isinstance(value, str) and len(value) >= _SHORTEST_ENCODED and holder.get("type") != "text"


def _is_reference(name: str, value: object) -> bool:
    return isinstance(value, str) and (
        name in _FILES or (name in _ADDRESSES and value.startswith(("https:", "http:", "gs:")))
    )


def _is_picture(holder: dict[str, Any], value: str) -> bool:
    kind = holder.get("media_type") or holder.get("mimeType") or holder.get("mime_type") or value[:32]
    return "image" in str(kind)


def _is_linked_picture(holder: dict[str, Any], value: str) -> bool:
    """Of an address or a file's id. Those of sources that a model has named have more beside them."""
    kind = holder.get("mimeType") or holder.get("mime_type") or holder.get("type")
    return "image" in str(kind) or (holder.get("type") in (None, "url") and set(holder) <= _OF_LINKS)


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
