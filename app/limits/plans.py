"""What a plan allows. One table; a plan that is not in it gets the least."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.core.token_bucket import Quota

FREE = Quota(60)
PRO = Quota(300)
# Until a contract can name its own amount.
ENTERPRISE = Quota(6_000)

# Without a valid credential, per address: enough to sign in and to mistype, too little to guess.
ANONYMOUS = Quota(60)
# Of all known callers behind one address: whole offices and data centres share one.
ADDRESS = Quota(30_000)

_QUOTAS: Mapping[str, Quota] = MappingProxyType({"FREE": FREE, "PRO": PRO, "ENTERPRISE": ENTERPRISE})


def quota(plan: str | None) -> Quota:
    return _QUOTAS.get(plan or "", FREE)


def best_quota(plans: Iterable[str]) -> Quota:
    """Of someone in several orgs, or in none."""
    return max((quota(plan) for plan in plans), key=lambda one: one.amount, default=FREE)
