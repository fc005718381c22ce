"""Embeddings by feature hashing: words and word pairs, hashed into a fixed number of signed buckets.

The hashing trick of Weinberger et al., 2009 (https://arxiv.org/abs/0902.2206): the sign makes collisions cancel on
average, so that the dot product stays an unbiased estimate of how many words two texts share. It knows words, not
meanings: "car" and "automobile" are strangers to it.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from app.infra.providers.words import STOP_WORDS, words

DEFAULT_DIMENSIONS: Final = 256
MAX_DIMENSIONS: Final = 4096

_KEY: Final = b"launchkit/hashing-1"  # part of the model: another key would be another vector space
_PAIR_WEIGHT: Final = 0.5


def embed(text: str, dimensions: int = DEFAULT_DIMENSIONS) -> list[float]:
    """A vector of length 1, the same in every process and on every machine."""
    found = words(text)
    topical = [word for word in found if word not in STOP_WORDS] or found
    vector = [0.0] * dimensions
    _add(vector, topical, weight=1.0)
    _add(vector, [f"{one} {two}" for one, two in pairwise(topical)], weight=_PAIR_WEIGHT)
    norm = math.sqrt(sum(value * value for value in vector))
    return [value / norm for value in vector] if norm else _without_words(text, dimensions)


def _add(vector: list[float], features: Sequence[str], *, weight: float) -> None:
    for feature, n in Counter(features).items():
        bucket, sign = _place(feature, len(vector))
        vector[bucket] += sign * weight * (1 + math.log(n))


def _without_words(text: str, dimensions: int) -> list[float]:
    """No words, or buckets that cancelled out: the whole text is the one feature, so that the length is still 1."""
    bucket, sign = _place(f"\0{text}", dimensions)
    return [float(sign) if place == bucket else 0.0 for place in range(dimensions)]


@lru_cache(maxsize=65_536)
def _place(feature: str, dimensions: int) -> tuple[int, int]:
    data = feature[:1_000].encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.blake2b(data, digest_size=8, key=_KEY).digest(), "big")
    return (number >> 1) % dimensions, 1 if number & 1 else -1
