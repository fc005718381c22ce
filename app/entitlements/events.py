"""What entitlements publish, and the topics that they wake."""

from app.core.events import Event
from app.core.ids import OrgId
from app.entitlements.types import Crossing

# Whoever keeps a snapshot of what any org sells listens here: such changes are rare, and reading anew is cheap.
CHANGED = "entitlements"


def changed(org_id: OrgId) -> Event:
    return Event("entitlement.changed", org_id, (CHANGED,), {})


def usage_topic(org_id: OrgId) -> str:
    """Shares of limits that the org's usage has reached."""
    return f"usage:{org_id}"


def usage_updated(crossing: Crossing) -> Event:
    """A share of a limit was reached: told once per scope, period and share."""
    topics = (usage_topic(crossing.org_id),)
    return Event("usage.updated", crossing.org_id, topics, crossing.as_json(), is_public=True)
