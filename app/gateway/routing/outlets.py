"""Asking upstreams, and remembering how they did: whether they fail, and how soon they answer."""

import time
from collections import OrderedDict
from typing import Final

from app.core.ids import OrgId
from app.core.upstreams import Answer, Outgoing, Patience, UpstreamClient, UpstreamSilent, UpstreamUnreachable
from app.gateway.routing.circuits import Circuits, Outlet
from app.gateway.routing.latencies import Latencies, Place
from app.gateway.types import Target

_MOST_KEPT: Final = 10_000
# 429 is about the caller, not about the upstream's health.
_SICK: Final = 500


class Outlets:
    """One per process."""

    def __init__(self, client: UpstreamClient) -> None:
        self._client = client
        self._circuits = Circuits()
        self._latencies = Latencies()
        self._plain: OrderedDict[tuple[OrgId, str, str], None] = OrderedDict()

    def is_resting(self, org_id: OrgId, target: Target) -> bool:
        return self._circuits.is_resting(Outlet(org_id, target.upstream.name))

    def seconds(self, org_id: OrgId, target: Target) -> float | None:
        return self._latencies.of(Place(org_id, target.upstream.name, target.model))

    def takes_plain_alone(self, org_id: OrgId, target: Target) -> bool:
        """Whether it has refused to be asked for the usage of a stream, and taken the same request without."""
        return (org_id, target.upstream.name, target.upstream.base_url) in self._plain

    def took_plain_alone(self, org_id: OrgId, target: Target) -> None:
        self._plain[org_id, target.upstream.name, target.upstream.base_url] = None
        while len(self._plain) > _MOST_KEPT:
            self._plain.popitem(last=False)

    async def send(self, org_id: OrgId, target: Target, outgoing: Outgoing, patience: Patience) -> Answer:
        """Raises `UpstreamResting`, `UpstreamUnreachable`, `UpstreamSilent`."""
        trial = self._circuits.enter(Outlet(org_id, target.upstream.name))
        began = time.perf_counter()
        try:
            answer = await self._client.send(outgoing, patience)
        except (UpstreamUnreachable, UpstreamSilent):
            trial.failed()
            raise
        except BaseException:
            trial.left()
            raise
        if answer.status >= _SICK:
            trial.failed()
            return answer
        trial.succeeded()
        if answer.status < 400:
            place = Place(org_id, target.upstream.name, target.model)
            self._latencies.note(place, time.perf_counter() - began)
        return answer
