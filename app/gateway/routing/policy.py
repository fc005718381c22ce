"""What an org says of the calls that ask for one name: where they go, and whether their answers are kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.idempotency import types as idempotency

ANY: Final = "*"
MAX_TARGETS: Final = 16
MAX_MODEL_LENGTH: Final = 128
MAX_WEIGHT: Final = 1_000
MAX_CONTEXT: Final = 100_000_000
MAX_CACHE_SECONDS: Final = 30 * 24 * 3600
_MODEL = re.compile(r"[!-~](?:[ -~]{0,126}[!-~])?")


class Strategy(StrEnum):
    """Which target is the first. The others are what it falls back to, in the same order."""

    FIXED = "fixed"
    CHEAPEST = "cheapest"
    WEIGHTED = "weighted"
    FASTEST = "fastest"


class WhenClientLeaves(StrEnum):
    """What becomes of a stream upstream. `drain` lets it end within bounds, and meters what the provider tells, which
    is what it charges. `cancel` ends it and meters the words that passed: what a model thought without showing it, and
    what a provider makes until it notices, are in nobody's books.
    """

    CANCEL = "cancel"
    DRAIN = "drain"


class Capability(StrEnum):
    TOOLS = "tools"
    VISION = "vision"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Choice:
    """One model that calls may go to. `capabilities` and `context` (in tokens) are None where nothing is declared:
    then it is asked whatever the request needs, as far as the price list knows no context of it. `max_output` are the
    tokens that an answer may have whose request does not say it.
    """

    model: str
    weight: int = 1
    capabilities: frozenset[Capability] | None = None
    context: int | None = None
    max_output: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """`model` is the name that clients write, `*` any that has no policy of its own: such calls go where they would
    have gone, and fall back to the targets. `cached_percent` is what of its price a cached answer burns. Without a
    `when_client_leaves` it is the installation's.
    """

    id: UUID
    org_id: OrgId
    model: str
    strategy: Strategy
    targets: Sequence[Choice]
    baseline: str | None
    cache_seconds: int | None
    cached_percent: int
    when_client_leaves: WhenClientLeaves | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Takes the place of the org's policy for that model."""

    model: str
    strategy: Strategy
    targets: Sequence[Choice] = ()
    baseline: str | None = None
    cache_seconds: int | None = None
    cached_percent: int = 0
    when_client_leaves: WhenClientLeaves | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [*idempotency.validate_key(self.idempotency_key), *_faults_of_model("model", self.model)]
        if self.baseline is not None:
            errors += _faults_of_model("baseline", self.baseline)
        errors += self._faults_of_targets()
        if self.cache_seconds is not None and not 1 <= self.cache_seconds <= MAX_CACHE_SECONDS:
            mend = f"Use 1 to {MAX_CACHE_SECONDS:,} seconds, or leave it out."
            errors.append(FieldError("cache_seconds", "range", mend))
        if not 0 <= self.cached_percent <= 100:
            errors.append(FieldError("cached_percent", "range", "Use 0 to 100."))
        if errors:
            raise InvalidInput(errors)

    def _faults_of_targets(self) -> list[FieldError]:
        errors: list[FieldError] = []
        if len(self.targets) > MAX_TARGETS:
            errors.append(FieldError("targets", "too_many", f"Use at most {MAX_TARGETS}."))
        if self.model == ANY and self.strategy is not Strategy.FIXED:
            mend = "For * only fixed can be meant: calls go to the model that they name first."
            errors.append(FieldError("strategy", "unsuitable", mend))
        says_more = self.cache_seconds or self.when_client_leaves
        if not self.targets and not (says_more and self.strategy is Strategy.FIXED):
            mend = (
                "Name one at least; none is needed where a fixed policy only says that answers are kept, or what "
                "becomes of them when clients leave."
            )
            errors.append(FieldError("targets", "required", mend))
        seen: set[str] = set()
        for position, target in enumerate(self.targets[:MAX_TARGETS]):
            where = f"targets[{position}]"
            errors += _faults_of_model(f"{where}.model", target.model)
            if target.model in seen:
                errors.append(FieldError(f"{where}.model", "repeated", "Name each model once."))
            seen.add(target.model)
            if not 1 <= target.weight <= MAX_WEIGHT:
                errors.append(FieldError(f"{where}.weight", "range", f"Use 1 to {MAX_WEIGHT:,}."))
            if target.context is not None and not 1 <= target.context <= MAX_CONTEXT:
                errors.append(FieldError(f"{where}.context", "range", f"Use 1 to {MAX_CONTEXT:,} tokens."))
            if target.max_output is not None and not 1 <= target.max_output <= MAX_CONTEXT:
                errors.append(FieldError(f"{where}.max_output", "range", f"Use 1 to {MAX_CONTEXT:,} tokens."))
        return errors


def _faults_of_model(field: str, model: str) -> list[FieldError]:
    if _MODEL.fullmatch(model) and (field == "model" or model != ANY):
        return []
    mend = f"Use 1 to {MAX_MODEL_LENGTH} printable ASCII characters, as in a request's model."
    return [FieldError(field, "pattern", mend)]
