"""Tables of features, entitlements and flags."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class Feature(Model):
    """What an org sells to its customers. Unique by (org, key)."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    key = fields.CharField(max_length=255)
    name = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()

    class Meta:
        table = "feature"
        unique_together = (("org_id", "key"),)


class Entitlement(Model):
    """What an audience may do with a feature. Unique by (org, audience, feature)."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    audience_kind = fields.CharField(max_length=16)
    audience_ref = fields.CharField(max_length=255)
    feature_key = fields.CharField(max_length=255)
    is_enabled = fields.BooleanField()
    unit = fields.CharField(max_length=16, null=True)
    amount = fields.DecimalField(max_digits=24, decimal_places=12, null=True)
    period = fields.CharField(max_length=8, null=True)
    is_hard = fields.BooleanField(default=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "entitlement"
        unique_together = (("org_id", "audience_kind", "audience_ref", "feature_key"),)


class EntitlementUsage(Model):
    """What a customer reserved of a limited feature in a period. Unique by all but `id`, `held` and `settled`.

    `held` is of holds that are open, `settled` of those that were settled; in the unit of the limit.
    """

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    environment = fields.CharField(max_length=8)
    customer_id = fields.CharField(
        max_length=255, description="The org's own id for it; empty: of no customer"
    )
    feature_key = fields.CharField(max_length=255)
    unit = fields.CharField(max_length=16)
    starts_at = fields.DatetimeField()
    held = fields.DecimalField(max_digits=30, decimal_places=12, default=0)
    settled = fields.DecimalField(max_digits=30, decimal_places=12, default=0)

    class Meta:
        table = "entitlement_usage"
        unique_together = (("org_id", "environment", "customer_id", "feature_key", "unit", "starts_at"),)


class FeatureFlag(Model):
    """Of the whole installation."""

    key = fields.CharField(max_length=64, primary_key=True)
    description = fields.CharField(max_length=255)
    plans = ArrayField(element_type="text", null=True, description="Only on these plans")
    percentage = fields.SmallIntField(description="Of the orgs, by a stable hash of key and org")
    updated_at = fields.DatetimeField()

    class Meta:
        table = "feature_flag"


class FeatureFlagOverride(Model):
    """Primary key (flag_key, org_id)."""

    flag_key = fields.CharField(max_length=64, primary_key=True)
    org_id = fields.UUIDField()
    is_enabled = fields.BooleanField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "feature_flag_override"


class ThresholdCrossing(Model):
    """A share of a limit that was reached in a period, told once. Primary key (org, scope, period, percent)."""

    scope = fields.CharField(max_length=600, primary_key=True)
    org_id = fields.UUIDField()
    starts_at = fields.DatetimeField()
    percent = fields.SmallIntField()
    at = fields.DatetimeField()

    class Meta:
        table = "threshold_crossing"
