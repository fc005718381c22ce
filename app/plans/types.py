"""Plans as values: what LaunchKit sells to orgs, in versions that never change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """One version. None is any number, but for `price_minor` (agreed by contract) and `overage_per_1k` (a hard limit).

    `price_minor` is of a month, in minor units; `seats` are members with those invited; `requests_per_minute` is of a
    contract that names no amount of its own.
    """

    code: str
    version: int
    name: str
    price_minor: int | None
    currency: str
    included_tokens: int | None
    overage_per_1k: Decimal | None
    seats: int | None
    api_keys: int | None
    requests_per_minute: int
    has_streaming: bool
    effective_from: datetime

    @property
    def ref(self) -> str:
        return ref_of(self.code, self.version)

    @property
    def token_limit(self) -> int | None:
        """Tokens a month that nothing may be created beyond; None where more costs more, or where all is included."""
        return self.included_tokens if self.overage_per_1k is None else None


# Whoever is on a plan that is not known is given what anybody gets who just came.
NOTHING = Plan("", 0, "", 0, "USD", 0, None, 0, 0, 60, has_streaming=False, effective_from=_LONG_AGO)


def ref_of(code: str, version: int) -> str:
    """How a version is written where it is carried along: `PRO@1`."""
    return f"{code}@{version}"


class Catalogue:
    """All versions at one moment."""

    def __init__(self, plans: Iterable[Plan] = ()) -> None:
        ordered = sorted(plans, key=lambda plan: plan.version)
        self._by_ref: Mapping[str, Plan] = {plan.ref: plan for plan in ordered}
        self._newest: Mapping[str, Plan] = {plan.code: plan for plan in ordered}
        self._least = min(self._newest.values(), key=lambda plan: plan.requests_per_minute, default=NOTHING)

    def of(self, ref: str | None) -> Plan:
        """The version that `ref` names; of a code alone, or of a version not read yet, the code's newest.

        A code that is not in it, and None, get the smallest plan.
        """
        if ref is None:
            return self._least
        found = self._by_ref.get(ref)
        return found or self._newest.get(ref.partition("@")[0], self._least)

    def has(self, ref: str) -> bool:
        return ref in self._by_ref

    def has_code(self, code: str) -> bool:
        return code in self._newest

    def on_offer(self, *, now: datetime) -> list[Plan]:
        """What an org can be put on: the newest version in force of each plan, the smallest first."""
        offered: dict[str, Plan] = {}
        for plan in self._by_ref.values():
            if plan.effective_from <= now:
                offered[plan.code] = plan
        return sorted(offered.values(), key=lambda plan: plan.requests_per_minute)
