"""Usage tables. Their partitions and composite primary keys are in the migration; these describe the columns.

`usage_event` is partitioned by month of `occurred_at`. `usage_event_key` holds the deduplication keys apart,
hash-partitioned: a unique index on a time-partitioned table would have to include the time. The rollup's key
columns are never null ('' or the nil UUID stands for "none"), so that they can be one.
"""

from tortoise import fields
from tortoise.models import Model


class UsageEvent(Model):
    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    event_id = fields.CharField(max_length=255)
    event_type = fields.CharField(max_length=32)
    occurred_at = fields.DatetimeField()
    received_at = fields.DatetimeField()
    customer_id = fields.CharField(max_length=255, null=True)
    user_id = fields.CharField(max_length=255, null=True)
    feature_id = fields.CharField(max_length=255, null=True)
    api_key_id = fields.UUIDField(null=True)
    job_id = fields.UUIDField(null=True)
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    input_tokens = fields.BigIntField(default=0)
    output_tokens = fields.BigIntField(default=0)
    cached_input_tokens = fields.BigIntField(default=0)
    cache_write_tokens = fields.BigIntField(default=0)
    reasoning_tokens = fields.BigIntField(default=0)
    usage_source = fields.CharField(max_length=16)
    cost_usd = fields.DecimalField(max_digits=24, decimal_places=12, null=True, description="null: unrated")
    credits = fields.DecimalField(max_digits=24, decimal_places=12)
    cost_ref = fields.CharField(max_length=255, null=True, description="The provider price that was used")
    burn_ref = fields.CharField(max_length=255, description="The burn rule that was used")
    properties = fields.JSONField[dict[str, object]]()

    class Meta:
        table = "usage_event"
        indexes = (("org_id", "occurred_at", "id"),)


class UsageEventKey(Model):
    """Primary key (org_id, event_id)."""

    event_id = fields.CharField(max_length=255, primary_key=True)
    org_id = fields.UUIDField()
    usage_event_id = fields.UUIDField()
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "usage_event_key"


class UsageRollupHour(Model):
    """Primary key (org_id, hour, and every dimension)."""

    hour = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    api_key_id = fields.UUIDField()
    customer_id = fields.CharField(max_length=255)
    user_id = fields.CharField(max_length=255)
    feature_id = fields.CharField(max_length=255)
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=24, decimal_places=12)
    credits = fields.DecimalField(max_digits=24, decimal_places=12)

    class Meta:
        table = "usage_rollup_hour"
