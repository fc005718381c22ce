"""Which media type an answer has, by the `Accept` of the request."""

from functools import lru_cache

RESPONSE = "application/graphql-response+json"
# What clients older than the specification expect: every well-formed request answers 200.
LEGACY = "application/json"

_SPECIFICITY = {RESPONSE: 3, LEGACY: 2, "application/*": 1, "*/*": 0}


@lru_cache(maxsize=256)
def media_type(accept: str) -> str | None:
    """The media type to answer with; None when nothing that is acceptable can be made.

    A wildcard, or no header at all, means `application/json`, as the specification advises for older clients.
    Between the two by name the higher weight decides, then the newer one.
    """
    if not accept.strip():
        return LEGACY
    weights = _weights(accept)
    found = max(
        ((weight, _SPECIFICITY[kind], kind) for kind, weight in weights.items() if weight > 0),
        default=None,
    )
    if found is None:
        return None
    if found[2] != RESPONSE and weights.get(LEGACY) == 0:
        return RESPONSE if weights.get(RESPONSE) != 0 else None
    return RESPONSE if found[2] == RESPONSE else LEGACY


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for entry in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        if kind in _SPECIFICITY:
            weights[kind] = max(_weight(parameters), weights.get(kind, 0.0))
    return weights


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
