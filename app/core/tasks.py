"""Messages to the workers: an actor's name and the ids it needs. The row says what there is to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    actor: str
    queue: str
    kwargs: Mapping[str, Any]
