"""Metrics of processes that have no HTTP surface of their own, or share one."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.core.config import Settings

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def shared() -> Iterator[Mapping[str, str]]:
    """What several processes need in their environment so that any of them can tell the sum of all."""
    if _DIRECTORY in os.environ:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="launchkit-metrics-") as directory:
        yield {_DIRECTORY: directory}


@contextmanager
def served(settings: Settings, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """Serves `/metrics` on LAUNCHKIT_METRICS_PORT during the block, if it is set.

    With the `environment` of `shared`, the sum of its processes; else those of this one.
    """
    if settings.metrics_port is None:
        yield
        return
    from prometheus_client import REGISTRY, CollectorRegistry, start_http_server  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry: CollectorRegistry = REGISTRY
    directory = {**os.environ, **(environment or {})}.get(_DIRECTORY)
    if directory is not None:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=directory)  # type: ignore[no-untyped-call]
    server, thread = start_http_server(settings.metrics_port, addr=settings.host, registry=registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
