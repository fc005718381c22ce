"""What is known of a followed job: put together from its updates. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

ENDED = frozenset({"SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"})


@dataclass(frozen=True, slots=True)
class Transcript:
    """`text` is the output of the attempt so far; `new` the part of it that the last update brought."""

    seq: int | None = None
    text: str = ""
    new: str = ""
    job: Mapping[str, Any] | None = None

    @property
    def status(self) -> str:
        return "QUEUED" if self.job is None else str(self.job["status"])

    @property
    def progress(self) -> int:
        return 0 if self.job is None else int(self.job["progress"])

    @property
    def attempt(self) -> int:
        return 0 if self.job is None else int(self.job["attempt"])

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED

    def after(self, update: Mapping[str, Any]) -> "Transcript":
        """With one more `JobUpdate`. A repeated one (delivery is at least once) changes nothing."""
        if self.seq is not None and update["seq"] <= self.seq and not update["resynced"]:
            return replace(self, new="")
        starts_over = update["resynced"] or update["job"]["attempt"] != self.attempt
        kept = "" if starts_over else self.text[: update["outputOffset"]]
        text = kept + update["output"] if update["output"] else kept if starts_over else self.text
        new = text[len(self.text) :] if text.startswith(self.text) else text
        return Transcript(update["seq"], text, new, update["job"])
