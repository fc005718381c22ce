"""Choosing the sentences that say most about a text. No language model: nothing is rephrased, nothing is understood.

Two steps, so that the cost grows with the length of the text and not with its square:

1. in each bounded piece, sentences are scored by the weight of their words in that piece (the centroid method of
   Radev et al., 2004), earlier ones a little higher, and the best become candidates;
2. the candidates of all pieces, at most `MAX_CANDIDATES`, are ranked against each other by how much they agree
   (TextRank, Mihalcea and Tarau, 2004, with cosine similarity as in LexRank), then taken from the top while they
   fit and do not repeat what was taken.

Nothing here depends on the order of a set: the same text gives the same summary in every process.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.tokens import estimate_tokens
from app.infra.providers.sentences import sentences
from app.infra.providers.words import topic_words

MAX_CANDIDATES: Final = 240
MIN_WORDS: Final = 4  # shorter ones are headings and list items more often than statements

_DAMPING: Final = 0.85
_ROUNDS: Final = 20
_TOO_SIMILAR: Final = 0.7
_WORTHWHILE: Final = 0.35  # of the best: room left in the budget is no reason to say what matters little
_FIRST_BONUS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """`place` is (piece, sentence within it): the order of the document."""

    place: tuple[int, int]
    text: str
    terms: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Summary:
    sentences: tuple[str, ...] = ()
    is_cut: bool = False


def candidates(piece: str, index: int, keep: int) -> list[Candidate]:
    """The `keep` best sentences of one piece."""
    texts = sentences(piece)
    terms = [topic_words(text) for text in texts]
    weights = _weights(terms)
    scored = [
        Candidate((index, place), text, tuple(words), _centrality(words, weights) * _early(place))
        for place, (text, words) in enumerate(zip(texts, terms, strict=True))
    ]
    return sorted(scored, key=lambda candidate: (-candidate.score, candidate.place))[:keep]


def select(found: Sequence[Candidate], budget: int) -> Summary:
    """Sentences of together at most `budget` tokens, in the order of the document."""
    best = sorted(found, key=lambda candidate: (-candidate.score, candidate.place))[:MAX_CANDIDATES]
    vectors = _vectors(best)
    ranks = _ranks(_similarities(vectors))
    merits = [_merit(candidate, rank) for candidate, rank in zip(best, ranks, strict=True)]
    worthwhile = (i for i in range(len(best)) if merits[i] >= _WORTHWHILE * max(merits))
    order = sorted(worthwhile, key=lambda i: (-merits[i], best[i].place))
    chosen = _fitting([(best[i], vectors[i]) for i in order], budget)
    if order and not chosen:
        return Summary((_cut(best[order[0]].text, budget),), is_cut=True)
    return Summary(tuple(candidate.text for candidate in sorted(chosen, key=lambda c: c.place)))


def _fitting(ordered: Sequence[tuple[Candidate, Mapping[str, float]]], budget: int) -> list[Candidate]:
    chosen: list[tuple[Candidate, Mapping[str, float]]] = []
    for candidate, vector in ordered:
        cost = estimate_tokens(candidate.text + " ")
        if cost <= budget and all(_cosine(vector, other) < _TOO_SIMILAR for _, other in chosen):
            chosen.append((candidate, vector))
            budget -= cost
    return [candidate for candidate, _ in chosen]


def _weights(terms: Sequence[Sequence[str]]) -> dict[str, float]:
    """A word weighs by how often it comes, less if it comes in most sentences (the stop words of any language)."""
    occurrences = Counter(word for words in terms for word in words)
    spread = Counter(word for words in terms for word in dict.fromkeys(words))
    return {word: n * math.log(1 + len(terms) / spread[word]) for word, n in occurrences.items()}


def _centrality(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """Per root of the length: a plain sum would favour long sentences, a mean short ones."""
    total = sum(weights[word] for word in dict.fromkeys(words))
    score = total / math.sqrt(len(words) + 1)
    return score if len(words) >= MIN_WORDS else score / 2


def _early(place: int) -> float:
    return 1 + _FIRST_BONUS / (1 + place)


def _merit(candidate: Candidate, rank: float) -> float:
    return rank * math.sqrt(candidate.score) * _early(sum(candidate.place))


def _vectors(found: Sequence[Candidate]) -> list[dict[str, float]]:
    spread = Counter(word for candidate in found for word in dict.fromkeys(candidate.terms))
    vectors = []
    for candidate in found:
        vector = {
            word: n * math.log(1 + len(found) / spread[word]) for word, n in Counter(candidate.terms).items()
        }
        norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / norm for word, value in vector.items()})
    return vectors


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


def _similarities(vectors: Sequence[Mapping[str, float]]) -> list[dict[int, float]]:
    edges: list[dict[int, float]] = [{} for _ in vectors]
    for i, one in enumerate(vectors):
        for j in range(i + 1, len(vectors)):
            if (similarity := _cosine(one, vectors[j])) > 0:
                edges[i][j] = edges[j][i] = similarity
    return edges


def _ranks(edges: Sequence[Mapping[int, float]]) -> list[float]:
    strength = [sum(near.values()) or 1.0 for near in edges]
    ranks = [1.0] * len(edges)
    for _ in range(_ROUNDS):
        ranks = [
            (1 - _DAMPING) + _DAMPING * sum(ranks[j] * weight / strength[j] for j, weight in near.items())
            for near in edges
        ]
    return ranks


def _cut(sentence: str, budget: int) -> str:
    """The words that fit; where not even one does, as many characters."""
    fitting = ""
    for word in sentence.split():
        longer = f"{fitting} {word}".strip()
        if estimate_tokens(longer) > budget:
            break
        fitting = longer
    if fitting:
        return fitting
    return next(
        (
            sentence[:end]
            for end in range(min(len(sentence), 4 * budget), 0, -1)
            if estimate_tokens(sentence[:end]) <= budget
        ),
        "",
    )
