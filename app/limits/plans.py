"""How many requests plans and addresses allow. What a plan is stands in the table of plans (`app.plans`)."""

from collections.abc import Mapping

from app.core.ids import OrgId
from app.core.token_bucket import Quota
from app.plans import current

# Without a valid credential, per address: enough to sign in and to mistype, too little to guess.
ANONYMOUS = Quota(60)
# Of all known callers behind one address: whole offices and data centres share one.
ADDRESS = Quota(30_000)


def quota_of(plan: str | None) -> Quota:
    """Of a plan as `Principal.plans` names it."""
    return Quota(current.of(plan).requests_per_minute)


def best_quota(plans: Mapping[OrgId, str], agreed: Mapping[OrgId, int]) -> Quota:
    """Of someone in several orgs, or in none. `agreed` are requests a minute that stand instead of the plan's."""
    quotas = [Quota(agreed[org_id]) if org_id in agreed else quota_of(plan) for org_id, plan in plans.items()]
    return max(quotas, key=lambda one: one.amount, default=quota_of(None))
