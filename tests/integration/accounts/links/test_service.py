"""Links that do once what they allow, and passwords that end what the old one began."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import argon2
import asyncpg
import orjson
import pytest
import redis as redis_py

from app.accounts import passwords
from app.accounts import service as accounts
from app.accounts.errors import WrongCredentials
from app.accounts.links import limits, service, signing, tasks
from app.accounts.links.errors import EmailAlreadyVerified, LinkInvalid
from app.accounts.links.purposes import LIFETIMES, Purpose
from app.accounts.links.types import ChangePassword, RequestReset, ResetPassword
from app.accounts.models import ExternalIdentity
from app.accounts.types import Client, SignIn
from app.audit.types import INSTALLATION
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
from app.core.ids import LinkId, SessionId, UserId
from app.core.principal import Principal
from app.identity import models
from app.infra import db, hashing
from app.infra.buckets import LocalBuckets
from app.limits.errors import RateLimited
from app.limits.service import Limiter
from tests.factories.databases import waiters
from tests.factories.links import KEYS, made, mailed
from tests.factories.orgs import NOW, PASSWORD, Tenant, tenant, unconfirmed, with_password
from tests.fakes.statements import recorded
from tests.waiting import until

NEW = "a new and better passphrase"
HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real algorithm with the least work: what it costs is tested elsewhere."""
    monkeypatch.setattr(hashing, "_hasher", argon2.PasswordHasher(1, 8, 1))


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await tenant(settings)
    await with_password(made)
    return made


async def state() -> list[tuple[Any, ...]]:
    """All that the acts here change."""
    tables = (
        "user_account",
        "user_session",
        "one_time_token",
        "audit_entry",
        "outbox_message",
        "external_identity",
    )
    return [
        tuple(row)
        for table in tables
        for row in await db.fetch(f"SELECT {table}::text FROM {table} ORDER BY 1")
    ]


async def user(tenant: Tenant) -> models.User:
    return await models.User.get(id=tenant.owner.id)


async def is_password(tenant: Tenant, password: str) -> bool:
    return await hashing.verify_password((await user(tenant)).password_hash, password)


async def open_sessions(tenant: Tenant) -> list[Any]:
    rows = await db.fetch(
        "SELECT id FROM user_session WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id", tenant.owner.id
    )
    return [row["id"] for row in rows]


async def audited() -> list[tuple[str, Any]]:
    rows = await db.fetch("SELECT action, target_id FROM audit_entry WHERE target_type = 'user' ORDER BY id")
    return [tuple(row) for row in rows]


async def enqueued() -> list[str]:
    return [row["name"] for row in await db.fetch("SELECT name FROM outbox_message ORDER BY id")]


async def set_up_factors(person: Principal) -> None:
    await db.execute(
        "INSERT INTO totp (user_id, secret, created_at, confirmed_at) VALUES ($1, 'x', $2, $2)",
        person.id,
        NOW,
    )
    await db.execute(
        "INSERT INTO recovery_code (digest, user_id) VALUES ($1, $2)", person.id.bytes, person.id
    )
    await ExternalIdentity.create(
        id=ids.uuid7(), user_id=person.id, issuer="https://idp", subject=str(person.id), created_at=NOW
    )


async def factors() -> list[int]:
    tables = ("totp", "recovery_code", "external_identity")
    return [await db.fetchval(f"SELECT count(*) FROM {table}") for table in tables]


def limiter() -> Limiter:
    return Limiter(LocalBuckets(), None)


async def at_once(times: int, act: Callable[[], Awaitable[object]]) -> list[BaseException]:
    """What those raised that failed."""
    outcomes = await asyncio.gather(*(act() for _ in range(times)), return_exceptions=True)
    return [outcome for outcome in outcomes if isinstance(outcome, BaseException)]


