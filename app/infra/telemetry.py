"""Logs, traces and metrics of a process.

Logs: structlog, JSON in production, each line with the request and trace ids. Traces: the OpenTelemetry SDK;
ids always exist (so logs can be joined), spans are recorded and sent only where an OTLP endpoint is set.
Metrics: prometheus_client (a bound counter costs 0.3 µs, the SDK's 4.7 µs).
"""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode
from prometheus_client import Counter, Gauge, Histogram

from app.core.config import Settings

_LATENCY_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

HTTP_REQUESTS = Counter("launchkit_http_requests", "Answered HTTP requests", ["method", "route", "status"])
HTTP_SECONDS = Histogram(
    "launchkit_http_request_seconds",
    "Time to answer a request",
    ["method", "route"],
    buckets=_LATENCY_BUCKETS,
)
JOB_TRANSITIONS = Counter("launchkit_jobs_transitions", "Job state transitions", ["kind", "state"])
JOB_WAIT_SECONDS = Histogram(
    "launchkit_job_wait_seconds", "From queued to running", ["kind"], buckets=_LATENCY_BUCKETS
)
JOB_RUN_SECONDS = Histogram(
    "launchkit_job_run_seconds", "From running to the end", ["kind"], buckets=_LATENCY_BUCKETS
)
OUTBOX_PENDING = Gauge(
    "launchkit_outbox_pending",
    "Outbox messages not yet done, at the last look of the relay",
    multiprocess_mode="mostrecent",
)
OUTBOX_RELAYED = Counter("launchkit_outbox_relayed", "Messages that the relay had to send", ["kind"])
SUBSCRIPTIONS_ACTIVE = Gauge(
    "launchkit_subscriptions_active", "Open live subscriptions", multiprocess_mode="livesum"
)

_tracer = trace.get_tracer("launchkit")


def logger(name: str) -> Any:
    """A structlog logger: events are `noun.past_verb`, facts are keyword arguments."""
    return structlog.get_logger(name)


def configure(settings: Settings, *, service: str) -> None:
    """Sets up logs and traces of this process. Call once, before anything else runs."""
    _configure_logs(settings)
    _configure_traces(settings, service)


def shutdown() -> None:
    """Sends what is buffered; bounded by the exporter's own timeout."""
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        provider.shutdown()


def current_traceparent() -> str | None:
    """The W3C traceparent of the running span, to be carried by a message; None without one."""
    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return None
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def parent_of(traceparent: str | None) -> Context | None:
    """The context in which the holder of `traceparent` worked, to start a span below it."""
    return propagate.extract({"traceparent": traceparent}) if traceparent else None


@contextmanager
def span(
    name: str,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    parent: Context | None = None,
    attributes: MutableMapping[str, Any] | None = None,
) -> Iterator[Span]:
    """A span around the block; an exception marks it as failed and passes on."""
    with _tracer.start_as_current_span(
        name, context=parent, kind=kind, attributes=attributes, record_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            current.set_status(StatusCode.ERROR, type(error).__name__)
            raise


def _configure_traces(settings: Settings, service: str) -> None:
    resource = Resource.create({"service.name": "launchkit", "service.instance.id": service})
    if settings.otlp_endpoint is None:
        trace.set_tracer_provider(TracerProvider(resource=resource, sampler=ALWAYS_OFF))
        return
    # Imported here: the exporter and the instrumentation cost a third of a second of start-up.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor  # noqa: PLC0415
    from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor  # noqa: PLC0415

    provider = TracerProvider(
        resource=resource, sampler=ParentBased(TraceIdRatioBased(settings.trace_sample_ratio))
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    AsyncPGInstrumentor().instrument()  # type: ignore[no-untyped-call]
    AioHttpClientInstrumentor().instrument()


def _add_trace_id(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = f"{context.trace_id:032x}"
    return event


def _configure_logs(settings: Settings) -> None:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _add_trace_id,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.log_format == "json":
        renderers: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        renderers = [structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("dramatiq", "aiohttp.access", "tortoise", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
