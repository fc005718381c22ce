"""Text that can be kept: PostgreSQL stores neither NUL nor half a character, and nobody means one."""

import re

# Behind an even number of backslashes: one more, and the JSON text says "\\u0000" without meaning it.
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_KEPT_BACKSLASHES = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def holds_nul(json: bytes) -> bool:
    """Whether some string in the JSON text holds a NUL, which can only stand there as its escape."""
    return b"\\u0000" in json and _NUL_IN_JSON.search(json) is not None


def without_nul(json: str) -> str:
    """The same JSON text with every NUL left out of its strings."""
    return _KEPT_BACKSLASHES.sub(r"\1", json) if "\\u0000" in json else json


def storable(text: str) -> str:
    """The same text without NUL; a lone surrogate becomes U+FFFD, two halves of one character become that character."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
