"""Tables of re-ratings; their primary keys and defaults are in the migration."""

from tortoise import fields
from tortoise.models import Model


class Rerating(Model):
    """A range of usage that is rated anew, or would be (a dry run). The cursor is the last event looked at."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    is_dry_run = fields.BooleanField()
    from_at = fields.DatetimeField()
    to_at = fields.DatetimeField()
    state = fields.CharField(max_length=16)
    cursor_at = fields.DatetimeField()
    cursor_id = fields.UUIDField()
    seen = fields.BigIntField(default=0)
    created_by_kind = fields.CharField(max_length=16)
    created_by_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "rerating"
        indexes = (("org_id", "id"),)


class ReratingCustomer(Model):
    """What it changes for a customer ('': usage of nobody's). Primary key (rerating_id, customer_id)."""

    rerating_id = fields.UUIDField(primary_key=True)
    customer_id = fields.CharField(max_length=255)
    events = fields.BigIntField()
    credits_before = fields.DecimalField(max_digits=30, decimal_places=12)
    credits_after = fields.DecimalField(max_digits=30, decimal_places=12)
    cost_before = fields.DecimalField(max_digits=30, decimal_places=12)
    cost_after = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_before = fields.DecimalField(max_digits=30, decimal_places=12)
    revenue_after = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "rerating_customer"
