"""Failures in GraphQL: typed problems in a mutation's result, the rest as top-level errors with a code.

What a user can cause and mend (invalid input, conflict, limit, missing things) is data. Authentication,
authorisation, outages and faults of ours are errors with `extensions.code` and `extensions.requestId`.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import strawberry
from graphql import GraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from app.core.errors import Kind, LaunchKitError
from app.infra import telemetry
from app.limits.errors import RateLimited
from app.web.errors import INTERNAL_CODE, INTERNAL_DETAIL, of_exception
from schema.core import naming
from schema.core.context import Context

log = telemetry.logger(__name__)

# `… to include required field 'email', found: {'password': …}.`, `… Did you mean 'email'? Found: {…}.`
_REFUSED_INPUT = re.compile(r"(?:[,;] found|(\?) Found): .*", re.DOTALL)
_REFUSED_TEXT = re.compile(r"(String cannot represent a non string value): .*", re.DOTALL)


@strawberry.interface(description="Why a mutation did nothing.")
class Problem:
    code: str = strawberry.field(description="Stable: what programs should look at.")
    message: str = strawberry.field(description="For people.")


@strawberry.type(description="One thing wrong with one field of the input.")
class FieldProblem:
    field: str = strawberry.field(description="Dotted path of the field.")
    code: str = strawberry.field(description="Stable code of what is wrong.")
    message: str = strawberry.field(description="What is wrong, and the mend.")


@strawberry.type(description="Fields are wrong; each is named.")
class InvalidInput(Problem):
    errors: list[FieldProblem] = strawberry.field(description="Every wrong field at once.")


@strawberry.type(description="In conflict with the present state or with another request.")
class Conflict(Problem):
    retry_after_seconds: float | None = strawberry.field(description="When trying again makes sense.")


@strawberry.type(description="Whose credit or limit something is.")
class LimitScope:
    kind: str = strawberry.field(
        description="`wallet`, `plan`, `entitlement`, `api_key`, `user`, `team` or `customer`."
    )
    id: strawberry.ID = strawberry.field(description="Its id: ours of a wallet or an API key, else your own.")


@strawberry.type(description="A limit was reached.")
class LimitReached(Problem):
    retry_after_seconds: float | None = strawberry.field(description="When trying again makes sense.")
    scope: LimitScope | None = strawberry.field(
        description="Whose limit; null where it is of nothing that is used up."
    )
    resets_at: datetime | None = strawberry.field(
        description="When it begins anew; null where it never does."
    )
    available: Decimal | None = strawberry.field(description="What is left.")
    needed: Decimal | None = strawberry.field(description="What it takes.")


@strawberry.type(description="What the input names does not exist, or is not yours.")
class Missing(Problem):
    pass


@strawberry.type(description="The e-mail address or the password is wrong.")
class WrongCredentials(Problem):
    pass


@strawberry.type(description="The password is right; send it again together with a code.")
class SecondFactorRequired(Problem):
    pass


AnyProblem = InvalidInput | Conflict | LimitReached | Missing


def problem(error: LaunchKitError) -> AnyProblem:
    """The typed problem for `error`; raises it where it is not the user's to mend in the input.

    Rate limits are raised too: they are about how often is asked, whatever it is.
    """
    if isinstance(error, RateLimited):
        raise error
    match error.kind:
        case Kind.INVALID:
            named, sentence = naming.told(error)
            fields = [FieldProblem(field=e.field, code=e.code, message=e.message) for e in named]
            return InvalidInput(code=error.code, message=sentence, errors=fields)
        case Kind.CONFLICT:
            return Conflict(code=error.code, message=error.detail, retry_after_seconds=error.retry_after)
        case Kind.LIMIT:
            return _limit_reached(error)
        case Kind.NOT_FOUND:
            return Missing(code=error.code, message=error.detail)
        case _:
            raise error


def _limit_reached(error: LaunchKitError) -> LimitReached:
    """With what REST tells beside the code."""
    told = error.members
    scope, available, needed = (told.get(name) for name in ("scope", "available", "needed"))
    return LimitReached(
        code=error.code,
        message=error.detail,
        retry_after_seconds=error.retry_after,
        scope=None if scope is None else LimitScope(kind=scope["kind"], id=strawberry.ID(scope["id"])),
        resets_at=told.get("resets_at"),
        available=None if available is None else Decimal(available),
        needed=None if needed is None else Decimal(needed),
    )


def publish(errors: Sequence[GraphQLError], context: Context) -> list[GraphQLError]:
    """The errors as clients see them: each with its code and request id, those that nobody expected masked."""
    told = [public(error, context.request_id) for error in errors]
    if not context.services.settings.graphql_introspection:
        for error in told:
            # The library's guesses would tell the names that introspection hides.
            error.message = error.message.partition(" Did you mean")[0]
    return told


def public(error: GraphQLError, request_id: str) -> GraphQLError:
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    if original is None or isinstance(original, GraphQLError):
        code = (error.extensions or {}).get("code", "bad_request")
        return coded(error, _without_values(error.message), code, request_id)
    if isinstance(original, CannotGetOperationTypeError):
        return coded(error, unknown_operation(original), "operation_unknown", request_id)
    if isinstance(original, InvalidOperationTypeError):
        sentence = f"A {original.operation_type.value} cannot be sent here."
        return coded(error, sentence, "operation_not_allowed", request_id)
    expected = of_exception(original)
    if expected is not None:
        return coded(error, naming.told(expected).sentence, expected.code, request_id)
    if isinstance(original, (ValueError, TypeError)) and error.path is None:
        # A variable or literal that a scalar refused, before anything ran.
        return coded(error, _without_values(error.message), "bad_request", request_id)
    log.error("graphql.unexpected_error", exc_info=original)
    return coded(error, INTERNAL_DETAIL, INTERNAL_CODE, request_id)


def _without_values(message: str) -> str:
    """The library repeats the text or the whole input that it refuses, and with it passwords and keys."""
    return _REFUSED_TEXT.sub(r"\1.", _REFUSED_INPUT.sub(lambda found: found[1] or ".", message))


def unknown_operation(error: CannotGetOperationTypeError) -> str:
    if error.operation_name is None:
        return "The document has no operation: add a query, a mutation or a subscription."
    return f"The document has no operation named {error.operation_name!r}."


def coded(error: GraphQLError, message: str, code: str, request_id: str) -> GraphQLError:
    extensions = {**(error.extensions or {}), "code": code, "requestId": request_id}
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
