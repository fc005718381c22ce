"""The provider that needs no key and no network, so that everything works before a contract is signed.

It is **not a language model**. `local/extractive-1` repeats the most telling sentences of the last user message,
whatever was asked: a fair summary of prose, and no answer to a question. Instructions in a system message (tone,
language) have no effect. `local/hashing-1` embeds by the words that texts share. Tokens are estimates, and marked so.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from app.core.inference import (
    CompletionRequest,
    EmbeddingRequest,
    EmbeddingResult,
    Finished,
    ProviderRejected,
    TextDelta,
    Usage,
    UsageSource,
)
from app.core.tokens import estimate_tokens
from app.infra.providers import extractive, hashed
from app.infra.providers.sentences import pieces
from app.infra.providers.usage import estimated

EXTRACTIVE_MODEL: Final = "local/extractive-1"
HASHING_MODEL: Final = "local/hashing-1"

_SHORTER_BY: Final = 3  # a summary takes at most this part of the text,
_SHORTEST: Final = 48  # but a text this short may be repeated whole (tokens)


class LocalProvider:
    name: Final = "local"

    @property
    def default_model(self) -> str:
        return EXTRACTIVE_MODEL

    @property
    def default_embedding_model(self) -> str | None:
        return HASHING_MODEL

    async def stream(self, request: CompletionRequest) -> AsyncGenerator[TextDelta | Finished, None]:
        self._check(request.model, EXTRACTIVE_MODEL)
        summary = await _summarise(_asked(request), request.max_output_tokens)
        parts = [text if i == 0 else f" {text}" for i, text in enumerate(summary.sentences)]
        for part in parts:
            yield TextDelta(part)
        usage = await asyncio.to_thread(estimated, request.messages, parts)
        yield Finished(EXTRACTIVE_MODEL, usage, "length" if summary.is_cut else "stop")

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResult:
        self._check(request.model, HASHING_MODEL)
        dimensions = hashed.DEFAULT_DIMENSIONS if request.dimensions is None else request.dimensions
        if not 1 <= dimensions <= hashed.MAX_DIMENSIONS:
            raise ProviderRejected(self.name, f"dimensions must be 1 to {hashed.MAX_DIMENSIONS}")
        vectors = [await asyncio.to_thread(hashed.embed, text, dimensions) for text in request.inputs]
        tokens = sum(map(estimate_tokens, request.inputs))
        return EmbeddingResult(HASHING_MODEL, vectors, Usage(tokens, source=UsageSource.ESTIMATED))

    def _check(self, model: str, expected: str) -> None:
        if model not in (expected, expected.removeprefix("local/")):
            raise ProviderRejected(self.name, f"there is no model {model!r} for this; use {expected}")


def _asked(request: CompletionRequest) -> str:
    return next((message.content for message in reversed(request.messages) if message.role == "user"), "")


async def _summarise(text: str, limit: int) -> extractive.Summary:
    """One thread call per piece: the event loop stays free, and a cancelled call stops at the next piece."""
    parts = await asyncio.to_thread(lambda: list(pieces(text)))
    keep = max(1, extractive.MAX_CANDIDATES // max(len(parts), 1))
    found: list[extractive.Candidate] = []
    tokens = 0
    for index, part in enumerate(parts):
        found += await asyncio.to_thread(extractive.candidates, part, index, keep)
        tokens += estimate_tokens(part)
    budget = min(limit, max(tokens // _SHORTER_BY, _SHORTEST))
    return await asyncio.to_thread(extractive.select, found, budget)
