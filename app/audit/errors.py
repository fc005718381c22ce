"""What can be wrong with the audit log."""

from app.core.errors import Kind, LaunchKitError


class ChainBroken(LaunchKitError):
    """An org's chain does not end as its signed head says: whoever extended it would vouch for the damage."""

    kind = Kind.CONFLICT
    code = "audit_chain_broken"
    title = "The audit chain was changed from outside; `launchkit verify` says where."
