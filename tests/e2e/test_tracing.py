"""One trace from the HTTP request through the outbox to the actor, seen by a collector."""

import asyncio
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from pytest_aiohttp import AiohttpServer

from tests.e2e.stack import PATIENCE_SECONDS, Stack
from tests.factories.orgs import Tenant
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(600)


@dataclass
class Collector:
    """Speaks OTLP over HTTP and keeps what it is sent."""

    url: str = ""
    spans: list[Span] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.Response:
        export = ExportTraceServiceRequest()
        export.ParseFromString(await request.read())
        for resource in export.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)
        return web.Response(body=b"", content_type="application/x-protobuf")

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


@pytest.fixture
async def collector(aiohttp_server: AiohttpServer) -> Collector:
    kept = Collector()
    app = web.Application()
    app.router.add_post("/v1/traces", kept.receive)
    server = await aiohttp_server(app)
    kept.url = f"http://{server.host}:{server.port}"
    return kept


class TestTrace:
    async def test_leads_from_the_request_to_the_actor(
        self, stack: Stack, acme: Tenant, collector: Collector, client: aiohttp.ClientSession
    ) -> None:
        stack.environment = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "OTEL_EXPORTER_OTLP_COMPRESSION": "none",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        stack.start("web", "worker")
        await stack.ready()

        trace_id = "0af7651916cd43dd8448eb211c80319c"
        headers = {"traceparent": f"00-{trace_id}-b7ad6b7169203331-01"}
        async with client.post("/v1/jobs/slow", json={"seconds": 0}, headers=headers) as answer:
            assert answer.status == 202

        async def arrived() -> bool:
            return bool(collector.named("POST /v1/jobs/slow") and collector.named("process run_job"))

        await eventually(arrived, within=PATIENCE_SECONDS, what="both spans at the collector")
        request, actor = collector.named("POST /v1/jobs/slow")[0], collector.named("process run_job")[0]
        assert request.trace_id.hex() == trace_id
        assert actor.trace_id.hex() == trace_id
        assert actor.parent_span_id == request.span_id
        assert (request.kind, actor.kind) == (Span.SPAN_KIND_SERVER, Span.SPAN_KIND_CONSUMER)
        queries = [span for span in collector.spans if span.trace_id.hex() == trace_id]
        assert len(queries) > 2, "the database's spans belong to it too"
        # While the collector is there: they try for ten seconds to tell it the rest.
        await asyncio.to_thread(stack.stop)
