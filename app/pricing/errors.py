"""What can go wrong with prices."""

from app.core.errors import Kind, LaunchKitError


class BurnTableNotFound(LaunchKitError):
    kind = Kind.NOT_FOUND
    code = "burn_table_not_found"
    title = "There is no such burn table, or it is not yours."


class BurnTablePublished(LaunchKitError):
    kind = Kind.CONFLICT
    code = "burn_table_published"
    title = "A published burn table is not changed: make a new draft, and publish that."


class BurnTableOverlap(LaunchKitError):
    """`other` is a published version for the same audience that is in force in a part of the same time."""

    kind = Kind.CONFLICT
    code = "burn_table_overlap"
    title = (
        "Another burn table is in force at that time for the same audience; name another `effective_from`."
    )

    def __init__(self, other: str | None = None) -> None:
        super().__init__(other and f"{other} is in force then for the same audience; name another time.")
        self.other = other


class BurnTableEmpty(LaunchKitError):
    kind = Kind.CONFLICT
    code = "burn_table_empty"
    title = "A burn table without rules would leave all usage unrated: add a rule before you publish it."


class ProviderPriceNotFound(LaunchKitError):
    kind = Kind.NOT_FOUND
    code = "provider_price_not_found"
    title = "There is no such price, or it is not yours."


class ProviderPriceOverlap(LaunchKitError):
    kind = Kind.CONFLICT
    code = "provider_price_overlap"
    title = "Another price of this model is in force at that time; end that first, or name another time."

    def __init__(self, other: str | None = None) -> None:
        super().__init__(other and f"The price {other} of this model is in force then; name another time.")
        self.other = other


class ProviderPriceEnded(LaunchKitError):
    kind = Kind.CONFLICT
    code = "provider_price_ended"
    title = "This price has an end already, which is not changed."
