"""The routes of the gateway: those that the SDKs of the three providers ask."""

from aiohttp import web

from app.gateway.protocols.anthropic import Messages
from app.gateway.protocols.google import Embed, Generate
from app.gateway.protocols.openai import Chat, Embeddings, Responses
from app.gateway.types import Dialect
from app.rest.gateway import calls, passing


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
    router.add_get("/v1/models", passing.models)
    router.add_get("/v1/models/{id:.+}", passing.model)
    for verb, generate in (
        ("generateContent", Generate(is_stream=False)),
        ("embedContent", Embed(is_batch=False)),
        ("batchEmbedContents", Embed(is_batch=True)),
    ):
        handler = calls.handler_of(generate, allows_query_key=True)
        router.add_post(f"/v1beta/models/{{model:[^:]+}}:{verb}", handler)
    streams = {
        is_sse: calls.handler_of(Generate(is_stream=True, is_sse=is_sse), allows_query_key=True)
        for is_sse in (False, True)
    }

    async def stream(request: web.Request) -> web.StreamResponse:
        return await streams[request.query.get("alt") == "sse"](request)

    router.add_post("/v1beta/models/{model:[^:]+}:streamGenerateContent", stream)
