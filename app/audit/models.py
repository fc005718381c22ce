"""The audit table. Append-only: a trigger of the migration refuses updates and deletes."""

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
        indexes = (("org_id", "id"),)
