"""Second factors: set up, asked for, and each code accepted once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import argon2
import orjson
import pyotp
import pytest

from app.accounts import guessing, queries
from app.accounts import service as accounts
from app.accounts.errors import WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.totp import codes, service
from app.accounts.totp.errors import (
    SecondFactorRequired,
    SecretUnreadable,
    TotpAlreadyEnabled,
    WrongCode,
    WrongSecondFactor,
)
from app.accounts.types import Client, Protection, SignedIn, SignIn
from app.core.config import Settings
from app.core.ids import UserId
from app.core.principal import Principal
from app.infra import db, hashing
from app.infra.buckets import LocalBuckets
from app.limits.errors import RateLimited
from app.limits.service import Limiter
from tests.factories.factors import App, proved, set_up
from tests.factories.links import KEYS
from tests.factories.orgs import NOW, PASSWORD, Tenant, tenant, with_password

LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real algorithm with the least work: what it costs is tested elsewhere."""
    monkeypatch.setattr(hashing, "_hasher", argon2.PasswordHasher(1, 8, 1))


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    made = await tenant(settings)
    await with_password(made)
    return made


@pytest.fixture
async def app(acme: Tenant) -> App:
    return await set_up(acme.owner)


async def state() -> list[tuple[Any, ...]]:
    """All that the acts here change."""
    tables = ("totp", "recovery_code", "user_session", "audit_entry")
    return [
        tuple(row) for table in tables for row in await db.fetch(f"SELECT t::text FROM {table} t ORDER BY 1")
    ]


async def actions() -> list[str]:
    return [
        row["action"]
        for row in await db.fetch("SELECT action FROM audit_entry WHERE target_type = 'user' ORDER BY id")
    ]


async def told() -> list[str]:
    """The changes that mails are on their way about."""
    rows = await db.fetch("SELECT payload FROM outbox_message WHERE name = 'send_account_notice' ORDER BY id")
    return [orjson.loads(row["payload"])["kwargs"]["change"] for row in rows]


async def sign_in(tenant: Tenant, code: str | None = None, *, now: Any = LATER) -> SignedIn:
    return await accounts.sign_in(
        KEYS, SignIn(tenant.email, PASSWORD, code), client=Client(), limiter=None, now=now
    )


async def protection(principal: Principal) -> Protection | None:
    [found] = await queries.protection_of([UserId(principal.id)])
    return found


async def at_once(times: int, act: Callable[[], Awaitable[object]]) -> list[BaseException]:
    """What those raised that failed."""
    outcomes = await asyncio.gather(*(act() for _ in range(times)), return_exceptions=True)
    return [outcome for outcome in outcomes if isinstance(outcome, BaseException)]


class TestEnable:
    async def test_changes_nothing_until_it_is_confirmed(self, acme: Tenant) -> None:
        await service.enable(proved(acme.owner), keys=KEYS, now=NOW)

        await sign_in(acme)
        assert await protection(acme.owner) == Protection(True, False, 0)

    async def test_answers_what_an_app_scans(self, acme: Tenant) -> None:
        enrolment = await service.enable(proved(acme.owner), keys=KEYS, now=NOW)

        app = pyotp.parse_uri(enrolment.uri)
        assert isinstance(app, pyotp.TOTP)
        assert (app.secret, app.name, app.issuer) == (enrolment.secret, acme.email, "LaunchKit")
        assert enrolment.secret not in repr(enrolment)

    async def test_starts_over_where_it_was_never_confirmed(self, acme: Tenant) -> None:
        first = App((await service.enable(proved(acme.owner), keys=KEYS, now=NOW)).secret)
        second = App((await service.enable(proved(acme.owner), keys=KEYS, now=NOW)).secret)

        with pytest.raises(WrongCode):
            await service.confirm(proved(acme.owner), first.code(), keys=KEYS, now=NOW)
        await service.confirm(proved(acme.owner), second.code(), keys=KEYS, now=NOW)

    async def test_refuses_to_replace_one_that_counts(self, acme: Tenant, app: App) -> None:
        before = await state()

        with pytest.raises(TotpAlreadyEnabled):
            await service.enable(proved(acme.owner), keys=KEYS, now=NOW)
        assert await state() == before


