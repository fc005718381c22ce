"""Tables of prices. Drafts may change; what was published is immutable (a trigger refuses it)."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class BurnTable(Model):
    """How many credits usage burns, in versions. `audience_ref` is a tier or a customer's external id, or empty."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    name = fields.CharField(max_length=200)
    audience_kind = fields.CharField(max_length=16)
    audience_ref = fields.CharField(max_length=255)
    version = fields.IntField()
    status = fields.CharField(max_length=16)
    effective_from = fields.DatetimeField(null=True)
    effective_to = fields.DatetimeField(null=True)
    credit_price_usd = fields.DecimalField(
        max_digits=24,
        decimal_places=12,
        null=True,
        description="What one credit sells for; without it, no margin",
    )
    created_at = fields.DatetimeField()
    published_at = fields.DatetimeField(null=True)

    class Meta:
        table = "burn_table"
        unique_together = (("org_id", "audience_kind", "audience_ref", "version"),)


class BurnRule(Model):
    id = fields.UUIDField(primary_key=True)
    burn_table_id = fields.UUIDField()
    position = fields.SmallIntField()
    provider = fields.CharField(max_length=64, description="* for any")
    model = fields.CharField(max_length=128, description="A name, a prefix with a final *, or *")
    unit = fields.CharField(max_length=64, description="A kind of token, images, or a custom unit")
    image_size = fields.CharField(max_length=32, null=True)
    image_quality = fields.CharField(max_length=32, null=True)
    credits = fields.DecimalField(max_digits=24, decimal_places=12)
    per = fields.DecimalField(max_digits=24, decimal_places=12)
    tiers: fields.Field[list[dict[str, Any]] | None] = fields.JSONField(null=True)

    class Meta:
        table = "burn_rule"
        indexes = (("burn_table_id", "position"),)


class ProviderPrice(Model):
    """An org's own price of a model, instead of the list's. `prices`: lines of unit, USD and what that is for."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    provider = fields.CharField(max_length=64)
    model = fields.CharField(max_length=128)
    prices = fields.JSONField[dict[str, Any]]()
    effective_from = fields.DatetimeField()
    effective_to = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "provider_price"
        indexes = (("org_id", "provider", "model"),)
