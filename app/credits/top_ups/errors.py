"""What can go wrong with auto top-up."""

from app.core.errors import Kind, LaunchKitError, NotFound


class PaymentsNotConfigured(LaunchKitError):
    kind = Kind.CONFLICT
    code = "payments_not_configured"
    title = "This installation takes no payments: set STRIPE_SECRET_KEY, and start it again."


class AutoTopUpNotFound(NotFound):
    code = "auto_top_up_not_found"
    title = "This wallet is not topped up by itself."


class PaymentMethodNotFound(NotFound):
    """Also of another org's: whose a method is stands in the metadata of its Stripe customer."""

    code = "payment_method_not_found"
    title = (
        "There is no such payment method of yours: attach it to a Stripe customer whose metadata says "
        "launchkit_org=org_…."
    )