class TestConfirm:
    async def test_answers_ten_recovery_codes_and_leaves_a_trace(self, acme: Tenant) -> None:
        app = await set_up(acme.owner)

        assert len(set(app.recovery)) == 10
        assert await protection(acme.owner) == Protection(True, True, 10)
        assert await actions() == ["totp.enabled"]
        assert await told() == ["totp_enabled"]

    async def test_refuses_a_wrong_code(self, acme: Tenant) -> None:
        app = App((await service.enable(proved(acme.owner), keys=KEYS, now=NOW)).secret)
        before = await state()

        for wrong in (app.wrong(), "", "x"):
            with pytest.raises(WrongCode):
                await service.confirm(proved(acme.owner), wrong, keys=KEYS, now=NOW)
        assert await state() == before

    async def test_refuses_where_nothing_waits_for_it(self, acme: Tenant, app: App) -> None:
        before = await state()

        with pytest.raises(WrongCode):
            await service.confirm(proved(acme.owner), app.code(at=LATER), keys=KEYS, now=LATER)
        assert await state() == before

    async def test_happens_once_however_many_try_at_the_same_time(self, acme: Tenant) -> None:
        app = App((await service.enable(proved(acme.owner), keys=KEYS, now=NOW)).secret)

        failed = await at_once(
            20, lambda: service.confirm(proved(acme.owner), app.code(), keys=KEYS, now=NOW)
        )

        assert [type(error) for error in failed] == [WrongCode] * 19
        assert await protection(acme.owner) == Protection(True, True, 10)

    async def test_spends_its_code(self, acme: Tenant) -> None:
        app = await set_up(acme.owner)

        with pytest.raises(WrongSecondFactor):
            await sign_in(acme, app.code(), now=NOW)


