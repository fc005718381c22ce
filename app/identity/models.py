"""Tables of people, orgs, memberships and workspaces."""

from tortoise import fields
from tortoise.models import Model


class User(Model):
    id = fields.UUIDField(primary_key=True)
    email = fields.CharField(max_length=254, description="As typed; unique without regard to case")
    name = fields.CharField(max_length=200)
    password_hash = fields.TextField(null=True, description="argon2id, PHC string")
    created_at = fields.DatetimeField()
    email_verified_at = fields.DatetimeField(null=True)

    class Meta:
        table = "user_account"


class Org(Model):
    id = fields.UUIDField(primary_key=True)
    name = fields.CharField(max_length=200)
    slug = fields.CharField(max_length=63, unique=True)
    plan = fields.CharField(max_length=32, default="FREE")
    plan_version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    requests_per_minute = fields.IntField(null=True, description="Agreed with this org instead of the plan's")
    deletion_due_at = fields.DatetimeField(null=True, description="Set while it may still be undone")
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "org"


class Membership(Model):
    id = fields.UUIDField(primary_key=True)
    org: fields.ForeignKeyRelation[Org] = fields.ForeignKeyField(
        "models.Org", related_name="memberships", on_delete=fields.RESTRICT
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="memberships", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=16)
    created_at = fields.DatetimeField()

    class Meta:
        table = "membership"
        unique_together = (("org", "user"),)
        indexes = (("user_id",),)


class Workspace(Model):
    id = fields.UUIDField(primary_key=True)
    org: fields.ForeignKeyRelation[Org] = fields.ForeignKeyField(
        "models.Org", related_name="workspaces", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=200)
    kind = fields.CharField(max_length=8, description="live or test")
    created_at = fields.DatetimeField()

    class Meta:
        table = "workspace"
        unique_together = (("org", "name"),)
