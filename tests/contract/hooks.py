"""What schemathesis does with each request before it is sent."""

import itertools
from typing import Any

import schemathesis

_numbers = itertools.count()
_MAX_KEY = 255


@schemathesis.hook
def before_call(
    context: schemathesis.HookContext, case: "schemathesis.Case[Any]", kwargs: dict[str, Any]
) -> None:
    """A good idempotency key is used once: with another body it would rightly be refused."""
    phase = case.meta.phase.data if case.meta is not None else None
    if getattr(phase, "parameter", None) == "Authorization":
        # Left out on purpose: headers that are changed here would have it again.
        return
    headers: Any = case.headers or {}
    key = headers.get("Idempotency-Key")
    if isinstance(key, str) and 1 <= len(key) <= _MAX_KEY:
        mark = f"{next(_numbers):08}"
        headers["Idempotency-Key"] = (mark + key)[: max(len(key), len(mark))]
