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
    unit_type = fields.CharField(max_length=64, null=True, description="Of images and custom events")
    quantity = fields.DecimalField(max_digits=24, decimal_places=12, null=True)
    image_size = fields.CharField(max_length=32, null=True)
    image_quality = fields.CharField(max_length=32, null=True)
    latency_ms = fields.IntField(null=True)
    revenue_usd = fields.DecimalField(
        max_digits=24, decimal_places=12, null=True, description="The credits at what they sell for"
    )
    ledger_transaction_id = fields.UUIDField(null=True, description="What drew its credits")
    payer_id = fields.UUIDField(
        null=True,
        description="Of one that burned nothing: the wallet that pays once it does; nil: nobody; null: not known",
    )

    class Meta:
        table = "usage_event"
        indexes = (("org_id", "occurred_at", "id"),)


class UsageEventKey(Model):
    """Primary key (org_id, event_id)."""

    event_id = fields.CharField(max_length=255, primary_key=True)
    org_id = fields.UUIDField()
    usage_event_id = fields.UUIDField()
    occurred_at = fields.DatetimeField()
    payload_digest = fields.BinaryField(
        null=True, description="Of what was sent: the same again is a duplicate"
    )

    class Meta:
        table = "usage_event_key"


class UsageHorizon(Model):
    """Before `since`, events (`kept` is `events`) or deduplication keys (`keys`) may be gone: see verification."""

    kept = fields.CharField(max_length=8, primary_key=True)
    since = fields.DatetimeField()

    class Meta:
        table = "usage_horizon"


class UsageAdjustment(Model):
    """What changes an event's figures after it was written: rated, re-rated or voided. Append-only, as events are.

    The figures are differences; a rollup is the sum of its events and of their adjustments.
    """

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    usage_event_id = fields.UUIDField()
    occurred_at = fields.DatetimeField(description="Of the event: with its id, its primary key")
    kind = fields.CharField(max_length=16)
    batch_id = fields.UUIDField(description="One re-rating, one correction")
    at = fields.DatetimeField()
    requests = fields.BigIntField()
    unrated = fields.BigIntField()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    cost_usd = fields.DecimalField(max_digits=24, decimal_places=12)
    credits = fields.DecimalField(max_digits=24, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=24, decimal_places=12)
    cost_ref = fields.CharField(max_length=255, null=True)
    burn_ref = fields.CharField(max_length=255, null=True)
    superseded_by = fields.CharField(
        max_length=255, null=True, description="The event id of the corrected one"
    )
    ledger_transaction_id = fields.UUIDField(null=True)

    class Meta:
        table = "usage_adjustment"
        indexes = (("org_id", "usage_event_id"),)


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
    cost_usd = fields.DecimalField(max_digits=30, decimal_places=12)
    credits = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_usd = fields.DecimalField(max_digits=30, decimal_places=12, default=0)

    class Meta:
        table = "usage_rollup_hour"


class UsageLatencyHour(Model):
    """How many calls took how long. Primary key (org, hour, workspace, provider, model, bucket)."""

    hour = fields.DatetimeField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    bucket = fields.SmallIntField(description="Each is 2^(1/8) times as long as the one before")
    requests = fields.BigIntField()

    class Meta:
        table = "usage_latency_hour"