class TestSignIn:
    async def test_asks_for_a_code_after_the_right_password_and_begins_nothing(
        self, acme: Tenant, app: App
    ) -> None:
        before = await state()

        for code in (None, ""):
            with pytest.raises(SecondFactorRequired):
                await sign_in(acme, code)
        assert await state() == before

    async def test_says_nothing_of_a_second_factor_to_a_wrong_password(self, acme: Tenant, app: App) -> None:
        before = await state()

        for code in (None, app.code(at=LATER)):
            command = SignIn(acme.email, "wrong", code)
            with pytest.raises(WrongCredentials) as raised:
                await accounts.sign_in(KEYS, command, client=Client(), limiter=None, now=LATER)
            assert raised.value.code == "wrong_credentials"
        assert await state() == before
        await sign_in(acme, app.code(at=LATER))

    async def test_accepts_the_code_of_the_app(self, acme: Tenant, app: App) -> None:
        signed_in = await sign_in(acme, app.code(at=LATER))

        assert await db.fetchval("SELECT count(*) FROM user_session WHERE id = $1", signed_in.session_id) == 1

    @pytest.mark.parametrize("steps", [-1, 1])
    async def test_accepts_a_clock_that_is_off_by_a_step(self, acme: Tenant, app: App, steps: int) -> None:
        await sign_in(acme, app.code(at=LATER + steps * timedelta(seconds=30)))

    async def test_refuses_a_wrong_code_as_it_does_a_wrong_password(self, acme: Tenant, app: App) -> None:
        before = await state()

        for wrong in (app.wrong(at=LATER), "nonsense", "0" * 64, "x" * 1000, "\x00"):
            with pytest.raises(WrongCredentials) as raised:
                await sign_in(acme, wrong)
            assert raised.value.code == "wrong_code"
        assert await state() == before

    async def test_refuses_a_code_that_was_used(self, acme: Tenant, app: App) -> None:
        await sign_in(acme, app.code(at=LATER))
        before = await state()

        with pytest.raises(WrongSecondFactor):
            await sign_in(acme, app.code(at=LATER), now=LATER + timedelta(seconds=1))
        assert await state() == before

    async def test_refuses_a_code_older_than_one_that_was_used(self, acme: Tenant, app: App) -> None:
        await sign_in(acme, app.code(at=LATER))
        older = app.code(at=LATER - timedelta(seconds=30))

        with pytest.raises(WrongSecondFactor):
            await sign_in(acme, older)

    async def test_accepts_a_code_once_however_many_try_at_the_same_time(
        self, acme: Tenant, app: App
    ) -> None:
        sessions = await db.fetchval("SELECT count(*) FROM user_session")

        failed = await at_once(20, lambda: sign_in(acme, app.code(at=LATER)))

        assert [type(error) for error in failed] == [WrongSecondFactor] * 19
        assert await db.fetchval("SELECT count(*) FROM user_session") == sessions + 1

    async def test_accepts_each_recovery_code_once_and_leaves_a_trace(self, acme: Tenant, app: App) -> None:
        for code in app.recovery[:2]:
            await sign_in(acme, code.upper())
            before = await state()
            with pytest.raises(WrongSecondFactor):
                await sign_in(acme, code)
            assert await state() == before

        assert await protection(acme.owner) == Protection(True, True, 8)
        assert await actions() == ["totp.enabled", "recovery_code.used", "recovery_code.used"]

    async def test_accepts_a_recovery_code_once_however_many_try_at_the_same_time(
        self, acme: Tenant, app: App
    ) -> None:
        sessions = await db.fetchval("SELECT count(*) FROM user_session")

        failed = await at_once(20, lambda: sign_in(acme, app.recovery[0]))

        assert [type(error) for error in failed] == [WrongSecondFactor] * 19
        assert await db.fetchval("SELECT count(*) FROM user_session") == sessions + 1
        assert await protection(acme.owner) == Protection(True, True, 9)

    async def test_refuses_the_codes_of_another(self, acme: Tenant, app: App, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        theirs = await set_up(rival.owner)
        before = await state()

        for code in (theirs.code(at=LATER), theirs.recovery[0]):
            with pytest.raises(WrongSecondFactor):
                await sign_in(acme, code)
        assert await state() == before

    async def test_says_so_where_the_secret_key_was_changed(self, acme: Tenant, app: App) -> None:
        other = AccountKeys.derive("x" * 32)

        with pytest.raises(SecretUnreadable):
            await accounts.sign_in(
                other,
                SignIn(acme.email, PASSWORD, app.code(at=LATER)),
                client=Client(),
                limiter=None,
                now=LATER,
            )


class TestDisable:
    async def disable(self, principal: Principal, code: str, limiter: Limiter | None = None) -> None:
        await service.disable(principal, code, keys=KEYS, limiter=limiter, now=LATER)

    @pytest.mark.parametrize("with_recovery_code", [True, False])
    async def test_makes_the_password_enough_again(
        self, acme: Tenant, app: App, with_recovery_code: bool
    ) -> None:
        await self.disable(acme.owner, app.recovery[0] if with_recovery_code else app.code(at=LATER))

        await sign_in(acme)
        assert await protection(acme.owner) == Protection(True, False, 0)
        assert (await actions())[-1] == "totp.disabled"
        assert await told() == ["totp_enabled", "totp_disabled"]

    async def test_refuses_a_wrong_and_a_used_code(self, acme: Tenant, app: App) -> None:
        await sign_in(acme, app.code(at=LATER))
        before = await state()

        for code in (app.wrong(at=LATER), app.code(at=LATER), ""):
            with pytest.raises(WrongCode):
                await self.disable(acme.owner, code)
        assert await state() == before

    async def test_refuses_where_there_is_none(self, acme: Tenant) -> None:
        enrolment = await service.enable(proved(acme.owner), keys=KEYS, now=NOW)
        before = await state()

        with pytest.raises(WrongCode):
            await self.disable(acme.owner, App(enrolment.secret).code(at=LATER))
        assert await state() == before

    async def test_leaves_those_of_others(self, acme: Tenant, app: App, settings: Settings) -> None:
        rival = await tenant(settings, "rival")
        await set_up(rival.owner)

        await self.disable(acme.owner, app.code(at=LATER))

        assert await protection(rival.owner) == Protection(False, True, 10)

    async def test_lets_a_stolen_session_guess_ten_times(self, acme: Tenant, app: App) -> None:
        counting = Limiter(LocalBuckets(), None)
        for _ in range(guessing.QUOTA.amount):
            with pytest.raises(WrongCode):
                await self.disable(acme.owner, app.wrong(at=LATER), counting)
        before = await state()

        with pytest.raises(RateLimited):
            await self.disable(acme.owner, app.code(at=LATER), counting)
        assert await state() == before


class TestReplaceRecoveryCodes:
    async def replace(self, principal: Principal, code: str) -> Any:
        return await service.replace_recovery_codes(principal, code, keys=KEYS, limiter=None, now=LATER)

    @pytest.mark.parametrize("with_recovery_code", [True, False])
    async def test_answers_ten_new_ones_and_voids_the_earlier(
        self, acme: Tenant, app: App, with_recovery_code: bool
    ) -> None:
        new = await self.replace(acme.owner, app.recovery[0] if with_recovery_code else app.code(at=LATER))

        assert not set(new.codes) & set(app.recovery)
        assert await protection(acme.owner) == Protection(True, True, 10)
        for code in app.recovery[:2]:
            with pytest.raises(WrongSecondFactor):
                await sign_in(acme, code)
        await sign_in(acme, new.codes[0])
        assert "recovery_codes.replaced" in await actions()

    async def test_refuses_a_wrong_code(self, acme: Tenant, app: App) -> None:
        before = await state()

        with pytest.raises(WrongCode):
            await self.replace(acme.owner, app.wrong(at=LATER))
        assert await state() == before

    async def test_leaves_ten_however_many_try_at_the_same_time(self, acme: Tenant, app: App) -> None:
        """Each with a code of its own: whoever comes second finds it void."""
        unused = iter(app.recovery)

        failed = await at_once(10, lambda: self.replace(acme.owner, next(unused)))

        assert [type(error) for error in failed] == [WrongCode] * 9
        assert await protection(acme.owner) == Protection(True, True, 10)


class TestSecrets:
    async def test_are_readable_in_no_row(self, acme: Tenant, app: App) -> None:
        rows = str(await state())

        hidden = [app.secret, *app.recovery, *(codes.normalised(code) for code in app.recovery)]
        assert all(secret not in rows for secret in hidden)
        assert all(secret.encode().hex() not in rows for secret in hidden)
