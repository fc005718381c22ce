"""The outbox table."""

from tortoise import fields
from tortoise.models import Model


class OutboxMessage(Model):
    """A message that a committed write promised. A row is there until the message has done its work."""

    id = fields.UUIDField(primary_key=True)
    kind = fields.CharField(max_length=8, description="task: until the actor is done; event: until published")
    name = fields.CharField(max_length=100, description="The actor, or the event")
    payload = fields.JSONField[dict[str, object]]()
    trace = fields.CharField(max_length=64, null=True, description="W3C traceparent of the write")
    created_at = fields.DatetimeField()
    available_at = fields.DatetimeField(description="When the relay may send it (again)")
    attempts = fields.SmallIntField(default=0)

    class Meta:
        table = "outbox_message"
        indexes = (("available_at",),)
