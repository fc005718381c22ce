"""Which models a credential may use: a list of names, or of prefixes that end in `*`.

A name is compared as the request writes it. So `gpt-4o*` does not allow `openai/gpt-4o`: a list can only refuse
too much, never let through another provider's model of a similar name.
"""

from collections.abc import Iterable

from app.core.errors import Forbidden

_ANYTHING = "*"


class ModelNotAllowed(Forbidden):
    code = "model_not_allowed"
    title = "The API key may not use this model."


def allows(patterns: Iterable[str], model: str) -> bool:
    return any(_matches(pattern, model) for pattern in patterns)


def covers(patterns: Iterable[str], wanted: str) -> bool:
    """Whether every model that the pattern `wanted` allows is allowed by one of `patterns`."""
    if not wanted.endswith(_ANYTHING):
        return allows(patterns, wanted)
    prefix = wanted.removesuffix(_ANYTHING)
    return any(p.endswith(_ANYTHING) and prefix.startswith(p.removesuffix(_ANYTHING)) for p in patterns)


def _matches(pattern: str, model: str) -> bool:
    if pattern.endswith(_ANYTHING):
        return model.startswith(pattern.removesuffix(_ANYTHING))
    return model == pattern
