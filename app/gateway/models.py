"""Tables of the gateway. Checks, partial indexes and the functions that write calls are in the migration."""

from tortoise import fields
from tortoise.models import Model


class GatewayUpstream(Model):
    """Where an org's calls may go beside the installation's own providers."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    name = fields.CharField(max_length=32, description="What comes before the slash in a model's name")
    protocol = fields.CharField(max_length=16)
    base_url = fields.CharField(max_length=512)
    secret = fields.BinaryField(null=True, description="Its key, sealed")
    provider = fields.CharField(max_length=64, description="Whose prices count")
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "gateway_upstream"
        unique_together = (("org_id", "name"),)


class GatewayCall(Model):
    """One call: written with its hold before it is sent, ended with its usage event."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    api_key_id = fields.UUIDField()
    environment = fields.CharField(max_length=8)
    request_id = fields.CharField(max_length=64)
    operation = fields.CharField(max_length=32)
    upstream = fields.CharField(max_length=64)
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    customer_id = fields.CharField(max_length=255, null=True)
    user_id = fields.CharField(max_length=255, null=True)
    feature_id = fields.CharField(max_length=255, null=True)
    hold_id = fields.UUIDField(null=True)
    input_tokens = fields.BigIntField(description="Estimated")
    output_tokens = fields.BigIntField(description="At most, as far as the request says")
    created_at = fields.DatetimeField()
    deadline_at = fields.DatetimeField(description="Until when somebody must have renewed it")
    ended_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=16, null=True)
    status = fields.SmallIntField(null=True, description="That the upstream answered with")

    class Meta:
        table = "gateway_call"
        indexes = (("org_id", "request_id"),)
