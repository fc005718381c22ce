"""Tables of the gateway. Checks, partial indexes and the functions that write calls are in the migration."""

from typing import Any

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
    usage_id = fields.UUIDField(null=True, description="Of the limit that it was reserved of without a hold")
    usage_amount = fields.DecimalField(max_digits=24, decimal_places=12, null=True)
    input_tokens = fields.BigIntField(description="Estimated")
    output_tokens = fields.BigIntField(description="At most, as far as the request says")
    created_at = fields.DatetimeField()
    deadline_at = fields.DatetimeField(description="Until when somebody must have renewed it")
    ended_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=16, null=True)
    status = fields.SmallIntField(null=True, description="That the upstream answered with")

    class Meta:
        table = "gateway_call"


class GatewayPolicy(Model):
    """Where calls that ask for one name go, and whether their answers are kept."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    model = fields.CharField(
        max_length=128, description="As a client writes it; * where no other policy is meant"
    )
    strategy = fields.CharField(max_length=16)
    targets = fields.JSONField[Any]()
    baseline = fields.CharField(max_length=128, null=True, description="What savings are told against")
    cache_seconds = fields.IntField(null=True)
    cached_percent = fields.IntField(description="Of its price, that a cached answer burns")
    when_client_leaves = fields.CharField(max_length=8, null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "gateway_policy"
        unique_together = (("org_id", "model"),)


class GatewaySavingsHour(Model):
    """What an hour's calls cost, against what they would have as they were asked for."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    hour = fields.DatetimeField()
    workspace_id = fields.UUIDField()
    requested_model = fields.CharField(max_length=128)
    model = fields.CharField(max_length=128)
    kind = fields.CharField(max_length=8)
    calls = fields.BigIntField()
    unpriced = fields.BigIntField(description="Of which it is not known what they would have cost")
    asked_usd = fields.DecimalField(max_digits=24, decimal_places=12)
    cost_usd = fields.DecimalField(max_digits=24, decimal_places=12)
    asked_credits = fields.DecimalField(max_digits=24, decimal_places=12)
    credits = fields.DecimalField(max_digits=24, decimal_places=12)

    class Meta:
        table = "gateway_savings_hour"
        unique_together = (("org_id", "hour", "workspace_id", "requested_model", "model", "kind"),)
