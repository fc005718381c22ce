"""Metrics of processes without an HTTP surface of their own."""

from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from app.cli import metrics
from app.core.config import Settings
from app.infra.embedded import ports


class TestServed:
    def test_tells_what_this_process_counted(self) -> None:
        settings = replace(Settings(), metrics_port=ports.choose())

        with metrics.served(settings), urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics") as answer:
            assert b"launchkit_http_requests_total" in answer.read()

    def test_is_silent_without_a_port(self) -> None:
        with metrics.served(Settings()):
            pass


class TestShared:
    def test_names_a_directory_that_is_gone_afterwards(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
        with metrics.shared() as environment:
            directory = Path(environment["PROMETHEUS_MULTIPROC_DIR"])
            assert directory.is_dir()
        assert not directory.exists()

    def test_leaves_one_that_is_set_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "somewhere")
        with metrics.shared() as environment:
            assert environment == {}
