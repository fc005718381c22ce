"""Tables of how people prove who they are: sessions, second factors, identities elsewhere."""

from tortoise import fields
from tortoise.models import Model


class UserSession(Model):
    id = fields.UUIDField(primary_key=True)
    user_id = fields.UUIDField()
    method = fields.CharField(max_length=255, description="password, or the issuer of an external identity")
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField(description="When it was begun or last refreshed")
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    ip = fields.CharField(max_length=45, null=True)
    user_agent = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "user_session"
        indexes = (("user_id", "id"), ("expires_at",))


class RefreshToken(Model):
    """Of one session, in a row: each is used once, for the next."""

    digest = fields.BinaryField(primary_key=True)
    session_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refresh_token"
        indexes = (("session_id",),)


class OneTimeToken(Model):
    """What a mail lets its reader do. The token is its id and a signature: none is stored."""

    id = fields.UUIDField(primary_key=True)
    user_id = fields.UUIDField()
    purpose = fields.CharField(max_length=16)
    email = fields.CharField(max_length=254, description="Where it was sent")
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "one_time_token"
        indexes = (("user_id",), ("expires_at",))


class Totp(Model):
    user_id = fields.UUIDField(primary_key=True)
    secret = fields.BinaryField(description="Encrypted under the installation's key")
    created_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)
    last_step = fields.BigIntField(
        default=0, description="Of the newest code that was accepted: none passes twice"
    )

    class Meta:
        table = "totp"


class RecoveryCode(Model):
    digest = fields.BinaryField(primary_key=True)
    user_id = fields.UUIDField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recovery_code"
        indexes = (("user_id",),)


class ExternalIdentity(Model):
    id = fields.UUIDField(primary_key=True)
    user_id = fields.UUIDField()
    issuer = fields.CharField(max_length=255)
    subject = fields.CharField(max_length=255)
    email = fields.CharField(max_length=254, null=True)
    created_at = fields.DatetimeField()
    unlinked_at = fields.DatetimeField(
        null=True,
        description="It lets nobody in; the row stays, so that nothing but its person links it again",
    )

    class Meta:
        table = "external_identity"
        unique_together = (("issuer", "subject"),)
        indexes = (("user_id",),)
