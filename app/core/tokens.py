"""How many tokens a text will roughly be, without a model's tokenizer.

The anchor is OpenAI's rule of thumb that one token is about four characters of English
(https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them). Digits, punctuation and other
scripts break into more pieces, so they weigh more. Tokenizers differ by some 30% among themselves; the weights lean
to the high side because credit is held from this number before a call and settled from the provider's after it.
"""

from typing import Final

# Weights in twentieths of a token per character. A UTF-8 lead byte tells the script well enough, and deleting
# bytes from a bytes object runs at memory speed, which a regular expression over a megabyte does not.
_UNIT: Final = 20
_LETTER: Final = 5  # ASCII letters and spaces: four characters a token
_WEIGHTS: Final = (
    (bytes(range(0x30, 0x3A)), 9),  # digits: tokenizers group two or three
    (b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", 10),  # punctuation often stands alone, or in pairs
)
_WIDE_WEIGHTS: Final = (
    (bytes(range(0xC2, 0xE0)), 10),  # two bytes: accents, Greek, Cyrillic, Hebrew, Arabic
    (bytes(range(0xE0, 0xE3)), 16),  # three bytes: Indic and Thai scripts, typographic signs
    (bytes(range(0xE3, 0xF0)), 20),  # three bytes: kana, Han, Hangul; about a token each
    (bytes(range(0xF0, 0xF5)), 40),  # four bytes: emoji and rare Han
)
_CONTINUATION: Final = bytes(range(0x80, 0xC0))


def estimate_tokens(text: str) -> int:
    """A whole number of tokens, 0 only for the empty text; appending to a text never lowers it."""
    data = text.encode("utf-8", "surrogatepass")
    twentieths, others = _weigh(data, _WEIGHTS)
    if not text.isascii():
        wide, wide_count = _weigh(data, _WIDE_WEIGHTS)
        twentieths += wide
        others += wide_count + _count(data, _CONTINUATION)
    twentieths += (len(data) - others) * _LETTER
    return -(-twentieths // _UNIT)


def _weigh(data: bytes, weights: tuple[tuple[bytes, int], ...]) -> tuple[int, int]:
    counts = [_count(data, members) for members, _ in weights]
    return sum(n * weight for n, (_, weight) in zip(counts, weights, strict=True)), sum(counts)


def _count(data: bytes, members: bytes) -> int:
    return len(data) - len(data.translate(None, members))
