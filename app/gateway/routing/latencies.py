"""How soon models begin to answer, as this process has seen it: an average of which ten calls replace a half."""

from collections import OrderedDict
from typing import Final, NamedTuple

from app.core.ids import OrgId

_WEIGHT: Final = 0.07
_MOST_KEPT: Final = 20_000


class Place(NamedTuple):
    org_id: OrgId
    upstream: str
    model: str


class Latencies:
    """One per process, bounded."""

    def __init__(self) -> None:
        self._seconds: OrderedDict[Place, float] = OrderedDict()

    def note(self, place: Place, seconds: float) -> None:
        known = self._seconds.get(place)
        self._seconds[place] = seconds if known is None else known + _WEIGHT * (seconds - known)
        self._seconds.move_to_end(place)
        while len(self._seconds) > _MOST_KEPT:
            self._seconds.popitem(last=False)

    def of(self, place: Place) -> float | None:
        """Seconds to the first byte; None where it was never measured."""
        return self._seconds.get(place)
