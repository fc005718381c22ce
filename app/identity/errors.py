"""What can go wrong with people and orgs."""

from app.core.errors import Kind, LaunchKitError


class EmailTaken(LaunchKitError):
    """Never shown to who asks: it would tell who has an account."""

    kind = Kind.CONFLICT
    code = "email_taken"
    title = "This e-mail address belongs to an account."
