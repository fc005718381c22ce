"""Headers pass by list."""

from dataclasses import replace

from app.gateway import headers
from app.gateway.types import Dialect, Upstream

OPENAI = Upstream("openai", Dialect.OPENAI, "https://api.openai.com/v1", "openai", "sk-ours")
SENT = [
    ("Authorization", "Bearer lk_live_pk_x"),
    ("X-Api-Key", "lk_live_pk_x"),
    ("Api-Key", "lk_live_pk_x"),
    ("Cookie", "a=b"),
    ("Host", "launchkit.example"),
    ("Connection", "keep-alive"),
    ("Content-Length", "7"),
    ("Accept-Encoding", "gzip"),
    ("OpenAI-Organization", "org-x"),
    ("X-Forwarded-For", "10.0.0.1"),
    ("X-LK-Customer-Id", "a"),
    ("Content-Type", "application/json"),
    ("X-Stainless-Lang", "python"),
    ("User-Agent", "OpenAI/Python"),
    ("Idempotency-Key", "1"),
]


class TestOutgoing:
    def test_carry_the_upstream_s_key_and_nobody_else_s(self) -> None:
        assert headers.outgoing(SENT, OPENAI) == {
            "Authorization": "Bearer sk-ours",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "X-Stainless-Lang": "python",
            "User-Agent": "OpenAI/Python",
        }

    def test_name_a_request_only_where_no_other_org_s_may_have_the_same_name(self) -> None:
        own = replace(OPENAI, is_own=True)
        assert headers.outgoing(SENT, own)["Idempotency-Key"] == "1"
        assert "Idempotency-Key" not in headers.outgoing(SENT, OPENAI)

    def test_say_a_version_to_anthropic_where_the_client_does_not(self) -> None:
        anthropic = Upstream("anthropic", Dialect.ANTHROPIC, "https://a.example", "anthropic", "sk")
        assert headers.outgoing([], anthropic)["anthropic-version"] == "2023-06-01"
        said = headers.outgoing([("Anthropic-Version", "2030-01-01")], anthropic)
        assert said["Anthropic-Version"] == "2030-01-01"
        assert "anthropic-version" not in said

    def test_join_what_was_said_twice(self) -> None:
        said = [("anthropic-beta", "a"), ("X-LK-User-Id", "u"), ("Anthropic-Beta", "b,c")]
        assert headers.outgoing(said, OPENAI)["anthropic-beta"] == "a, b,c"
        assert len(headers.outgoing(said, OPENAI)) == 3


class TestDeciding:
    def test_are_versions_and_betas_alone_in_whatever_order(self) -> None:
        said = [("User-Agent", "x"), ("OpenAI-Beta", "v2"), ("anthropic-beta", "a")]
        assert headers.deciding(said) == [("anthropic-beta", "a"), ("openai-beta", "v2")]
        assert headers.deciding(reversed(said)) == headers.deciding(said)


class TestIncoming:
    def test_tell_of_limits_and_ids_and_set_no_cookies(self) -> None:
        answered = {
            "Content-Type": "application/json",
            "x-ratelimit-remaining-tokens": "9",
            "x-request-id": "req_up",
            "Set-Cookie": "a=b",
            "openai-organization": "ours",
            "Transfer-Encoding": "chunked",
        }
        assert headers.incoming(answered) == {
            "Content-Type": "application/json",
            "x-ratelimit-remaining-tokens": "9",
            "X-LK-Upstream-Request-Id": "req_up",
        }
