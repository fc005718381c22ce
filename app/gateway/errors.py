"""What can go wrong between a client and an upstream."""

from app.core.errors import InvalidInput, Kind, LaunchKitError, NotFound, Unavailable


class MalformedRequest(InvalidInput):
    code = "invalid_request"
    title = "The request cannot be read."


class ModelNotFound(NotFound):
    code = "model_not_found"
    title = "There is no upstream for this model."


class ModelNotPriced(LaunchKitError):
    """Nobody knows what it would cost, so nothing can be held for it: it is neither free nor guessed."""

    kind = Kind.INVALID
    code = "model_not_priced"
    title = "No burn rule says what this model costs: publish one, or use a model that has a price."


class UpstreamUnauthorised(Unavailable):
    """The operator's to mend, or the org's where the upstream is its own: never a matter of the client's key."""

    code = "upstream_unauthorised"
    title = "The model provider refused the credentials that LaunchKit has for it."


class UpstreamRedirected(Unavailable):
    """It is not followed: that would carry the key to wherever it leads."""

    code = "upstream_redirected"
    title = "The model provider's address redirects; its base URL has to be the one that it leads to."


class TooManyCalls(Unavailable):
    code = "too_many_calls"
    title = "More calls are waiting than can be admitted soon; try again in a moment."


class UpstreamNotFound(NotFound):
    code = "upstream_not_found"
    title = "There is no such upstream."


class UpstreamExists(LaunchKitError):
    kind = Kind.CONFLICT
    code = "upstream_exists"
    title = "There is an upstream of this name already."


class SecretUnreadable(LaunchKitError):
    kind = Kind.UNAVAILABLE
    code = "upstream_secret_unreadable"
    title = "The upstream's key cannot be read: LAUNCHKIT_SECRET_KEY was changed; set the key again."


class PolicyNotFound(NotFound):
    code = "routing_policy_not_found"
    title = "There is no such routing policy."


class TooManyPolicies(LaunchKitError):
    kind = Kind.CONFLICT
    code = "too_many_routing_policies"
    title = "The org has as many routing policies as it can have: remove one first."


class NoModelSuits(LaunchKitError):
    kind = Kind.INVALID
    code = "no_model_suits"
    title = "No model of the routing policy can do what the request asks for."


class TraceNotFound(NotFound):
    code = "trace_not_found"
    title = "There is no trace of such a request: it may be too old, or still under way."
