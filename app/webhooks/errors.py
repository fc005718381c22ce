"""What can go wrong with webhooks."""

from app.core.errors import Kind, LaunchKitError, NotFound
from app.limits.errors import Exhausted


class EndpointNotFound(NotFound):
    code = "webhook_endpoint_not_found"
    title = "There is no such webhook endpoint, or it is not yours."


class DeliveryNotFound(NotFound):
    code = "webhook_delivery_not_found"
    title = "There is no such webhook delivery, or it is not yours."


class MessageNotFound(NotFound):
    code = "webhook_message_not_found"
    title = "There is no such webhook message, or it is not yours."


class EndpointLimitReached(Exhausted):
    code = "webhook_endpoint_limit_reached"
    title = "The org has as many webhook endpoints as it may have; delete one."


class EndpointDisabled(LaunchKitError):
    kind = Kind.CONFLICT
    code = "webhook_endpoint_disabled"
    title = "The endpoint is disabled; enable it first."


class DeliveryUnderWay(LaunchKitError):
    kind = Kind.CONFLICT
    code = "webhook_delivery_under_way"
    title = "This delivery is being sent at this moment; wait for how it ends."
