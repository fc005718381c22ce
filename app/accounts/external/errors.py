"""What can go wrong with being known elsewhere."""

from app.core.errors import Kind, LaunchKitError, NotFound, Unauthenticated


class UnknownProvider(NotFound):
    code = "unknown_provider"
    title = "There is no identity provider of this name; the query `identityProviders` lists them."


class AttemptInvalid(Unauthenticated):
    """Never started here, started elsewhere, too long ago, or over already."""

    code = "attempt_invalid"
    title = "This sign-in was not started in this browser, or too long ago; start again."


class SignInDenied(Unauthenticated):
    """The person, or the provider, said no."""

    code = "sign_in_denied"
    title = "The identity provider did not sign you in; start again to try once more."


class IdTokenInvalid(Unauthenticated):
    code = "id_token_invalid"
    title = "What the identity provider said could not be verified; start again."


class EmailMissing(Unauthenticated):
    """An account needs an address, and this would be a new one."""

    code = "email_missing"
    title = "The identity provider told no e-mail address: let it release one (the claim `email`), then start again."


class AccountExists(LaunchKitError):
    """Whoever has the identity has not proved to have the account: see decision 15."""

    kind = Kind.CONFLICT
    code = "account_exists"
    title = "There is an account with this e-mail address: sign in to it, then link this identity."


class IdentityUnlinked(LaunchKitError):
    """Its person took it away: an equal address does not bring it back."""

    kind = Kind.CONFLICT
    code = "identity_unlinked"
    title = "This identity was unlinked from its account: sign in another way, then link it again."


class IdentityTaken(LaunchKitError):
    kind = Kind.CONFLICT
    code = "identity_taken"
    title = "This identity is linked to another account; unlink it there first."


class LastSignInMethod(LaunchKitError):
    kind = Kind.CONFLICT
    code = "last_sign_in_method"
    title = "Nothing else lets you sign in: set a password or link another identity first."
