"""Leaving upstreams in peace that fail: a circuit breaker for each, in this process alone. Pure but for the clock.

After five failures in a row an upstream rests for ten seconds, then one call tries it; if that fails, too, it rests
twice as long, up to a minute. What a request itself is to blame for (4xx) is no failure.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

from app.core.ids import OrgId
from app.core.upstreams import UpstreamUnreachable
from app.infra import telemetry

_FAILURES: Final = 5
_FIRST_REST: Final = 10.0
_LONGEST_REST: Final = 60.0
# A call that tries it and is never heard of again does not keep all others out.
_LONGEST_TRIAL: Final = 120.0
_MOST_KEPT: Final = 10_000


class Outlet(NamedTuple):
    """An upstream as one org calls it: what one org's calls meet with keeps out nobody else's."""

    org_id: OrgId
    upstream: str


class UpstreamResting(UpstreamUnreachable):
    """Nothing was sent, and nothing will be for `retry_after` seconds."""

    code = "upstream_resting"
    title = "The model provider failed several times in a row, and is not asked for the moment."


class _Circuit:
    __slots__ = ("closes_at", "failures", "rest", "tried_at")

    def __init__(self) -> None:
        self.failures = 0
        self.rest = _FIRST_REST
        # When it may be tried again, where it rests.
        self.closes_at: float | None = None
        self.tried_at: float | None = None


class Circuits:
    """One per process, bounded: the outlet that was least recently asked is forgotten first."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._circuits: OrderedDict[Outlet, _Circuit] = OrderedDict()

    def is_resting(self, outlet: Outlet) -> bool:
        """Whether a call would be refused now."""
        circuit = self._circuits.get(outlet)
        return circuit is not None and self._wait(circuit) > 0

    def enter(self, outlet: Outlet) -> "Trial":
        """Raises `UpstreamResting`. Say of the trial how it ended."""
        circuit = self._circuits.get(outlet)
        if circuit is None:
            return Trial(self, outlet)
        if (wait := self._wait(circuit)) > 0:
            raise UpstreamResting(retry_after=wait)
        if circuit.closes_at is not None:
            circuit.tried_at = self._clock()
            telemetry.GATEWAY_CIRCUITS.labels("half_open").inc()
        return Trial(self, outlet)

    def _wait(self, circuit: _Circuit) -> float:
        """Seconds until it may be asked; while one call tries it, others wait for what becomes of that."""
        if circuit.closes_at is None:
            return 0.0
        now = self._clock()
        if circuit.tried_at is not None and now - circuit.tried_at < _LONGEST_TRIAL:
            return 1.0
        return max(0.0, circuit.closes_at - now)

    def failed(self, outlet: Outlet) -> None:
        circuit = self._circuits.get(outlet)
        if circuit is None:
            circuit = self._circuits[outlet] = _Circuit()
            while len(self._circuits) > _MOST_KEPT:
                self._circuits.popitem(last=False)
        self._circuits.move_to_end(outlet)
        circuit.failures += 1
        if circuit.tried_at is not None:
            circuit.rest = min(2 * circuit.rest, _LONGEST_REST)
        elif circuit.failures != _FAILURES:
            return
        circuit.tried_at = None
        circuit.closes_at = self._clock() + circuit.rest
        telemetry.GATEWAY_CIRCUITS.labels("open").inc()

    def succeeded(self, outlet: Outlet) -> None:
        circuit = self._circuits.pop(outlet, None)
        if circuit is not None and circuit.closes_at is not None:
            telemetry.GATEWAY_CIRCUITS.labels("closed").inc()

    def left(self, outlet: Outlet) -> None:
        """Nobody knows how it would have ended: the next may try."""
        circuit = self._circuits.get(outlet)
        if circuit is not None:
            circuit.tried_at = None


class Trial:
    """One call of an outlet."""

    __slots__ = ("_circuits", "_outlet")

    def __init__(self, circuits: Circuits, outlet: Outlet) -> None:
        self._circuits = circuits
        self._outlet = outlet

    def failed(self) -> None:
        self._circuits.failed(self._outlet)

    def succeeded(self) -> None:
        self._circuits.succeeded(self._outlet)

    def left(self) -> None:
        self._circuits.left(self._outlet)
