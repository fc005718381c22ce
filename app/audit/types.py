"""The vocabulary of the audit log and its entries as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.audit import naming
from app.core import moments
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Principal


class Action(StrEnum):
    """Every act that leaves a trace. `noun.past_verb`; a name once written is never reused."""

    ACCOUNT_CREATED = "account.created"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    API_KEY_ROTATED = "api_key.rotated"
    API_KEY_UPDATED = "api_key.updated"
    AUTO_TOP_UP_REMOVED = "auto_top_up.removed"
    AUTO_TOP_UP_SET = "auto_top_up.set"
    BUDGET_REMOVED = "budget.removed"
    BUDGET_SET = "budget.set"
    BURN_TABLE_CREATED = "burn_table.created"
    BURN_TABLE_DELETED = "burn_table.deleted"
    BURN_TABLE_PUBLISHED = "burn_table.published"
    BURN_TABLE_UPDATED = "burn_table.updated"
    CREDITS_CLAWED_BACK = "credits.clawed_back"
    CREDITS_GRANTED = "credits.granted"
    CREDITS_PURCHASED = "credits.purchased"
    CREDITS_REFUNDED = "credits.refunded"
    CREDITS_TOPPED_UP = "credits.topped_up"
    CUSTOMER_CREATED = "customer.created"
    CUSTOMER_UPDATED = "customer.updated"
    EMAIL_VERIFIED = "email.verified"
    ENTITLEMENT_REMOVED = "entitlement.removed"
    ENTITLEMENT_SET = "entitlement.set"
    FEATURE_CREATED = "feature.created"
    FEATURE_FLAG_DEFINED = "feature_flag.defined"
    FEATURE_FLAG_REMOVED = "feature_flag.removed"
    FEATURE_FLAG_SET = "feature_flag.set"
    IDENTITY_LINKED = "identity.linked"
    IDENTITY_UNLINKED = "identity.unlinked"
    INVITATION_ACCEPTED = "invitation.accepted"
    INVITATION_CREATED = "invitation.created"
    INVITATION_RESENT = "invitation.resent"
    INVITATION_REVOKED = "invitation.revoked"
    JOB_CANCELLED = "job.cancelled"
    JOB_COMPLETED = "job.completed"
    JOB_CREATED = "job.created"
    JOB_RETRIED = "job.retried"
    MEMBER_ADDED = "member.added"
    MEMBER_LEFT = "member.left"
    MEMBER_REMOVED = "member.removed"
    MEMBER_ROLE_CHANGED = "member.role_changed"
    ORG_CREATED = "org.created"
    ORG_DELETED = "org.deleted"
    ORG_DELETION_CANCELLED = "org.deletion_cancelled"
    ORG_DELETION_REQUESTED = "org.deletion_requested"
    ORG_UPDATED = "org.updated"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - a name
    PASSWORD_RESET = "password.reset"  # noqa: S105 - a name
    PROVIDER_PRICE_CREATED = "provider_price.created"
    PROVIDER_PRICE_ENDED = "provider_price.ended"
    RECOVERY_CODES_REMOVED = "recovery_codes.removed"
    RECOVERY_CODES_REPLACED = "recovery_codes.replaced"
    RECOVERY_CODE_USED = "recovery_code.used"
    ROUTING_POLICY_REMOVED = "routing_policy.removed"
    ROUTING_POLICY_SET = "routing_policy.set"
    SESSION_ENDED = "session.ended"
    SESSION_REUSED = "session.reused"
    SESSION_REVOKED = "session.revoked"
    SESSION_STARTED = "session.started"
    TOP_UP_FAILED = "top_up.failed"
    TOTP_DISABLED = "totp.disabled"
    TOTP_ENABLED = "totp.enabled"
    UPSTREAM_REMOVED = "upstream.removed"
    UPSTREAM_SET = "upstream.set"
    USAGE_RERATED = "usage.rerated"
    USER_SIGNED_UP = "user.signed_up"
    WEBHOOKS_REDELIVERED = "webhooks.redelivered"
    WEBHOOK_ENDPOINT_CREATED = "webhook_endpoint.created"
    WEBHOOK_ENDPOINT_DELETED = "webhook_endpoint.deleted"
    WEBHOOK_ENDPOINT_DISABLED = "webhook_endpoint.disabled"
    WEBHOOK_ENDPOINT_UPDATED = "webhook_endpoint.updated"
    WEBHOOK_SECRET_ROTATED = "webhook_secret.rotated"  # noqa: S105 - a name
    WORKSPACE_CREATED = "workspace.created"
    WORKSPACE_UPDATED = "workspace.updated"


# The log of what belongs to no org: people and their sessions. A chain like every org's.
INSTALLATION = OrgId(UUID(int=0))
_LAST = UUID(int=2**128 - 1)


def following(org_id: UUID) -> UUID | None:
    """Where a walk over all logs goes on after this one. It begins with `INSTALLATION`, the least id there is."""
    return None if org_id == _LAST else UUID(int=org_id.int + 1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from; empty outside a request."""

    request_id: str | None = None
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    org_id: OrgId
    action: Action
    principal: Principal
    target_type: str
    target_id: UUID | None
    at: datetime
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry as it is read back."""

    id: UUID
    org_id: OrgId
    at: datetime
    action: str
    principal_kind: str
    principal_id: UUID
    target_type: str
    target_id: UUID | None
    changes: Mapping[str, Any]
    request_id: str | None
    ip: str | None
    seq: int | None
    hash: bytes | None
    """Place and hash in the org's chain; None until it is sealed, a moment after the act."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Entries that match all that is given; times are half-open, [since, until)."""

    principal_id: UUID | None = None
    action: str | None = None
    target_type: str | None = None
    target_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def parse(
        cls,
        *,
        principal_id: str | None = None,
        action: str | None = None,
        target_type: str | None = None,
        target_id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        names: Mapping[str, str],
        faults: Sequence[FieldError] = (),
    ) -> "AuditFilter":
        """Of what a client sent, whose own names for the fields are `names`.

        Raises `InvalidInput` with every fault, `faults` that were found before among them.
        """
        errors = list(faults)
        for name, text in (("principal_id", principal_id), ("target_id", target_id)):
            if text is not None and naming.find(text) is None:
                errors.append(FieldError(names[name], "invalid_id", "Pass an id as the audit log shows it."))
        errors += moments.faults(names["since"], since) + moments.faults(names["until"], until)
        if not errors and since is not None and until is not None and since >= until:
            errors.append(FieldError(names["until"], "empty_range", "It has to be later than the start."))
        if errors:
            raise InvalidInput(errors)
        who, what = ((text and naming.find(text)) or None for text in (principal_id, target_id))
        return cls(who, action, target_type, what, since, until)
