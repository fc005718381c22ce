"""The tables of the audit log. Triggers of the migrations refuse every change of what is written once."""

from tortoise import fields
from tortoise.models import Model


class AuditEntry(Model):
    """Who did what to what, when and from where."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    at = fields.DatetimeField()
    action = fields.CharField(max_length=64, description="noun.past_verb, listed in audit.types")
    principal_kind = fields.CharField(max_length=16)
    principal_id = fields.UUIDField()
    target_type = fields.CharField(max_length=32)
    target_id = fields.UUIDField(null=True)
    changes = fields.JSONField[dict[str, object]](description="Before and after, secrets left out")
    request_id = fields.CharField(max_length=64, null=True)
    ip = fields.CharField(max_length=45, null=True)

    class Meta:
        table = "audit_entry"
        # For the search by each filter, newest first.
        indexes = (
            ("org_id", "id"),
            ("org_id", "action", "id"),
            ("org_id", "principal_id", "id"),
            ("org_id", "target_id", "id"),
            ("org_id", "at"),
        )


class UnsealedEntry(Model):
    """An entry that has no seal yet. Primary key (org_id, entry_id).

    A trigger of `audit_entry` adds the row in the entry's own transaction; the sealer takes it away in that of
    the seal. So it does not matter in which order transactions commit: what has committed is sealed or is here.
    """

    entry_id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    since = fields.DatetimeField(description="Start of the entry's transaction")

    class Meta:
        table = "audit_unsealed"


class Seal(Model):
    """An entry's place in its org's chain. Append-only; primary key (org_id, seq)."""

    entry_id = fields.UUIDField(unique=True)
    org_id = fields.UUIDField()
    seq = fields.BigIntField(primary_key=True, generated=False)
    previous_hash = fields.BinaryField()
    hash = fields.BinaryField()

    class Meta:
        table = "audit_seal"


class Checkpoint(Model):
    """A signed statement of how far an org's chain reached. Append-only; primary key (org_id, seq)."""

    org_id = fields.UUIDField()
    seq = fields.BigIntField(primary_key=True, generated=False)
    hash = fields.BinaryField()
    at = fields.DatetimeField()
    signature = fields.BinaryField()

    class Meta:
        table = "audit_checkpoint"


class Head(Model):
    """The signed end of an org's chain. Replaced with every batch of seals; a trigger lets it only advance."""

    org_id = fields.UUIDField(primary_key=True)
    seq = fields.BigIntField()
    hash = fields.BinaryField()
    at = fields.DatetimeField()
    checkpoint_seq = fields.BigIntField(description="The newest checkpoint")
    checkpoint_at = fields.DatetimeField()
    signature = fields.BinaryField()

    class Meta:
        table = "audit_head"
