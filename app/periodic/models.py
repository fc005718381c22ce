"""The table of periodic work."""

from tortoise import fields
from tortoise.models import Model


class PeriodicRow(Model):
    """One piece of periodic work: when it is due next, and how its last run went."""

    name = fields.CharField(max_length=100, primary_key=True)
    schedule = fields.CharField(max_length=100)
    next_run_at = fields.DatetimeField()
    last_run_at = fields.DatetimeField(null=True, description="The due time that was fired last")
    running_for = fields.DatetimeField(null=True, description="The due time that a worker is at")
    running_until = fields.DatetimeField(null=True, description="Its time limit: then it is anybody's again")
    done_for = fields.DatetimeField(null=True, description="The last due time that was worked off")
    error = fields.TextField(null=True, description="How the last run failed")

    class Meta:
        table = "periodic_task"
