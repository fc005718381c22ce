"""The table of invitations."""

from tortoise import fields
from tortoise.models import Model


class Invitation(Model):
    """Open until it is accepted, revoked or expired. Its token is its id and a signature: none is stored."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    email = fields.CharField(max_length=254)
    role = fields.CharField(max_length=16)
    invited_by_kind = fields.CharField(max_length=16)
    invited_by_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    accepted_at = fields.DatetimeField(null=True)
    accepted_by = fields.UUIDField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "invitation"
        indexes = (("org_id", "id"),)
