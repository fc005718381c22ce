"""The tables of webhooks."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class WebhookEndpoint(Model):
    """Where an org wants to be told. Secrets are sealed; a deleted one keeps its row for its deliveries."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    url = fields.CharField(max_length=2048)
    description = fields.CharField(max_length=200)
    event_types = ArrayField(element_type="text", description="Names, `area.*` or `*`")
    max_concurrency = fields.SmallIntField()
    rate_per_second = fields.SmallIntField(null=True)
    is_enabled = fields.BooleanField()
    disabled_reason = fields.CharField(max_length=16, null=True)
    disabled_at = fields.DatetimeField(null=True)
    secret = fields.BinaryField()
    previous_secret = fields.BinaryField(null=True)
    previous_secret_until = fields.DatetimeField(null=True)
    consecutive_failures = fields.IntField(default=0)
    failing_since = fields.DatetimeField(null=True, description="The first failure after the last success")
    paused_until = fields.DatetimeField(null=True, description="Until then nothing is sent")
    created_at = fields.DatetimeField()
    created_by_kind = fields.CharField(max_length=16)
    created_by_id = fields.UUIDField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_endpoint"


class WebhookMessage(Model):
    """What happened, in the bytes that every endpoint is sent at every attempt."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    type = fields.CharField(max_length=100)
    body = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "webhook_message"


class WebhookDelivery(Model):
    """One message to one endpoint."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    endpoint_id = fields.UUIDField()
    message_id = fields.UUIDField()
    event_type = fields.CharField(max_length=100)
    state = fields.CharField(max_length=16)
    seq = fields.BigIntField(description="Grows by one with every change")
    attempts = fields.IntField(description="Ever begun")
    tries = fields.IntField(description="Begun since it was made or last redelivered")
    due_at = fields.DatetimeField(
        description="When it may be taken: its next attempt, or the end of its lease"
    )
    retry_until = fields.DatetimeField(description="No attempt begins after this but the one that is due")
    lease_token = fields.UUIDField(null=True)
    last_status = fields.SmallIntField(null=True)
    last_error = fields.CharField(max_length=32, null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_delivery"


class WebhookAttempt(Model):
    """One try at a delivery. Primary key (delivery_id, number)."""

    delivery_id = fields.UUIDField(primary_key=True)
    number = fields.IntField()
    org_id = fields.UUIDField()
    at = fields.DatetimeField()
    latency_ms = fields.IntField()
    status = fields.SmallIntField(null=True)
    error_code = fields.CharField(max_length=32, null=True)
    error_message = fields.TextField(null=True)
    body = fields.TextField(description="The first 2 KB of the answer")

    class Meta:
        table = "webhook_attempt"
