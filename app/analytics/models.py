"""Usage by day: sums of metering's hourly rollups, kept by triggers on them. Composite primary keys are in
the migration.

`slot` keeps concurrent transactions apart (see the README): a day is the sum over its slots.
"""

from tortoise import fields
from tortoise.models import Model


class UsageRollupDay(Model):
    """Primary key (org_id, day, workspace_id, provider, model, slot)."""

    day = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    slot = fields.SmallIntField()
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=30, decimal_places=12)
    credits = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "usage_rollup_day"


class UsageRollupCustomerDay(Model):
    """Primary key (org_id, day, workspace_id, customer_id, slot)."""

    day = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    customer_id = fields.CharField(max_length=255)
    slot = fields.SmallIntField()
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=30, decimal_places=12)
    credits = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "usage_rollup_customer_day"


class UsageRollupFeatureDay(Model):
    """Primary key (org_id, day, workspace_id, api_key_id, feature_id, provider, model, slot)."""

    day = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    api_key_id = fields.UUIDField()
    feature_id = fields.CharField(max_length=255)
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    slot = fields.SmallIntField()
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=30, decimal_places=12)
    credits = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "usage_rollup_feature_day"


class UsageRollupUserDay(Model):
    """Primary key (org_id, day, workspace_id, customer_id, user_id, slot)."""

    day = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    customer_id = fields.CharField(max_length=255)
    user_id = fields.CharField(max_length=255)
    slot = fields.SmallIntField()
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=30, decimal_places=12)
    credits = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "usage_rollup_user_day"


class UsageRollupCustomerModelDay(Model):
    """Primary key (org_id, day, workspace_id, customer_id, provider, model, slot)."""

    day = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    customer_id = fields.CharField(max_length=255)
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    slot = fields.SmallIntField()
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=30, decimal_places=12)
    credits = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "usage_rollup_customer_model_day"


class UsageLatencyDay(Model):
    """Primary key (org_id, day, workspace_id, provider, model, bucket, slot)."""

    day = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    bucket = fields.SmallIntField(description="Each is 2^(1/8) times as long as the one before")
    slot = fields.SmallIntField()
    requests = fields.BigIntField()

    class Meta:
        table = "usage_latency_day"
