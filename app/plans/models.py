"""The table of plans."""

from tortoise import fields
from tortoise.models import Model


class Plan(Model):
    """One version of what LaunchKit sells to orgs. Primary key (code, version); a version is never changed."""

    code = fields.CharField(max_length=32, primary_key=True)
    version = fields.IntField()
    name = fields.CharField(max_length=64)
    price_minor = fields.BigIntField(null=True, description="A month, in minor units; null: by contract")
    currency = fields.CharField(max_length=3)
    included_tokens = fields.BigIntField(null=True)
    overage_per_1k = fields.DecimalField(
        max_digits=24, decimal_places=12, null=True, description="null: a hard limit"
    )
    seats = fields.IntField(null=True)
    api_keys = fields.IntField(null=True)
    requests_per_minute = fields.IntField()
    has_streaming = fields.BooleanField()
    effective_from = fields.DatetimeField()
    concurrent_jobs = fields.IntField(default=10, description="With the workers at a time")
    job_retention_days = fields.IntField(default=7, description="Of what went in and came out")

    class Meta:
        table = "plan"
