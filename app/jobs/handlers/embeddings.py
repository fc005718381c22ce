"""`embeddings`: texts in, one vector each out."""

from typing import Annotated

from pydantic import Field

from app.core.inference import EmbeddingRequest
from app.core.tokens import estimate_tokens
from app.jobs import kinds
from app.jobs.types import ModelCall, Outcome

_MAX_INPUTS = 256
_MAX_CHARACTERS = 100_000


class EmbeddingsInput(kinds.Input):
    input: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=_MAX_CHARACTERS)]],
        Field(min_length=1, max_length=_MAX_INPUTS, description="The texts to embed"),
    ]
    model: Annotated[
        str | None,
        Field(max_length=128, description="A model, or provider/model; default: the one configured"),
    ] = None
    dimensions: Annotated[
        int | None, Field(ge=16, le=4096, description="Length of the vectors"), kinds.IS_NUMBER
    ] = None


def _estimate(data: EmbeddingsInput) -> int:
    return sum(estimate_tokens(text) for text in data.input)


async def _run(data: EmbeddingsInput, context: kinds.JobContext) -> Outcome:
    if data.model is None:
        provider, model = context.providers.default_for_embeddings()
    else:
        provider, model = context.providers.for_model(data.model)
    answer = await provider.embed(EmbeddingRequest(model, data.input, data.dimensions))
    vectors = [list(vector) for vector in answer.vectors]
    return Outcome({"embeddings": vectors}, [ModelCall(provider.name, answer.model, answer.usage)])


kinds.register(
    kinds.Kind(
        name="embeddings",
        description="Turns texts into vectors.",
        input=EmbeddingsInput,
        estimate=_estimate,
        run=_run,
    )
)
