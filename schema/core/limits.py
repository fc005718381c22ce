"""What a document may ask for, checked before anything runs.

The rules are made once: a rule made per request is a new key for the validation cache, which then never hits.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from graphql import GraphQLError
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, ParserCache, ValidationCache
from strawberry.extensions.max_aliases import create_validator as alias_validator
from strawberry.extensions.query_depth_limiter import create_validator as depth_validator

from schema.core.errors import PublicErrors

# Every connection takes two levels; GraphiQL's introspection needs 13.
MAX_DEPTH = 15
MAX_ALIASES = 15
MAX_TOKENS = 2_000

_RULES: list[Any] = [depth_validator(MAX_DEPTH, None), alias_validator(MAX_ALIASES)]


class CachedParser(ParserCache):
    """Leaves a syntax error to the executor: over a WebSocket the cache's own error would never be sent."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        try:
            context.graphql_document = self.cached_parse_document(context.query, **context.parse_options)
        except GraphQLError:
            context.graphql_document = None
        yield


def extensions() -> Sequence[Callable[[], Any]]:
    """In order; the last one is innermost."""
    return [
        PublicErrors,
        lambda: MaxTokensLimiter(MAX_TOKENS),
        CachedParser,
        ValidationCache,
        lambda: AddValidationRules(_RULES),
    ]
