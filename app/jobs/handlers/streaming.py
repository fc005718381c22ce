"""Running one streamed model call as a job, with its text as progress."""

from contextlib import aclosing

from app.core.inference import CompletionRequest, Finished, Provider, ProviderTruncated, TextDelta
from app.jobs.kinds import JobContext
from app.jobs.types import ModelCall

# Rough size of a token in characters, to tell how far an answer of a known limit has come.
_CHARS_PER_TOKEN = 4
# An answer may end well before its limit: progress approaches, but never claims, the end.
_MAX_UNFINISHED = 0.95


async def complete(
    context: JobContext, provider: Provider, request: CompletionRequest, *, expected_tokens: int
) -> tuple[str, ModelCall, Finished]:
    """The whole text, the call to be metered and how it ended."""
    parts: list[str] = []
    length = 0
    expected = max(1, expected_tokens * _CHARS_PER_TOKEN)
    # Closed at once when the job is taken away, so that the upstream stops too.
    async with aclosing(provider.stream(request)) as items:
        async for item in items:
            if isinstance(item, TextDelta):
                parts.append(item.text)
                length += len(item.text)
                await context.report(min(_MAX_UNFINISHED, length / expected), item.text)
            else:
                call = ModelCall(provider.name, item.model, item.usage)
                context.note(call)
                return "".join(parts), call, item
    raise ProviderTruncated(provider.name, "the stream ended without its end mark")
