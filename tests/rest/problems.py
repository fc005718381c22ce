"""What every refusal looks like (RFC 9457)."""

from collections.abc import Iterable
from typing import Any

import aiohttp

# What a refusal for want of credit says besides (402).
MEMBERS = {"scope", "resets_at", "available", "needed"}
FIELDS = {"type", "title", "status", "code", "detail", "request_id", "errors"}


async def problem(
    answer: aiohttp.ClientResponse, status: int, code: str, *, members: Iterable[str] = ()
) -> dict[str, Any]:
    """The body of a refusal, which must be of the form that the API promises."""
    body: dict[str, Any] = await answer.json(content_type="application/problem+json")
    assert (answer.status, body["status"], body["code"]) == (status, status, code), body
    assert set(body) == FIELDS | set(members)
    assert body["type"] == f"urn:launchkit:problem:{code}"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == answer.headers["X-Request-Id"]
    for error in body["errors"]:
        assert set(error) == {"field", "code", "message"}
        assert all(error.values())
    return body


def fields(body: dict[str, Any]) -> set[tuple[str, str]]:
    return {(error["field"], error["code"]) for error in body["errors"]}
