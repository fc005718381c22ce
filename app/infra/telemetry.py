"""Logs, traces and metrics of a process.

Logs: structlog, JSON in production, each line with the request and trace ids. Traces: the OpenTelemetry SDK;
ids always exist (so logs can be joined), spans are recorded and sent only where an OTLP endpoint is set.
Metrics: prometheus_client (a bound counter costs 0.3 µs, the SDK's 4.7 µs).
"""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import orjson
import structlog
from opentelemetry import context as otel_context
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode
from prometheus_client import Counter, Gauge, Histogram
from yarl import URL

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
USAGE_EVENTS = Counter("launchkit_usage_events", "Usage events that clients sent", ["status"])
RATE_LIMITED = Counter("launchkit_rate_limited", "Requests refused by a rate limit", ["scope"])
RATE_LIMIT_FALLBACK = Counter(
    "launchkit_rate_limit_fallback", "Requests that a process limited by itself, Redis being away"
)
REFRESH_TOKENS_REUSED = Counter(
    "launchkit_refresh_tokens_reused", "Refresh tokens that came a second time: their session was ended"
)

USAGE_UNRATED = Gauge(
    "launchkit_usage_unrated",
    "Usage events of today that came without a price",
    multiprocess_mode="mostrecent",
)
CREDIT_LEASES_ENDED = Counter(
    "launchkit_credit_leases_ended", "Holds that nobody settled or released in time"
)
CREDIT_GRANTS_EXPIRED = Counter("launchkit_credit_grants_expired", "Grants of which something lapsed")
CREDIT_TOP_UPS = Counter("launchkit_credit_top_ups", "Automatic top-ups that ended", ["state"])
CREDIT_HOLDS_OPEN = Gauge(
    "launchkit_credit_holds_open",
    "Open holds, at the last look of a scheduler",
    multiprocess_mode="mostrecent",
)
CREDIT_DEBT = Gauge(
    "launchkit_credit_debt",
    "Credits owed by wallets that are for real, at the last look of a scheduler",
    multiprocess_mode="mostrecent",
)
GATEWAY_CALLS = Counter(
    "launchkit_gateway_calls", "Calls of models that were admitted", ["operation", "outcome"]
)
GATEWAY_FALLBACKS = Counter(
    "launchkit_gateway_fallbacks", "Calls that went on to the next model of their policy", ["operation"]
)
MIRRORED_KEYS = Counter("launchkit_mirrored_keys", "Keys that a LiteLLM proxy was told of", ["result"])
GATEWAY_CIRCUITS = Counter(
    "launchkit_gateway_circuits", "Upstreams whose circuit changed in this process", ["state"]
)
GATEWAY_CACHE = Counter(
    "launchkit_gateway_cache", "Calls whose answer might have been kept", ["operation", "result"]
)
GATEWAY_TRACES_DROPPED = Counter(
    "launchkit_gateway_traces_dropped", "Traces of calls that were not kept: too many at once, or no Redis"
)
WEBHOOK_ATTEMPTS = Counter("launchkit_webhook_attempts", "Attempts to deliver a webhook", ["outcome"])
WEBHOOK_SECONDS = Histogram(
    "launchkit_webhook_seconds",
    "From an attempt's begin to its end",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15),
)
WEBHOOKS_WAITING = Gauge(
    "launchkit_webhook_deliveries_waiting",
    "Deliveries that have not ended",
    multiprocess_mode="mostrecent",
)
AUDIT_SEALED = Counter("launchkit_audit_sealed", "Audit entries that got their place in the chain")
AUDIT_UNSEALED_SECONDS = Gauge(
    "launchkit_audit_unsealed_seconds",
    "Age of the oldest audit entry without a seal, at the last look of a scheduler",
    multiprocess_mode="mostrecent",
)


