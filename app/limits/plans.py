"""What a plan allows. One table; a plan that is not in it gets the least."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.core.ids import OrgId
from app.core.token_bucket import Quota

# Without a valid credential, per address: enough to sign in and to mistype, too little to guess.
ANONYMOUS = Quota(60)
# Of all known callers behind one address: whole offices and data centres share one.
ADDRESS = Quota(30_000)


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """`quota` is of requests, `seats` of members with those invited, `keys` of API keys; None is any number."""

    quota: Quota
    seats: int | None
    keys: int | None


FREE = PlanLimits(Quota(60), seats=3, keys=1)
PRO = PlanLimits(Quota(300), seats=10, keys=5)
# The requests are those of a contract that names no amount of its own.
ENTERPRISE = PlanLimits(Quota(6_000), seats=None, keys=None)

ALL: Mapping[str, PlanLimits] = MappingProxyType({"FREE": FREE, "PRO": PRO, "ENTERPRISE": ENTERPRISE})


def of(plan: str | None) -> PlanLimits:
    return ALL.get(plan or "", FREE)


def best_quota(plans: Mapping[OrgId, str], agreed: Mapping[OrgId, int]) -> Quota:
    """Of someone in several orgs, or in none. `agreed` are requests a minute that stand instead of the plan's."""
    quotas = [Quota(agreed[org_id]) if org_id in agreed else of(plan).quota for org_id, plan in plans.items()]
    return max(quotas, key=lambda one: one.amount, default=FREE.quota)