class TestRequestVerification:
    async def request(self, principal: Principal, limiter: Limiter | None = None) -> None:
        await service.request_verification(principal, limiter=limiter, address=HERE, now=NOW)

    async def test_makes_a_link_for_three_days_and_promises_the_mail(self, acme: Tenant) -> None:
        await unconfirmed(acme)
        await self.request(acme.owner)

        row = await db.fetchrow("SELECT * FROM one_time_token")
        assert row is not None
        assert (row["user_id"], row["purpose"], row["email"]) == (acme.owner.id, "verify_email", acme.email)
        assert row["expires_at"] - row["created_at"] == timedelta(days=3)
        task = await db.fetchval("SELECT payload FROM outbox_message WHERE name = 'send_link'")
        assert orjson.loads(task) == {"queue": tasks.QUEUE, "kwargs": {"link_id": str(row["id"])}}

    async def test_refuses_whose_address_is_confirmed(self, acme: Tenant) -> None:
        await models.User.filter(id=acme.owner.id).update(email_verified_at=NOW)
        before = await state()

        with pytest.raises(EmailAlreadyVerified):
            await self.request(acme.owner)
        assert await state() == before

    async def test_is_not_for_keys(self, acme: Tenant) -> None:
        before = await state()

        with pytest.raises(Forbidden):
            await self.request(acme.key)
        assert await state() == before

    async def test_fills_nobodys_inbox(self, acme: Tenant) -> None:
        await unconfirmed(acme)
        counting = limiter()
        for _ in range(limits.PER_ACCOUNT.amount):
            await self.request(acme.owner, counting)
        before = await state()

        with pytest.raises(RateLimited, match="this account"):
            await self.request(acme.owner, counting)
        assert await state() == before


