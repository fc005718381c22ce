"""Whether a feature flag is on for an org. Pure."""

import hashlib
from uuid import UUID

from app.core.ids import OrgId
from app.entitlements.types import Flag, FlagReason, FlagState

_BUCKETS = 10_000


def state(flag: Flag, *, org_id: OrgId, plan: str, override: bool | None) -> FlagState:
    """The plan comes first: what it does not include no override switches on. Then the override, then the rollout."""
    is_permitted = flag.plans is None or plan in flag.plans
    if not is_permitted:
        return FlagState(flag, False, FlagReason.PLAN, False)
    if override is not None:
        return FlagState(flag, override, FlagReason.OVERRIDE, True)
    return FlagState(flag, is_rolled_out(flag.key, org_id, flag.percentage), FlagReason.ROLLOUT, True)


def is_rolled_out(key: str, org_id: UUID, percentage: int) -> bool:
    """A place that never changes, and that is another one for each flag: who is in stays in while the share grows."""
    digest = hashlib.blake2b(f"{key}:{org_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % _BUCKETS < percentage * (_BUCKETS // 100)
