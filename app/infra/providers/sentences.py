"""Cutting a text into bounded pieces, and a piece into sentences.

Every scan is linear, also on hostile input (a megabyte of dots), since users choose the text.
"""

import re
from collections.abc import Iterator
from typing import Final

PIECE_CHARS: Final = 64 * 1024
MAX_SENTENCE_CHARS: Final = 1_000

_PARAGRAPHS: Final = re.compile(r"\n[^\S\n]*+\n\s*+|\n(?=[^\S\n]*+(?:[-*•#]|\d{1,3}[.)])[^\S\n])")
# A run of marks matches from its first character only: otherwise a long run is scanned again from each of its own.
_MARKS: Final = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s)|[。！？]++[”』」）]*+""")
_ABBREVIATION: Final = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|no|vs|fig|inc|ltd|cf|approx|e\.g|i\.e|[a-z])\.$", re.IGNORECASE
)


def pieces(text: str) -> Iterator[str]:
    """Parts of at most `PIECE_CHARS`, cut where a paragraph, sentence or word ends in the part's second half."""
    start = 0
    while len(text) - start > PIECE_CHARS:
        end = start + PIECE_CHARS
        cut = _last_break(text, start + PIECE_CHARS // 2, end)
        yield text[start:cut]
        start = cut
    if start < len(text):
        yield text[start:]


def _last_break(text: str, start: int, end: int) -> int:
    for mark in ("\n\n", ". ", "。", "\n", " "):
        if (found := text.rfind(mark, start, end)) != -1:
            return found + len(mark)
    return end


def sentences(piece: str) -> list[str]:
    """In order, whitespace collapsed, none empty. Text without marks is cut at words to `MAX_SENTENCE_CHARS`."""
    found: list[str] = []
    for paragraph in _PARAGRAPHS.split(piece):
        for sentence in _split(paragraph):
            found += _bounded(" ".join(sentence.split()))
    return found


def _split(paragraph: str) -> Iterator[str]:
    start = 0
    for mark in _MARKS.finditer(paragraph):
        if _ends_sentence(paragraph, mark):
            yield paragraph[start : mark.end()]
            start = mark.end()
    yield paragraph[start:]


def _ends_sentence(paragraph: str, mark: re.Match[str]) -> bool:
    if not mark.group().startswith("."):
        return True
    if _ABBREVIATION.search(paragraph[max(mark.start() - 8, 0) : mark.start() + 1]):
        return False
    following = paragraph[mark.end() : mark.end() + 4].lstrip()
    return not following[:1].islower()


def _bounded(sentence: str) -> Iterator[str]:
    while len(sentence) > MAX_SENTENCE_CHARS:
        cut = sentence.rfind(" ", MAX_SENTENCE_CHARS // 2, MAX_SENTENCE_CHARS)
        cut = MAX_SENTENCE_CHARS if cut == -1 else cut
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    if sentence:
        yield sentence
