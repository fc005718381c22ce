"""Signing in."""

import asyncio
import hashlib
from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from app.accounts import attempts, queries, service
from app.accounts.errors import TooManyAttempts, WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.types import Client, SignedIn, SignIn
from app.core.config import Settings
from app.core.errors import InvalidInput
from app.core.token_bucket import Demand, Taken
from app.infra import db, hashing
from app.infra.buckets import LocalBuckets
from app.limits.service import Limiter
from tests.factories.orgs import NOW, PASSWORD, Tenant, tenant, with_password

KEYS = AccountKeys.derive("k" * 32)
LAPTOP = Client("192.0.2.7", "Firefox")


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await tenant(settings)
    await with_password(made)
    return made


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that argon2 really worked on."""
    worked: list[str] = []
    original = hashing._hasher.verify

    def verify(stored: str, password: str) -> bool:
        worked.append(stored)
        return original(stored, password)

    monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(verify=verify))
    return worked


async def sign_in(
    email: str, password: str, *, limiter: Limiter | None = None, client: Client = LAPTOP
) -> SignedIn:
    return await service.sign_in(KEYS, SignIn(email, password), client=client, limiter=limiter, now=NOW)


@pytest.fixture
def limiter() -> Limiter:
    """In which no time passes."""
    return Limiter(LocalBuckets(clock=lambda: 0), None)


class TestSignIn:
    async def test_gives_a_token_for_the_right_password(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email, PASSWORD)

        assert signed_in.user.id == acme.owner.id
        assert signed_in.user.email == acme.email
        assert KEYS.signer.verify(signed_in.access.token, now=NOW).user_id == acme.owner.id

    async def test_does_not_mind_the_case_of_an_address(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email.upper(), PASSWORD)

        assert signed_in.user.id == acme.owner.id

    async def test_begins_a_session_and_leaves_a_trace(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email, PASSWORD)

        row = await db.fetchrow("SELECT * FROM user_session WHERE id = $1", signed_in.session_id)
        assert row is not None
        assert (row["user_id"], row["ip"], row["user_agent"]) == (acme.owner.id, "192.0.2.7", "Firefox")
        traces = await db.fetch(
            "SELECT principal_id, target_id FROM audit_entry WHERE action = 'session.started'"
        )
        assert [tuple(trace) for trace in traces] == [(acme.owner.id, signed_in.session_id)]
        found = await queries.principal_of_token(KEYS.signer, signed_in.access.token, now=NOW)
        assert (found.id, found.session_id) == (acme.owner.id, signed_in.session_id)

    async def test_begins_one_for_a_client_whose_name_is_not_utf8(self, acme: Tenant) -> None:
        agent = b"M\xfcller/1.0".decode("utf-8", "surrogateescape")

        await sign_in(acme.email, PASSWORD, client=Client("192.0.2.7", agent))

        assert await db.fetchval("SELECT user_agent FROM user_session WHERE user_agent <> ''") == "M?ller/1.0"

    async def test_stores_a_digest_of_the_refresh_token_alone(self, acme: Tenant) -> None:
        signed_in = await sign_in(acme.email, PASSWORD)

        stored = await db.fetchval("SELECT refresh_token::text FROM refresh_token")
        assert signed_in.refresh.token not in stored
        assert signed_in.refresh.token not in repr(signed_in)

    @pytest.mark.parametrize("known", [True, False])
    async def test_answers_a_wrong_password_and_an_unknown_address_alike(
        self, acme: Tenant, known: bool, verified: list[str]
    ) -> None:
        email = acme.email if known else "nobody@acme.example"

        with pytest.raises(WrongCredentials) as raised:
            await sign_in(email, "wrong")

        assert str(raised.value) == WrongCredentials.title
        assert len(verified) == 1
        assert verified[0].startswith("$argon2id$v=19$m=65536,t=3,p=4$")

    async def test_refuses_an_account_without_a_password_after_the_same_work(
        self, settings: Settings, verified: list[str]
    ) -> None:
        other = await tenant(settings, "other")

        for password in ("nobody has this password", "x"):
            with pytest.raises(WrongCredentials):
                await sign_in(other.email, password)
        assert verified == [hashing._NOBODY] * 2

    @pytest.mark.parametrize("email", ["' OR 1=1 --@x", "%@acme.example", "owner@acme.example "])
    async def test_takes_an_address_as_it_is(self, acme: Tenant, email: str) -> None:
        with pytest.raises(WrongCredentials):
            await sign_in(email, PASSWORD)

    @pytest.mark.parametrize(
        ("email", "password", "fields"),
        [
            ("", "", ["email", "password"]),
            ("no-at-sign", "x", ["email"]),
            ("\u0130da@acme.example", "x", ["email"]),  # to PostgreSQL, in lower case, another's address
            ("a@b", "", ["password"]),
            (f"{'a' * 254}@b", "x" * 1025, ["email", "password"]),
        ],
    )
    async def test_names_what_is_malformed_before_any_work(
        self, settings: Settings, verified: list[str], email: str, password: str, fields: list[str]
    ) -> None:
        with pytest.raises(InvalidInput) as raised:
            await sign_in(email, password)

        assert [error.field for error in raised.value.field_errors] == fields
        assert verified == []

    async def test_never_repeats_the_password(self, acme: Tenant) -> None:
        with pytest.raises(WrongCredentials) as raised:
            await sign_in(acme.email, "hunter2-hunter2")

        assert "hunter2" not in repr(raised.value)
        stored = await db.fetchval("SELECT string_agg(audit_entry::text, '') FROM audit_entry")
        assert "hunter2" not in stored

    async def test_refuses_an_address_that_was_never_confirmed_in_the_same_words(
        self, acme: Tenant, verified: list[str]
    ) -> None:
        await db.execute("UPDATE user_account SET email_verified_at = NULL")

        with pytest.raises(WrongCredentials) as raised:
            await sign_in(acme.email, PASSWORD)

        assert str(raised.value) == WrongCredentials.title
        assert len(verified) == 1
        assert await db.fetchval("SELECT count(*) FROM refresh_token") == 0

    async def test_gives_each_sign_in_a_session_of_its_own(self, acme: Tenant) -> None:
        first, second = await sign_in(acme.email, PASSWORD), await sign_in(acme.email, PASSWORD)

        assert first.session_id != second.session_id
        assert first.refresh.token != second.refresh.token


class TestAttempts:
    """At `sign_in`. Without hashing: what counts is that a refused one is never looked at."""

    @pytest.fixture(autouse=True)
    def looked_at(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        passwords: list[str] = []

        async def verify(stored: str | None, password: str) -> bool:
            passwords.append(password)
            return stored is not None and password == PASSWORD

        monkeypatch.setattr(hashing, "verify_password", verify)
        return passwords

    @pytest.mark.parametrize("known", [True, False])
    async def test_are_as_many_for_an_account_as_for_none(
        self, acme: Tenant, limiter: Limiter, looked_at: list[str], known: bool
    ) -> None:
        email = acme.email if known else "nobody@acme.example"
        for _ in range(attempts.BY_NETWORK.amount):
            with pytest.raises(WrongCredentials):
                await sign_in(email, "wrong", limiter=limiter)

        with pytest.raises(TooManyAttempts) as raised:
            await sign_in(email.upper(), PASSWORD, limiter=limiter)

        assert raised.value.retry_after == 90.0
        assert str(raised.value) == (
            "Too many attempts with this e-mail address, or from your network; try again in 90 s."
        )
        assert PASSWORD not in looked_at

    async def test_are_counted_before_they_are_looked_at(
        self, acme: Tenant, limiter: Limiter, looked_at: list[str]
    ) -> None:
        results = await asyncio.gather(
            *(sign_in(acme.email, "wrong", limiter=limiter) for _ in range(50)), return_exceptions=True
        )

        assert len(looked_at) == attempts.BY_NETWORK.amount
        assert sum(isinstance(each, TooManyAttempts) for each in results) == 40

    async def test_are_not_given_back_by_a_success(
        self, acme: Tenant, limiter: Limiter, looked_at: list[str]
    ) -> None:
        rival = "rival@acme.example"
        for _ in range(attempts.BY_NETWORK.amount):
            with pytest.raises(WrongCredentials):
                await sign_in(rival, "wrong", limiter=limiter)
            await sign_in(acme.email, PASSWORD, limiter=limiter)

        for email, password in ((rival, "wrong"), (acme.email, PASSWORD)):
            with pytest.raises(TooManyAttempts):
                await sign_in(email, password, limiter=limiter)

    async def test_of_a_stranger_do_not_lock_the_owner_out(self, acme: Tenant, limiter: Limiter) -> None:
        session = await sign_in(acme.email, PASSWORD, limiter=limiter)
        stranger = Client("203.0.113.9", "curl")
        for _ in range(attempts.BY_NETWORK.amount):
            with pytest.raises(WrongCredentials):
                await sign_in(acme.email, "wrong", limiter=limiter, client=stranger)
        with pytest.raises(TooManyAttempts):
            await sign_in(acme.email, "wrong", limiter=limiter, client=stranger)

        await sign_in(acme.email, PASSWORD, limiter=limiter)
        await queries.principal_of_token(KEYS.signer, session.access.token, now=NOW)

    async def test_of_many_strangers_are_bounded_together(self, acme: Tenant, limiter: Limiter) -> None:
        refused = 0
        for number in range(150):
            try:
                await sign_in(acme.email, "wrong", limiter=limiter, client=Client(f"203.0.113.{number}"))
            except TooManyAttempts:
                refused += 1
            except WrongCredentials:
                continue
        assert refused == 150 - attempts.BY_ALL.amount

    async def test_of_one_network_on_many_accounts_are_bounded_together(
        self, settings: Settings, limiter: Limiter, looked_at: list[str]
    ) -> None:
        results = await asyncio.gather(
            *(
                sign_in(f"{number}@acme.example", "wrong", limiter=limiter)
                for number in range(attempts.ON_ALL.amount + 50)
            ),
            return_exceptions=True,
        )

        assert len(looked_at) == attempts.ON_ALL.amount
        assert sum(isinstance(each, TooManyAttempts) for each in results) == 50
        with pytest.raises(WrongCredentials):
            await sign_in("a@acme.example", "wrong", limiter=limiter, client=Client("203.0.113.9"))

    async def test_of_one_ipv6_network_count_together(self, acme: Tenant, limiter: Limiter) -> None:
        for number in range(attempts.BY_NETWORK.amount):
            with pytest.raises(WrongCredentials):
                await sign_in(acme.email, "wrong", limiter=limiter, client=Client(f"2001:db8::{number + 1}"))
        with pytest.raises(TooManyAttempts):
            await sign_in(acme.email, "wrong", limiter=limiter, client=Client("2001:db8::ffff"))

    async def test_go_on_being_counted_by_the_process_without_redis(
        self, acme: Tenant, looked_at: list[str]
    ) -> None:
        class Away:
            async def take(self, demands: Sequence[Demand], *, cost: int) -> Taken:
                raise ConnectionError("gone")

            async def correct(self, demand: Demand, *, tokens: int) -> None:
                raise ConnectionError("gone")

        limiter = Limiter(Away(), LocalBuckets(clock=lambda: 0))
        with capture_logs():
            for _ in range(attempts.BY_NETWORK.amount):
                with pytest.raises(WrongCredentials):
                    await sign_in(acme.email, "wrong", limiter=limiter)
            with pytest.raises(TooManyAttempts):
                await sign_in(acme.email, PASSWORD, limiter=limiter)
        assert PASSWORD not in looked_at

    async def test_name_nobody_in_redis(self, acme: Tenant) -> None:
        demands = [demand for _, demand in attempts.of(KEYS.attempts, acme.email, "192.0.2.7")]

        assert len({demand.bucket for demand in demands}) == 3
        for demand in demands:
            assert "acme" not in demand.bucket
            assert hashlib.sha256(acme.email.encode()).hexdigest()[:32] not in demand.bucket
