"""Words as features, for the summariser and the hashed embeddings.

Scripts without spaces between words (Chinese, Japanese) give overlapping pairs of characters instead, the usual
stand-in where there is no dictionary.
"""

import re
from collections.abc import Iterator
from typing import Final

_UNSPACED: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD: Final = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")

# Only the words that carry no topic by themselves; what is frequent in other languages is damped by its frequency.
_STOP_WORDS: Final = (
    "a about after again all also am an and any are as at be because been before being but by can could did do "
    "does for from had has have he her here his how i if in into is it its just me more most my no nor not now of "
    "on one only or other our out over own s same she should so some such t than that the their them then there "
    "these they this those through to too up very was we were what when where which while who why will with would "
    "you your "
)
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())


def words(text: str) -> list[str]:
    return [word for found in _WORD.findall(text.casefold()) for word in _pairs(found)]


def _pairs(word: str) -> Iterator[str]:
    if word.isascii() or len(word) < 3 or not _is_unspaced(word[0]):
        yield word
        return
    for start in range(len(word) - 1):
        yield word[start : start + 2]


def _is_unspaced(char: str) -> bool:
    return (
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


def topic_words(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOP_WORDS]
