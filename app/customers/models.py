"""The table of an org's own customers."""

from tortoise import fields
from tortoise.models import Model


class Customer(Model):
    """Unique by (org, external id): the id that the org itself uses, and that its events carry."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    external_id = fields.CharField(max_length=255)
    name = fields.CharField(max_length=200, null=True)
    tier = fields.CharField(max_length=64, null=True, description="Chooses burn table and entitlements")
    team = fields.CharField(
        max_length=255, null=True, description="Whose wallet it draws from, instead of its own"
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "customer"
        unique_together = (("org_id", "external_id"),)
        indexes = (("org_id", "id"),)
