"""Job tables."""

from tortoise import fields
from tortoise.models import Model


class Job(Model):
    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    workspace_id = fields.UUIDField()
    kind = fields.CharField(max_length=64)
    state = fields.CharField(max_length=16)
    seq = fields.BigIntField(description="Grows by one with every change that a subscriber may see")
    attempt = fields.SmallIntField(default=0)
    max_attempts = fields.SmallIntField()
    losses = fields.SmallIntField(default=0, description="Workers lost while they ran it")
    progress = fields.SmallIntField(default=0, description="Percent")
    input = fields.JSONField[dict[str, object]]()
    estimated_tokens = fields.BigIntField()
    customer_id = fields.CharField(max_length=255, null=True)
    created_by_kind = fields.CharField(max_length=16)
    created_by_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    run_at = fields.DatetimeField()
    queued_at = fields.DatetimeField(null=True)
    started_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    lease_token = fields.UUIDField(null=True, description="Held by the worker that may write")
    lease_expires_at = fields.DatetimeField(null=True)
    result = fields.JSONField[dict[str, object]](null=True)
    error_code = fields.CharField(max_length=64, null=True)
    error_message = fields.TextField(null=True)
    provider = fields.CharField(max_length=64, null=True)
    model = fields.CharField(max_length=128, null=True)
    input_tokens = fields.BigIntField(default=0)
    output_tokens = fields.BigIntField(default=0)
    credits = fields.DecimalField(max_digits=24, decimal_places=12, default=0)
    cost_usd = fields.DecimalField(max_digits=24, decimal_places=12, null=True)

    priority = fields.SmallIntField(default=1, description="0 low, 1 normal, 2 high")
    expires_at = fields.DatetimeField(null=True, description="When it is not begun any more")
    cancel_deadline = fields.DatetimeField(null=True, description="Until when it may stop by itself")
    slot = fields.SmallIntField(null=True, description="The org's slot that it has, or had last")
    hold_id = fields.UUIDField(null=True)
    estimated_credits = fields.DecimalField(max_digits=24, decimal_places=12, null=True)
    retry_of = fields.UUIDField(null=True)
    retried_by = fields.UUIDField(null=True)
    keep_days = fields.IntField(
        default=30, description="How long its input and result are kept after its end"
    )
    noted = fields.JSONField[list[object]](null=True, description="Calls of the attempt under way")
    purged_at = fields.DatetimeField(null=True, description="When they were deleted")

    class Meta:
        table = "job"
        indexes = (("org_id", "id"), ("workspace_id", "id"), ("org_id", "state", "id"))


class JobEvent(Model):
    """One row per `seq` of a job: what a subscriber resumes from. Primary key (job_id, seq)."""

    job_id = fields.UUIDField(primary_key=True)
    seq = fields.BigIntField()
    kind = fields.CharField(max_length=8, description="state or progress")
    state = fields.CharField(max_length=16)
    attempt = fields.SmallIntField()
    progress = fields.SmallIntField()
    output_offset = fields.IntField(default=0)
    output_delta = fields.TextField(default="")
    at = fields.DatetimeField()
    org_id = fields.UUIDField(null=True, description="Of states, given by a trigger")
    transaction_id = fields.BigIntField(null=True, description="That wrote the state, given by a trigger")

    class Meta:
        table = "job_event"


class JobSlot(Model):
    """One of the places that an org has with the workers. Primary key (org_id, n)."""

    org_id = fields.UUIDField(primary_key=True)
    n = fields.SmallIntField()
    job_id = fields.UUIDField(null=True, description="null: free")

    class Meta:
        table = "job_slot"


class JobItem(Model):
    """What one input of a batch came to. Primary key (job_id, index)."""

    job_id = fields.UUIDField(primary_key=True)
    index = fields.IntField()
    org_id = fields.UUIDField()
    state = fields.CharField(max_length=16)
    result = fields.JSONField[dict[str, object]](null=True)
    error_code = fields.CharField(max_length=64, null=True)
    error_message = fields.TextField(null=True)
    calls = fields.JSONField[list[object]]()
    input_tokens = fields.BigIntField()
    output_tokens = fields.BigIntField()
    at = fields.DatetimeField()

    class Meta:
        table = "job_item"
