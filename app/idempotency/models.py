"""The table of idempotency keys. Its primary key is (org, principal, operation, key): see the migration."""

from tortoise import fields
from tortoise.models import Model


class IdempotencyKey(Model):
    """A claim on a key, with the answer that a replay is given."""

    key = fields.CharField(max_length=255, primary_key=True)
    org_id = fields.UUIDField()
    principal_id = fields.UUIDField()
    operation = fields.CharField(max_length=64)
    fingerprint = fields.BinaryField()
    answer = fields.JSONField[dict[str, object]]()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_key"
        indexes = (("expires_at",),)
