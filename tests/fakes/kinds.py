"""Job kinds that do what a test tells them."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from app.jobs import kinds
from app.jobs.kinds import JobContext, Kind
from app.jobs.types import Outcome


class ProbeInput(kinds.Input):
    text: str = ""


Handler = Callable[[ProbeInput, JobContext], Awaitable[Outcome]]


def install(monkeypatch: pytest.MonkeyPatch, handler: Handler, **options: Any) -> str:
    """Registers `handler` for the duration of a test; returns the name of its kind."""
    name = f"probe-{uuid4().hex[:8]}"
    known = dict(kinds._kinds)
    known[name] = Kind(
        name=name, description="A probe.", input=ProbeInput, estimate=lambda _: 1, run=handler, **options
    )
    monkeypatch.setattr(kinds, "_kinds", known)
    return name


def remove(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As in a worker of an older version, which does not know the kind yet."""
    known = dict(kinds._kinds)
    del known[name]
    monkeypatch.setattr(kinds, "_kinds", known)