class TestVerifyEmail:
    async def test_confirms_the_address_and_leaves_a_trace(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL)

        await service.verify_email(KEYS, token, now=NOW)

        assert (await user(acme)).email_verified_at == NOW
        assert await audited() == [("email.verified", acme.owner.id)]

    async def test_works_once(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL)
        await service.verify_email(KEYS, token, now=NOW)
        before = await state()

        with pytest.raises(LinkInvalid):
            await service.verify_email(KEYS, token, now=NOW + timedelta(seconds=1))
        assert await state() == before

    async def test_works_once_however_many_try_at_the_same_time(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL)

        failed = await at_once(20, lambda: service.verify_email(KEYS, token, now=NOW))

        assert [type(error) for error in failed] == [LinkInvalid] * 19
        assert await audited() == [("email.verified", acme.owner.id)]

    @pytest.fixture
    async def hijacked(self, acme: Tenant) -> Tenant:
        """An account that somebody made with another's address, as far as they could get."""
        await unconfirmed(acme)
        await set_up_factors(acme.owner)
        await db.execute("UPDATE user_session SET method = 'https://idp' WHERE user_id = $1", acme.owner.id)
        return acme

    async def test_takes_away_what_was_set_up_before(self, hijacked: Tenant) -> None:
        await service.verify_email(KEYS, await made(hijacked, Purpose.VERIFY_EMAIL), now=NOW)

        assert await factors() == [0, 0, 0]
        assert await open_sessions(hijacked) == []
        assert await audited() == [
            ("totp.disabled", hijacked.owner.id),
            ("recovery_codes.removed", hijacked.owner.id),
            ("email.verified", hijacked.owner.id),
        ]
        rows = await db.fetch(
            "SELECT action FROM audit_entry WHERE target_type IN ('identity', 'session') ORDER BY id"
        )
        assert [row["action"] for row in rows] == ["identity.unlinked", "session.revoked"]

    async def test_leaves_who_opens_the_link_signed_in(self, hijacked: Tenant) -> None:
        """The session and the identity that it began with; another issuer's goes."""
        await ExternalIdentity.create(
            id=ids.uuid7(), user_id=hijacked.owner.id, issuer="https://x", subject="x", created_at=NOW
        )
        session_id = SessionId(hijacked.owner.id)
        owner = replace(hijacked.owner, session_id=session_id)

        await service.verify_email(KEYS, await made(hijacked, Purpose.VERIFY_EMAIL), by=owner, now=NOW)

        assert await open_sessions(hijacked) == [session_id]
        assert await db.fetchval("SELECT array_agg(issuer) FROM external_identity") == ["https://idp"]

    async def test_leaves_the_identity_whose_token_opens_the_link(self, hijacked: Tenant) -> None:
        token = await made(hijacked, Purpose.VERIFY_EMAIL)
        await service.verify_email(KEYS, token, by=hijacked.owner, bearer_issuer="https://idp", now=NOW)

        assert await factors() == [0, 0, 1]
        assert await open_sessions(hijacked) == []

    async def test_keeps_nothing_for_somebody_else(self, hijacked: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        token = await made(hijacked, Purpose.VERIFY_EMAIL)
        await service.verify_email(KEYS, token, by=rival.owner, bearer_issuer="https://idp", now=NOW)

        assert await factors() == [0, 0, 0]
        assert await open_sessions(hijacked) == []

    async def test_takes_nothing_from_who_confirmed_before(self, hijacked: Tenant) -> None:
        await models.User.filter(id=hijacked.owner.id).update(email_verified_at=NOW)
        await service.verify_email(KEYS, await made(hijacked, Purpose.VERIFY_EMAIL), now=NOW)

        assert await factors() == [1, 1, 1]
        assert await open_sessions(hijacked) == [hijacked.owner.id]

    async def test_ends_with_its_time(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL, lifetime=timedelta(days=3))
        before = await state()

        with pytest.raises(LinkInvalid):
            await service.verify_email(KEYS, token, now=NOW + timedelta(days=3))
        assert await state() == before
        await service.verify_email(KEYS, token, now=NOW + timedelta(days=3, microseconds=-1))

    async def test_is_void_once_the_address_is_another(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL)
        await models.User.filter(id=acme.owner.id).update(email="other@acme.example")
        before = await state()

        with pytest.raises(LinkInvalid):
            await service.verify_email(KEYS, token, now=NOW)
        assert await state() == before

    async def test_does_not_mind_another_case_of_the_address(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL, email=acme.email.upper())

        await service.verify_email(KEYS, token, now=NOW)

        assert (await user(acme)).email_verified_at == NOW

    async def test_refuses_a_link_of_another_purpose(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.RESET_PASSWORD)
        link_id = LinkId(ids.decode("otl", token.partition(".")[0]))
        # Signed by us for this purpose, though the row is for another: neither alone is trusted.
        resigned = signing.token(KEYS.links, Purpose.VERIFY_EMAIL, link_id)
        before = await state()

        for wrong in (token, resigned):
            with pytest.raises(LinkInvalid):
                await service.verify_email(KEYS, wrong, now=NOW)
        assert await state() == before

    async def test_asks_the_database_nothing_for_a_forged_one(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL)

        with recorded() as sent, pytest.raises(LinkInvalid):
            await service.verify_email(KEYS, token[:-2] + "xx", now=NOW)
        assert sent == []

    async def test_confirms_nobody_else(self, acme: Tenant, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        await service.verify_email(KEYS, await made(acme, Purpose.VERIFY_EMAIL), now=NOW)

        assert (await user(rival)).email_verified_at is None


class TestRequestReset:
    async def request(self, email: str, limiter: Limiter | None = None, *, address: str = HERE) -> None:
        await service.request_reset(RequestReset(email), limiter=limiter, address=address, now=NOW)

    async def test_makes_a_link_for_an_hour_and_promises_the_mail(self, acme: Tenant) -> None:
        await self.request(acme.email.upper())

        row = await db.fetchrow("SELECT * FROM one_time_token")
        assert row is not None
        assert (row["user_id"], row["purpose"], row["email"]) == (acme.owner.id, "reset_password", acme.email)
        assert row["expires_at"] - row["created_at"] == timedelta(hours=1)
        task = await db.fetchval("SELECT payload FROM outbox_message WHERE name = 'send_link'")
        assert orjson.loads(task)["kwargs"] == {"link_id": str(row["id"])}

    async def test_does_the_same_work_for_an_unknown_address(self, acme: Tenant) -> None:
        await self.request(acme.email)  # prepares the statement
        sent: dict[str, list[str]] = {}
        messages: dict[str, Any] = {}
        for email in (acme.email, "nobody@acme.example"):
            await db.execute("DELETE FROM outbox_message")
            with recorded() as statements:
                await self.request(email)
            sent[email] = statements
            [row] = await db.fetch("SELECT name, payload FROM outbox_message")
            messages[email] = (row["name"], len(row["payload"]))

        assert sent[acme.email] == sent["nobody@acme.example"]
        assert len(sent[acme.email]) == 1
        assert messages[acme.email] == messages["nobody@acme.example"]

    async def test_makes_no_link_for_an_unknown_address(self, acme: Tenant) -> None:
        await self.request("nobody@acme.example")

        assert await db.fetchval("SELECT count(*) FROM one_time_token") == 0

    async def test_names_an_address_that_is_none(self, settings: Settings) -> None:
        with pytest.raises(InvalidInput) as raised:
            await self.request("nobody")

        assert [error.field for error in raised.value.field_errors] == ["email"]

    async def test_takes_no_address_that_another_is_in_lower_case(self, acme: Tenant) -> None:
        """Each way to write it would have mails of its own."""
        await db.execute("UPDATE user_account SET email = 'ida@x.example' WHERE id = $1", acme.owner.id)
        before = await state()

        with pytest.raises(InvalidInput):
            await self.request("\u0130da@x.example", None)
        assert await state() == before

    @pytest.mark.parametrize("known", [True, False])
    async def test_bounds_the_mails_to_an_address_whether_or_not_it_is_known(
        self, acme: Tenant, known: bool
    ) -> None:
        counting, email = limiter(), acme.email if known else "nobody@acme.example"
        for number in range(limits.PER_ACCOUNT.amount):
            await self.request(email, counting, address=f"192.0.2.{number}")
        before = await state()

        with pytest.raises(RateLimited, match="this account"):
            await self.request(email.upper(), counting, address="192.0.2.99")
        assert await state() == before

    async def test_bounds_what_one_network_address_asks_for(self, acme: Tenant) -> None:
        counting = limiter()
        for number in range(limits.PER_ADDRESS.amount):
            await self.request(f"{number}@acme.example", counting)
        before = await state()

        with pytest.raises(RateLimited, match="your network address"):
            await self.request(acme.email, counting)
        assert await state() == before


class TestResetPassword:
    async def reset(self, token: str, password: str = NEW, *, now: Any = NOW) -> None:
        await service.reset_password(KEYS, ResetPassword(token, password), now=now)

    async def test_sets_the_password_and_leaves_a_trace(self, acme: Tenant) -> None:
        await self.reset(await made(acme))

        assert await is_password(acme, NEW)
        assert not await is_password(acme, PASSWORD)
        assert await audited() == [("password.reset", acme.owner.id)]

    async def test_confirms_the_address_where_the_link_was_read(self, acme: Tenant) -> None:
        await self.reset(await made(acme))

        assert (await user(acme)).email_verified_at == NOW

    async def test_ends_every_session_of_the_person_and_of_nobody_else(
        self, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        for _ in range(2):
            await accounts.sign_in(KEYS, SignIn(acme.email, PASSWORD), client=Client(), limiter=None, now=NOW)
        assert len(await open_sessions(acme)) == 3

        await self.reset(await made(acme))

        assert await open_sessions(acme) == []
        assert len(await open_sessions(rival)) == 1

    async def test_voids_the_other_links_to_reset(self, acme: Tenant) -> None:
        first, second = await made(acme), await made(acme)
        confirming = await made(acme, Purpose.VERIFY_EMAIL)
        await self.reset(second)
        before = await state()

        with pytest.raises(LinkInvalid):
            await self.reset(first, "somebody else's password")
        assert await state() == before
        await service.verify_email(KEYS, confirming, now=NOW)

    async def test_tells_the_person(self, acme: Tenant) -> None:
        await self.reset(await made(acme))

        task = orjson.loads(await db.fetchval("SELECT payload FROM outbox_message"))
        assert task["kwargs"] == {"user_id": str(acme.owner.id), "at": NOW.isoformat()}

    async def test_works_once(self, acme: Tenant) -> None:
        token = await made(acme)
        await self.reset(token)
        before = await state()

        with pytest.raises(LinkInvalid):
            await self.reset(token, "yet another passphrase", now=NOW + timedelta(seconds=1))
        assert await state() == before

    async def test_works_once_however_many_try_at_the_same_time(self, acme: Tenant) -> None:
        token = await made(acme)
        numbers = iter(range(20))

        failed = await at_once(20, lambda: self.reset(token, f"passphrase number {next(numbers)}"))

        assert [type(error) for error in failed] == [LinkInvalid] * 19
        assert await audited() == [("password.reset", acme.owner.id)]
        assert await enqueued() == ["send_password_notice"]

    async def test_lets_one_of_two_links_win_at_the_same_time(self, acme: Tenant) -> None:
        tokens = iter([await made(acme) for _ in range(10)])

        failed = await at_once(10, lambda: self.reset(next(tokens)))

        assert [type(error) for error in failed] == [LinkInvalid] * 9

    async def test_ends_with_its_time(self, acme: Tenant) -> None:
        token = await made(acme, lifetime=LIFETIMES[Purpose.RESET_PASSWORD])
        before = await state()

        with pytest.raises(LinkInvalid):
            await self.reset(token, now=NOW + timedelta(hours=1))
        assert await state() == before

    async def test_is_void_once_the_address_is_another(self, acme: Tenant) -> None:
        token = await made(acme)
        await models.User.filter(id=acme.owner.id).update(email="other@acme.example")
        before = await state()

        with pytest.raises(LinkInvalid):
            await self.reset(token)
        assert await state() == before

    async def test_is_void_after_the_password_was_changed(self, acme: Tenant) -> None:
        token = await made(acme)
        await service.change_password(acme.owner, ChangePassword(PASSWORD, NEW), limiter=None, now=NOW)
        before = await state()

        with pytest.raises(LinkInvalid):
            await self.reset(token, "somebody else's password")
        assert await state() == before

    async def test_refuses_a_link_that_confirms_an_address(self, acme: Tenant) -> None:
        token = await made(acme, Purpose.VERIFY_EMAIL)
        before = await state()

        with pytest.raises(LinkInvalid):
            await self.reset(token)
        assert await state() == before

    async def test_hashes_nothing_for_a_link_that_is_no_good(
        self, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def hash_password(password: str) -> str:
            raise AssertionError("worked for nothing")

        used = await made(acme)
        await db.execute("UPDATE one_time_token SET used_at = $1", NOW)
        monkeypatch.setattr(hashing, "hash_password", hash_password)
        for token in ("", "otl_x.y", used, used[:-2] + "xx"):
            with pytest.raises(LinkInvalid):
                await self.reset(token)

    @pytest.mark.parametrize("password", ["", "too short", "x" * 1025])
    async def test_names_a_password_that_is_too_short_or_too_long(self, acme: Tenant, password: str) -> None:
        token = await made(acme)
        before = await state()

        with pytest.raises(InvalidInput) as raised:
            await self.reset(token, password)
        assert [error.field for error in raised.value.field_errors] == ["password"]
        assert await state() == before

    async def test_forgets_what_others_set_up_before_the_address_was_confirmed(self, acme: Tenant) -> None:
        await unconfirmed(acme)
        await set_up_factors(acme.owner)

        await self.reset(await made(acme))

        assert await factors() == [0, 0, 0]
        rows = await db.fetch("SELECT action FROM audit_entry WHERE org_id = $1 ORDER BY id", INSTALLATION)
        assert [row["action"] for row in rows] == [
            "totp.disabled",
            "recovery_codes.removed",
            "identity.unlinked",
            "session.revoked",
            "password.reset",
        ]

    async def test_keeps_the_factors_of_a_confirmed_address_and_of_others(
        self, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        await models.User.filter(id=acme.owner.id).update(email_verified_at=NOW)
        for person in (acme.owner, rival.owner):
            await set_up_factors(person)

        await self.reset(await made(acme))

        assert await factors() == [2, 2, 2]

    async def test_refuses_a_sign_in_with_the_old_password_that_is_under_way(
        self, acme: Tenant, settings: Settings
    ) -> None:
        """The password was right when it was looked at; the session would outlive the one that ended it."""
        connection = await asyncpg.connect(settings.require_database_url())
        try:
            async with connection.transaction():
                await connection.execute("SELECT 1 FROM user_account WHERE id = $1 FOR UPDATE", acme.owner.id)
                signing_in = asyncio.create_task(
                    accounts.sign_in(
                        KEYS, SignIn(acme.email, PASSWORD), client=Client(), limiter=None, now=NOW
                    )
                )
                await until(lambda: _waits(connection), "the sign-in to wait for the change")
                await connection.execute(
                    "UPDATE user_account SET password_hash = 'another' WHERE id = $1", acme.owner.id
                )
            with pytest.raises(WrongCredentials):
                await signing_in
        finally:
            await connection.close()
        assert len(await open_sessions(acme)) == 1

    async def test_ends_a_session_that_is_just_being_begun(self, acme: Tenant, settings: Settings) -> None:
        connection = await asyncpg.connect(settings.require_database_url())
        token = await made(acme)
        try:
            async with connection.transaction():
                await connection.execute(
                    "INSERT INTO user_session (id, user_id, method, created_at, last_seen_at, expires_at) "
                    "VALUES ($1, $2, 'password', $3, $3, $4)",
                    ids.uuid7(),
                    acme.owner.id,
                    NOW,
                    NOW + timedelta(days=1),
                )
                resetting = asyncio.create_task(self.reset(token))
                await until(lambda: _waits(connection), "the reset to wait for the session")
            await resetting
        finally:
            await connection.close()
        assert await open_sessions(acme) == []


async def _waits(connection: "asyncpg.Connection[asyncpg.Record]") -> bool:
    return await waiters(connection) == 1


class TestChangePassword:
    async def change(
        self, principal: Principal, current: str = PASSWORD, new: str = NEW, limiter: Limiter | None = None
    ) -> None:
        await service.change_password(principal, ChangePassword(current, new), limiter=limiter, now=NOW)

    async def test_sets_the_password_leaves_a_trace_and_tells_the_person(self, acme: Tenant) -> None:
        await self.change(acme.owner)

        assert await is_password(acme, NEW)
        assert await audited() == [("password.changed", acme.owner.id)]
        assert await enqueued() == ["send_password_notice"]

    async def test_ends_every_session_but_the_one_that_asks(self, acme: Tenant) -> None:
        here = await accounts.sign_in(
            KEYS, SignIn(acme.email, PASSWORD), client=Client(), limiter=None, now=NOW
        )
        asking = Principal("user", acme.owner.id, session_id=here.session_id)

        await self.change(asking)

        assert await open_sessions(acme) == [here.session_id]

    async def test_needs_the_current_password(self, acme: Tenant) -> None:
        before = await state()

        with pytest.raises(WrongCredentials):
            await self.change(acme.owner, "not the password")
        assert await state() == before

    async def test_refuses_who_never_had_one(self, settings: Settings) -> None:
        other = await tenant(settings, "other")
        before = await state()

        with pytest.raises(WrongCredentials):
            await self.change(other.owner, "nobody has this password")
        assert await state() == before

    async def test_names_every_wrong_field_at_once(self, acme: Tenant) -> None:
        with pytest.raises(InvalidInput) as raised:
            await self.change(acme.owner, "", "short")

        assert [error.field for error in raised.value.field_errors] == ["current", "new"]

    async def test_changes_once_however_many_try_at_the_same_time(self, acme: Tenant) -> None:
        numbers = iter(range(10))

        failed = await at_once(10, lambda: self.change(acme.owner, new=f"passphrase number {next(numbers)}"))

        assert [type(error) for error in failed] == [WrongCredentials] * 9
        assert await audited() == [("password.changed", acme.owner.id)]

    async def test_lets_a_stolen_session_guess_ten_times(self, acme: Tenant) -> None:
        counting = limiter()
        for _ in range(10):
            with pytest.raises(WrongCredentials):
                await self.change(acme.owner, "not the password", limiter=counting)
        before = await state()

        with pytest.raises(RateLimited):
            await self.change(acme.owner, limiter=counting)
        assert await state() == before

    async def test_is_not_for_keys(self, acme: Tenant) -> None:
        with pytest.raises(Forbidden):
            await self.change(acme.key)


class TestSecrets:
    async def test_are_in_no_row_message_or_key(self, acme: Tenant, settings: Settings) -> None:
        await unconfirmed(acme)
        await service.request_verification(acme.owner, limiter=None, address=HERE, now=NOW)
        await service.request_reset(RequestReset(acme.email), limiter=None, address=HERE, now=NOW)
        confirming, resetting = await mailed()
        kept = [await everything(settings)]
        await service.verify_email(KEYS, confirming, now=NOW)
        await service.reset_password(KEYS, ResetPassword(resetting, NEW), now=NOW)
        kept.append(await everything(settings))

        for token in (confirming, resetting):
            _, _, signature = token.partition(".")
            assert len(signature) == 43
            assert all(signature not in text for text in kept)
        assert all(secret not in text for secret in (NEW, PASSWORD) for text in kept)

    async def test_stay_out_of_representations(self) -> None:
        shown = repr((ResetPassword("the-token", NEW), ChangePassword(PASSWORD, NEW), KEYS))

        assert "the-token" not in shown
        assert NEW not in shown
        assert PASSWORD not in shown
        assert str(KEYS.links) not in shown


async def everything(settings: Settings) -> str:
    """All that is stored, in both places."""
    tables = await db.fetch(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    )
    texts = [
        str([tuple(row) for row in await db.fetch(f'SELECT t::text FROM "{table[0]}" t')]) for table in tables
    ]
    with redis_py.Redis.from_url(settings.require_redis_url()) as client:
        texts += [str((name, client.dump(name))) for name in client.scan_iter("*")]
    return "\n".join(texts)


class TestPurgeExpired:
    async def test_drops_links_of_the_past_in_bounded_batches(self, acme: Tenant) -> None:
        for _ in range(3):
            await made(acme, lifetime=timedelta(hours=1))
        kept = await made(acme, lifetime=timedelta(hours=2))
        later = NOW + timedelta(hours=1)

        assert [await service.purge_expired(now=later, limit=2) for _ in range(3)] == [2, 1, 0]
        assert await mailed() == [kept]


class TestPasswords:
    async def test_are_unchanged_as_long_as_the_hash_is(self, acme: Tenant) -> None:
        stored = (await user(acme)).password_hash
        assert stored is not None
        async with db.unit_of_work() as uow:
            passwords.require_unchanged(uow, UserId(acme.owner.id), stored)

        with pytest.raises(db.StaleWrite):
            async with db.unit_of_work() as uow:
                passwords.require_unchanged(uow, UserId(acme.owner.id), "another")
