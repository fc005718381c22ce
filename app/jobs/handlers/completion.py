"""`completion`: a conversation in, the next message out."""

from typing import Annotated, Literal

import pydantic
from pydantic import Field

from app.core.inference import CompletionRequest, Message
from app.core.tokens import estimate_tokens
from app.jobs import kinds
from app.jobs.handlers import streaming
from app.jobs.types import Outcome, Tokens

_MAX_MESSAGES = 200
_MAX_CHARACTERS = 1_000_000


class ChatMessage(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    role: Literal["system", "user", "assistant"]
    content: Annotated[str, Field(min_length=1, max_length=_MAX_CHARACTERS)]


class CompletionInput(kinds.Input):
    messages: Annotated[
        list[ChatMessage],
        Field(min_length=1, max_length=_MAX_MESSAGES, description="The conversation so far"),
    ]
    model: Annotated[
        str | None,
        Field(max_length=128, description="A model, or provider/model; default: the one configured"),
    ] = None
    max_tokens: Annotated[
        int, Field(ge=1, le=128_000, description="Longest answer, in tokens"), kinds.IS_NUMBER
    ] = 1024
    temperature: Annotated[float | None, Field(ge=0, le=2), kinds.IS_NUMBER] = None


def _estimate(data: CompletionInput) -> Tokens:
    return Tokens(sum(estimate_tokens(message.content) for message in data.messages), data.max_tokens)


async def _run(data: CompletionInput, context: kinds.JobContext) -> Outcome:
    provider, model = context.providers.for_model(data.model)
    request = CompletionRequest(
        model=model,
        messages=[Message(message.role, message.content) for message in data.messages],
        max_output_tokens=data.max_tokens,
        temperature=data.temperature,
    )
    text, call, end = await streaming.complete(context, provider, request, expected_tokens=data.max_tokens)
    return Outcome({"content": text, "finish_reason": end.reason}, [call])


kinds.register(
    kinds.Kind(
        name="completion",
        description="Answers a conversation.",
        input=CompletionInput,
        estimate=_estimate,
        run=_run,
    )
)