@lru_cache(maxsize=4096)
def http_meters(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """The counter and histogram of one kind of answer; looking up labels costs more than counting."""
    return HTTP_REQUESTS.labels(method, route, status), HTTP_SECONDS.labels(method, route)


SUBSCRIPTIONS_ACTIVE = Gauge(
    "launchkit_subscriptions_active", "Open live subscriptions", multiprocess_mode="livesum"
)

_tracer = trace.get_tracer("launchkit")
_ids = RandomIdGenerator()
_is_tracing = False
_facts: ContextVar[Mapping[str, Any]] = ContextVar("log_facts", default=MappingProxyType({}))


def logger(name: str) -> Any:
    """A structlog logger: events are `noun.past_verb`, facts are keyword arguments."""
    return structlog.get_logger(module=name)


@contextmanager
def facts(**values: Any) -> Iterator[None]:
    """Adds `values` to every log line of the block, libraries' lines included."""
    token = _facts.set({**_facts.get(), **values})
    try:
        yield
    finally:
        _facts.reset(token)


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
    """A span around the block; an exception marks it as failed and passes on.

    Where no spans are collected it only carries ids, at a tenth of the cost.
    """
    if not _is_tracing:
        token = otel_context.attach(trace.set_span_in_context(_unrecorded(parent)))
        try:
            yield trace.INVALID_SPAN
        finally:
            otel_context.detach(token)
        return
    with _tracer.start_as_current_span(
        name, context=parent, kind=kind, attributes=attributes, record_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            current.set_status(StatusCode.ERROR, type(error).__name__)
            raise


def _unrecorded(parent: Context | None) -> Span:
    """A span that nobody collects: of the parent's trace, or the root of a new one."""
    above = trace.get_current_span(parent).get_span_context()
    trace_id = above.trace_id if above.is_valid else _ids.generate_trace_id()
    flags = above.trace_flags if above.is_valid else trace.DEFAULT_TRACE_OPTIONS
    return trace.NonRecordingSpan(
        trace.SpanContext(trace_id, _ids.generate_span_id(), is_remote=False, trace_flags=flags)
    )


def _configure_traces(settings: Settings, service: str) -> None:
    global _is_tracing  # noqa: PLW0603 - set once, at start
    if settings.otlp_endpoint is None:
        return
    _is_tracing = True
    resource = Resource.create({"service.name": "launchkit", "service.instance.id": service})
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
    AioHttpClientInstrumentor().instrument(url_filter=without_query)


def without_query(url: URL) -> str:
    """An address as traces may show it: queries of webhooks hold tokens of their receivers."""
    return str(url.with_query(None).with_user(None).with_password(None))


def _configure_logs(settings: Settings) -> None:
    """Our own lines go straight to standard error; those of libraries take the same form on their way."""
    shared: list[Any] = [
        _add_facts,
        structlog.processors.add_log_level,
        _add_trace_id,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    is_json = settings.log_format == "json"
    render: Callable[..., bytes] = _to_json if is_json else _to_line
    level = logging.getLevelNamesMapping()[settings.log_level]
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(file=sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                lambda *args: render(*args).decode(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("dramatiq", "aiohttp.access", "tortoise", "asyncio"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))
    # Its pool prints a traceback per connection while the database is away; we say so once, in a line.
    logging.getLogger("asyncpg").setLevel(logging.CRITICAL)


def _add_facts(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.update(_facts.get())
    return event


def _add_trace_id(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = f"{context.trace_id:032x}"
    return event


def _to_json(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> bytes:
    return orjson.dumps(event, default=str)


def _to_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> bytes:
    """For people: time, level, event, then facts; an exception below."""
    time, level, name = (event.pop(key, "") for key in ("timestamp", "level", "event"))
    exception = event.pop("exception", "")
    facts = " ".join(f"{key}={value}" for key, value in event.items())
    line = f"{time[11:23]} {level:<7} {name} {facts}".rstrip()
    return f"{line}\n{exception}".encode() if exception else line.encode()
