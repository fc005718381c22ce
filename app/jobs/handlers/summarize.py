"""`summarize`: a text in, a summary out."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.inference import CompletionRequest, Message
from app.core.tokens import estimate_tokens
from app.jobs import kinds
from app.jobs.handlers import streaming
from app.jobs.types import Outcome, Tokens

MAX_CHARACTERS = 5_000_000

_TOKENS = {"brief": 150, "detailed": 600, "bullets": 300}
_INSTRUCTIONS = {
    "brief": "Summarise the user's text in one short paragraph.",
    "detailed": "Summarise the user's text in several paragraphs, keeping names, figures and conclusions.",
    "bullets": "Summarise the user's text as a list of at most ten bullet points.",
}


class SummarizeInput(kinds.Input):
    text: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS, description="The text to summarise")]
    tone: Annotated[
        Literal["brief", "detailed", "bullets"], Field(description="How long, and in what form")
    ] = "brief"
    model: Annotated[
        str | None,
        Field(max_length=128, description="A model, or provider/model; default: the one configured"),
    ] = None


def _estimate(data: SummarizeInput) -> Tokens:
    return Tokens(estimate_tokens(data.text) + estimate_tokens(_INSTRUCTIONS[data.tone]), _TOKENS[data.tone])


async def _run(data: SummarizeInput, context: kinds.JobContext) -> Outcome:
    provider, model = context.providers.for_model(data.model)
    request = CompletionRequest(
        model=model,
        messages=[Message("system", _INSTRUCTIONS[data.tone]), Message("user", data.text)],
        max_output_tokens=_TOKENS[data.tone],
    )
    text, call, end = await streaming.complete(context, provider, request, expected_tokens=_TOKENS[data.tone])
    return Outcome({"summary": text, "finish_reason": end.reason}, [call])


kinds.register(
    kinds.Kind(
        name="summarize",
        description="Summarises a text.",
        input=SummarizeInput,
        estimate=_estimate,
        run=_run,
    )
)
