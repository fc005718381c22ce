"""The routes of the gateway: those that the SDKs of the three providers ask."""

from aiohttp import web

from app.gateway.protocols.anthropic import Messages
from app.gateway.protocols.google import Embed, Generate
from app.gateway.protocols.openai import Chat, Embeddings, Responses
from app.gateway.types import Dialect
from app.rest.gateway import calls, passing

# The SDK asks the one, most examples the other.
_GOOGLE_VERSIONS = ("v1", "v1beta")
# Names of models may have colons, but nothing that ends like Google's verbs is one: those are not to be read by GET.
# The route takes also what is no name, of several lines: who asks for it is refused as their SDK knows it.
_VERBS = "generateContent|streamGenerateContent|embedContent|batchEmbedContents|countTokens"
_MODEL = rf"{{id:(?s:(?!.*:(?:{_VERBS})\Z).+)}}"


def add_routes(app: web.Application) -> None:
    router = app.router
    for path, operation in (
        ("/v1/chat/completions", Chat()),
        ("/v1/responses", Responses()),
        ("/v1/embeddings", Embeddings()),
        ("/v1/messages", Messages()),
    ):
        router.add_post(path, calls.handler_of(operation))
    router.add_post("/v1/messages/count_tokens", calls.guarded(Dialect.ANTHROPIC, passing.count_tokens))
    for version in _GOOGLE_VERSIONS:
        router.add_get(f"/{version}/models", passing.models)
        router.add_get(f"/{version}/models/{_MODEL}", passing.model)
        _add_google(app, version)


def _add_google(app: web.Application, version: str) -> None:
    path = f"/{version}/models/{{model:[^:]+}}"
    for verb, operation in (
        ("generateContent", Generate(version, is_stream=False)),
        ("embedContent", Embed(version, is_batch=False)),
        ("batchEmbedContents", Embed(version, is_batch=True)),
    ):
        app.router.add_post(f"{path}:{verb}", calls.handler_of(operation, allows_query_key=True))
    events, array = (
        calls.handler_of(Generate(version, is_stream=True, is_sse=is_sse), allows_query_key=True)
        for is_sse in (True, False)
    )

    async def stream(request: web.Request) -> web.StreamResponse:
        return await (events if request.query.get("alt") == "sse" else array)(request)

    app.router.add_post(f"{path}:streamGenerateContent", stream)
    counting = calls.guarded(Dialect.GOOGLE, passing.count_gemini_tokens)
    app.router.add_post(f"{path}:countTokens", counting)
