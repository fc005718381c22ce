"""The table of API keys."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class ApiKey(Model):
    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    name = fields.CharField(max_length=200)
    public_id = fields.CharField(max_length=16, unique=True)
    secret_digest = fields.BinaryField(description="HMAC-SHA256 under the installation's key")
    scopes = ArrayField(element_type="text")
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True, description="Within a minute: it is written in batches")
    allowed_models = ArrayField(element_type="text", null=True, description="Without it, all")
    tokens_per_minute = fields.BigIntField(
        null=True, description="Of models, through the gateway; without it, any"
    )
    created_by_kind = fields.CharField(max_length=16, null=True)
    created_by_id = fields.UUIDField(null=True)
    replaced_by_id = fields.UUIDField(null=True, description="The key it was rotated to")

    class Meta:
        table = "api_key"
        indexes = (("org_id", "id"),)
