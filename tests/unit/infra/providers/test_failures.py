import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.inference import (
    ProviderError,
    ProviderProtocolError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderTimeout,
    ProviderUnauthorised,
)
from app.infra.providers.failures import (
    MAX_MESSAGE,
    Problem,
    error_for,
    parse_retry_after,
    read_body,
    shorten,
)

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def read(body: Any, headers: dict[str, str] | None = None) -> Problem:
    return read_body(json.dumps(body).encode(), headers or {}, now=NOW)


class TestErrorFor:
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (400, ProviderRejected),
            (404, ProviderRejected),
            (413, ProviderRejected),
            (422, ProviderRejected),
            (401, ProviderUnauthorised),
            (402, ProviderUnauthorised),
            (403, ProviderUnauthorised),
            (408, ProviderTimeout),
            (504, ProviderTimeout),
            (429, ProviderRateLimited),
            (500, ProviderError),
            (503, ProviderError),
            (529, ProviderError),
            (302, ProviderProtocolError),
        ],
    )
    def test_each_status_has_its_class(self, status: int, expected: type[ProviderError]) -> None:
        error = error_for("openai", status, Problem("why"))
        assert type(error) is expected
        assert error.status == status
        assert str(error) == f"openai: why (HTTP {status})"

    def test_a_spent_budget_is_the_operators_to_mend_though_it_comes_as_429(self) -> None:
        problem = read(
            {"error": {"message": "quota", "type": "insufficient_quota", "code": "insufficient_quota"}}
        )
        assert isinstance(error_for("openai", 429, problem), ProviderUnauthorised)

    def test_a_wrong_gemini_key_is_told_by_its_reason_though_it_comes_as_400(self) -> None:
        details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]
        problem = read({"error": {"code": 400, "message": "API key not valid.", "details": details}})
        assert isinstance(error_for("google", 400, problem), ProviderUnauthorised)


class TestReadBody:
    @pytest.mark.parametrize(
        "body",
        [
            {"error": {"message": "the reason", "code": None}},
            {"type": "error", "error": {"type": "api_error", "message": "the reason"}},
            [{"error": {"code": 400, "message": "the reason"}}],
            {"error": "the reason"},
            {"detail": "the reason"},
            {"object": "error", "message": "the reason"},
        ],
    )
    def test_every_known_shape_gives_its_message(self, body: Any) -> None:
        assert read(body).message == "the reason"

    @pytest.mark.parametrize(
        "body", [b"", b"<html>Bad gateway</html>", b"[]", b"null", b'{"error": 3}', b"\xff{"]
    )
    def test_strange_bodies_are_no_trouble(self, body: bytes) -> None:
        assert isinstance(read_body(body, {}, now=NOW), Problem)

    def test_plain_text_is_taken_as_it_is(self) -> None:
        assert read_body(b"upstream connect error", {}, now=NOW).message == "upstream connect error"

    def test_geminis_delay_is_read_from_the_body(self) -> None:
        details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.5s"}]
        assert read({"error": {"message": "slow down", "details": details}}).retry_after == 34.5

    def test_a_header_outranks_the_body(self) -> None:
        details = [{"retryDelay": "34s"}]
        body = {"error": {"message": "slow down", "details": details}}
        assert read(body, {"Retry-After": "2"}).retry_after == 2

    def test_milliseconds_outrank_seconds(self) -> None:
        assert read({}, {"retry-after-ms": "1500", "Retry-After": "2"}).retry_after == 1.5


class TestParseRetryAfter:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("7", 7.0),
            (" 0.25 ", 0.25),
            ("Sun, 01 Mar 2026 12:01:30 GMT", 90.0),
            ("Sun, 01 Mar 2026 12:01:30 -0000", 90.0),
            ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
            ("", None),
            ("soon", None),
            ("Sun, 99999999999999999999 Mar 2026 12:01:30 GMT", None),
            ("-5", None),
            ("nan", None),
            ("inf", None),
            ("1e9", None),
            ("9" * 40, None),
        ],
    )
    def test_seconds_and_dates_only(self, value: str, expected: float | None) -> None:
        assert parse_retry_after(value, now=NOW) == expected


class TestShorten:
    def test_the_key_is_taken_out_before_the_cut(self) -> None:
        secret = "a-secret-" + "k" * 40
        text = "x" * (MAX_MESSAGE - 20) + secret
        assert "a-secret" not in shorten(text, secret)

    @pytest.mark.parametrize(
        "key", ["sk-proj-abcdef1234567890", "sk-ab****************wxyz", "AIzaSyA1234567890abc"]
    )
    def test_what_looks_like_a_key_is_taken_out_too(self, key: str) -> None:
        assert shorten(f"Incorrect API key provided: {key}. See", None).startswith(
            "Incorrect API key provided: [key]"
        )

    def test_long_messages_are_cut_and_control_characters_dropped(self) -> None:
        short = shorten("line\r\n\x1b[31mred\x00 " + "y" * 1000, None)
        assert len(short) == MAX_MESSAGE
        assert short.startswith("line [31mred")
        assert short.isprintable()
