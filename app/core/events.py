"""Facts that a domain publishes: named `noun.past_verb`, versioned, listed in the domain's `events.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.ids import OrgId


@dataclass(frozen=True, slots=True)
class Event:
    """`topics` are the live channels that it wakes; `payload` is JSON.

    `is_public`: endpoints of the org's may ask to be told, and the payload is part of the outer surface.
    """

    name: str
    org_id: OrgId
    topics: tuple[str, ...]
    payload: Mapping[str, Any]
    version: int = 1
    is_public: bool = False


def org_topic(noun: str, org_id: OrgId) -> str:
    """What every event of this noun (the `job` of `job.queued`) in the org wakes, besides its own topics."""
    return f"{noun}s:{org_id}"
