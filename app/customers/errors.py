"""What can go wrong with customers."""

from app.core.errors import Kind, LaunchKitError, NotFound


class CustomerNotFound(NotFound):
    code = "customer_not_found"
    title = "There is no such customer."


class CustomerExists(LaunchKitError):
    kind = Kind.CONFLICT
    code = "customer_exists"
    title = "There is a customer with this id already: change that one."
