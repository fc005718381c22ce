"""Signing up."""

import asyncio
from types import SimpleNamespace

import orjson
import pytest

from app.accounts import service as accounts
from app.accounts.errors import TooManyAttempts, WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.links import limits
from app.accounts.registration import service
from app.accounts.registration.types import SignUp
from app.accounts.types import Client, SignIn
from app.core.config import Settings
from app.core.errors import InvalidInput
from app.infra import db, hashing
from app.infra.buckets import LocalBuckets
from app.limits.service import Limiter
from tests.factories.orgs import NOW, tenant
from tests.fakes.statements import recorded

KEYS = AccountKeys.derive("k" * 32)
PASSWORD = "correct horse battery staple"
EMAIL = "ada@x.example"


@pytest.fixture(autouse=True)
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What argon2 was given; it takes longer than the rest of the test."""
    passwords: list[str] = []

    def hash_(password: str) -> str:
        passwords.append(password)
        return f"hash of {len(password)}"

    monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(hash=hash_, verify=lambda *_: True))
    return passwords


async def sign_up(email: str = EMAIL, *, name: str = "Ada", limiter: Limiter | None = None) -> None:
    command = SignUp(email, name, PASSWORD)
    await service.sign_up(command, limiter=limiter, address="192.0.2.7", now=NOW)


async def promised() -> list[str]:
    """The actors of the messages in the outbox."""
    rows = await db.fetch("SELECT name FROM outbox_message ORDER BY id")
    return [row["name"] for row in rows]


async def people() -> list[str]:
    rows = await db.fetch("SELECT email FROM user_account ORDER BY email")
    return [row["email"] for row in rows]


class TestSignUp:
    async def test_makes_an_account_mails_a_link_and_leaves_a_trace(self, settings: Settings) -> None:
        await sign_up(name=" Ada ")

        row = await db.fetchrow("SELECT * FROM user_account")
        assert row is not None
        assert (row["email"], row["name"], row["password_hash"]) == (EMAIL, "Ada", "hash of 28")
        assert row["email_verified_at"] is None
        assert await promised() == ["send_link"]
        link = await db.fetchrow("SELECT user_id, purpose, email FROM one_time_token")
        assert link is not None
        assert tuple(link) == (row["id"], "verify_email", EMAIL)
        traces = await db.fetch("SELECT action, principal_id, changes FROM audit_entry")
        assert [tuple(trace) for trace in traces] == [("user.signed_up", row["id"], "{}")]

    async def test_lets_nobody_in_before_the_address_is_confirmed(self, settings: Settings) -> None:
        await sign_up()
        command = SignIn(EMAIL, PASSWORD)

        with pytest.raises(WrongCredentials):
            await accounts.sign_in(KEYS, command, client=Client(), limiter=None, now=NOW)
        await db.execute("UPDATE user_account SET email_verified_at = $1", NOW)
        await accounts.sign_in(KEYS, command, client=Client(), limiter=None, now=NOW)

    async def test_changes_nothing_where_the_address_has_an_account_and_tells_its_owner(
        self, settings: Settings
    ) -> None:
        acme = await tenant(settings)
        before = await db.fetchval("SELECT string_agg(u::text, '') FROM user_account u")
        entries = await db.fetchval("SELECT count(*) FROM audit_entry")
        await db.execute("DELETE FROM outbox_message")

        await sign_up(acme.email.upper(), name="Mallory")

        assert await db.fetchval("SELECT string_agg(u::text, '') FROM user_account u") == before
        assert await db.fetchval("SELECT count(*) FROM audit_entry") == entries
        assert await db.fetchval("SELECT count(*) FROM one_time_token") == 0
        row = await db.fetchrow("SELECT name, payload FROM outbox_message")
        assert row is not None
        assert row["name"] == "send_sign_up_notice"
        assert orjson.loads(row["payload"])["kwargs"] == {
            "user_id": str(acme.owner.id),
            "at": NOW.isoformat(),
        }

    async def test_does_the_same_work_for_a_new_address_and_a_taken_one(
        self, settings: Settings, hashed: list[str]
    ) -> None:
        acme = await tenant(settings)
        counts = []
        for email in (EMAIL, acme.email):
            hashed.clear()
            with recorded() as statements:
                await sign_up(email)
            counts.append((len(hashed), len(statements)))

        assert counts == [(1, 2), (1, 2)]

    async def test_at_once_makes_one_account_and_fails_for_nobody(self, settings: Settings) -> None:
        await asyncio.gather(*(sign_up(email) for email in [EMAIL, EMAIL.upper()] * 5))

        assert len(await people()) == 1
        assert sorted(await promised()) == ["send_link"] + ["send_sign_up_notice"] * 9

    @pytest.mark.parametrize("known", [True, False])
    async def test_fills_no_inbox(self, settings: Settings, hashed: list[str], known: bool) -> None:
        acme = await tenant(settings)
        email = acme.email if known else EMAIL
        limiter = Limiter(LocalBuckets(clock=lambda: 0), None)
        for _ in range(limits.PER_ACCOUNT.amount):
            await sign_up(email, limiter=limiter)
        hashed.clear()

        with pytest.raises(TooManyAttempts) as raised:
            await sign_up(email.upper(), limiter=limiter)

        assert raised.value.retry_after
        assert hashed == []

    @pytest.mark.parametrize(
        ("email", "name", "password", "fields"),
        [
            ("", "", "", ["email", "name", "password"]),
            ("no-at-sign", "Ada", PASSWORD, ["email"]),
            ("a@b@c", "Ada", PASSWORD, ["email"]),
            ("a b@c.example", "Ada", PASSWORD, ["email"]),
            ("a@-b.example", "Ada", PASSWORD, ["email"]),
            ("a@b.example\nBcc: x@y.example", "Ada", PASSWORD, ["email"]),
            (f"{'a' * 65}@b.example", "Ada", PASSWORD, ["email"]),
            (f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}", "Ada", PASSWORD, ["email"]),
            (EMAIL, "   ", PASSWORD, ["name"]),
            (EMAIL, "x" * 201, PASSWORD, ["name"]),
            (EMAIL, "Ada\nBcc: x", PASSWORD, ["name"]),
            (EMAIL, "Win https://evil.example", PASSWORD, ["name"]),
            (EMAIL, "Ada", "short", ["password"]),
            (EMAIL, "Ada", "x" * 1025, ["password"]),
        ],
    )
    async def test_names_what_is_malformed_before_any_work(
        self, settings: Settings, hashed: list[str], email: str, name: str, password: str, fields: list[str]
    ) -> None:
        command = SignUp(email, name, password)
        with pytest.raises(InvalidInput) as raised:
            await service.sign_up(command, limiter=None, address="192.0.2.7", now=NOW)

        assert [error.field for error in raised.value.field_errors] == fields
        assert hashed == []
        assert await people() == []

    async def test_never_repeats_the_password(self, settings: Settings) -> None:
        await sign_up()

        assert PASSWORD not in repr(SignUp(EMAIL, "Ada", PASSWORD))
        for table in ("audit_entry", "outbox_message", "user_account"):
            stored = await db.fetchval(f"SELECT string_agg(t::text, '') FROM {table} t")
            assert PASSWORD not in stored
