"""Setting a second factor up, and spending its codes: each is accepted once, whoever sends it how often at once."""

from datetime import datetime

from app.accounts import guessing, notices, person
from app.accounts.keys import AccountKeys
from app.accounts.notices import Change
from app.accounts.proving import Proved
from app.accounts.totp import codes, encryption
from app.accounts.totp.errors import SecondFactorRequired, TotpAlreadyEnabled, WrongCode, WrongSecondFactor
from app.accounts.totp.types import Enrolment, RecoveryCodes
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core.ids import UserId
from app.core.principal import Principal
from app.infra import db, hashing
from app.infra.db import StaleWrite, UnitOfWork
from app.limits.service import Limiter
from app.outbox import service as outbox

_BEGIN = """
INSERT INTO totp (user_id, secret, created_at) VALUES ($1::uuid, $2::bytea, $3::timestamptz)
ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
WHERE totp.confirmed_at IS NULL
RETURNING user_id
"""
_PENDING = "SELECT secret FROM totp WHERE user_id = $1 AND confirmed_at IS NULL"
# The secret is named: another enrolment may have replaced the one whose code was looked at.
_CONFIRM = """
UPDATE totp SET confirmed_at = $1::timestamptz, last_step = $2::bigint
WHERE user_id = $3::uuid AND confirmed_at IS NULL AND secret = $4::bytea
RETURNING user_id
"""
_IS_ENABLED = "SELECT 1 FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL"
# Whoever spends a code waits here for who spends another: a code, a step and a set of codes change hands one by one.
_LOCK = "SELECT secret FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL FOR UPDATE"
_SPEND_STEP = """
UPDATE totp SET last_step = $1 WHERE user_id = $2 AND last_step < $1 RETURNING user_id
"""
_SPEND_RECOVERY = """
UPDATE recovery_code SET used_at = $1 WHERE digest = $2 AND user_id = $3 AND used_at IS NULL RETURNING user_id
"""
_INSERT_CODES = """
INSERT INTO recovery_code (digest, user_id) SELECT digest, $2::uuid FROM unnest($1::bytea[]) AS code (digest)
"""
_DELETE_CODES = "DELETE FROM recovery_code WHERE user_id = $1::uuid"
_DELETE_TOTP = "DELETE FROM totp WHERE user_id = $1::uuid"


async def enable(proved: Proved, *, keys: AccountKeys, now: datetime) -> Enrolment:
    """A new secret, pending until `confirm`; it replaces one that was never confirmed.

    Raises `TotpAlreadyEnabled`.
    """
    user_id = proved.user_id
    secret = codes.new_secret()
    email = await db.fetchval("SELECT email FROM user_account WHERE id = $1", user_id)
    try:
        async with db.unit_of_work() as uow:
            uow.add(_BEGIN, user_id, encryption.seal(keys.totp, user_id, secret), now, expect=1)
    except StaleWrite:
        raise TotpAlreadyEnabled from None
    return Enrolment(secret, codes.uri(secret, email))


async def confirm(proved: Proved, code: str, *, keys: AccountKeys, now: datetime) -> RecoveryCodes:
    """From now on signing in needs a code. Raises `WrongCode`, also where nothing waits to be confirmed."""
    user_id = proved.user_id
    stored = await db.fetchval(_PENDING, user_id)
    if stored is None:
        raise WrongCode
    step = codes.step_of(encryption.open_(keys.totp, user_id, stored), codes.normalised(code), now=now)
    if step is None:
        raise WrongCode
    try:
        async with db.unit_of_work() as uow:
            uow.add(_CONFIRM, now, step, user_id, stored, expect=1)
            uow.add(_DELETE_CODES, user_id)
            new = _add_codes(uow, keys, user_id)
            audit.record(uow, _entry(Action.TOTP_ENABLED, user_id, now))
            outbox.enqueue(uow, notices.send_account_notice(user_id, Change.TOTP_ENABLED, at=now), now=now)
    except StaleWrite:
        raise WrongCode from None
    return new


async def disable(
    principal: Principal, code: str, *, keys: AccountKeys, limiter: Limiter | None, now: datetime
) -> None:
    """The password alone is enough again. Raises `WrongCode`, or `RateLimited`."""
    user_id = person.user_of(principal)
    await guessing.allow(limiter, user_id)
    async with db.unit_of_work() as uow:
        if not await _spend(uow, user_id, code, keys=keys, now=now):
            raise WrongCode
        uow.add(_DELETE_TOTP, user_id)
        uow.add(_DELETE_CODES, user_id)
        audit.record(uow, _entry(Action.TOTP_DISABLED, user_id, now))
        outbox.enqueue(uow, notices.send_account_notice(user_id, Change.TOTP_DISABLED, at=now), now=now)


async def replace_recovery_codes(
    principal: Principal, code: str, *, keys: AccountKeys, limiter: Limiter | None, now: datetime
) -> RecoveryCodes:
    """New codes; the earlier ones are void. Raises `WrongCode`, or `RateLimited`."""
    user_id = person.user_of(principal)
    await guessing.allow(limiter, user_id)
    async with db.unit_of_work() as uow:
        if not await _spend(uow, user_id, code, keys=keys, now=now):
            raise WrongCode
        uow.add(_DELETE_CODES, user_id)
        new = _add_codes(uow, keys, user_id)
        audit.record(uow, _entry(Action.RECOVERY_CODES_REPLACED, user_id, now))
    return new


async def require(
    uow: UnitOfWork, user_id: UserId, code: str | None, *, keys: AccountKeys, now: datetime
) -> None:
    """For signing in, after the password: passes where no second factor is set up, else spends `code`.

    Raises `SecondFactorRequired` where none was sent, or `WrongSecondFactor`.
    """
    if not await db.fetch(_IS_ENABLED, user_id):
        return
    if not code:
        raise SecondFactorRequired
    if not await _spend(uow, user_id, code, keys=keys, now=now):
        raise WrongSecondFactor


async def _spend(uow: UnitOfWork, user_id: UserId, code: str, *, keys: AccountKeys, now: datetime) -> bool:
    """Takes a code of the authenticator, or a recovery code, for what `uow` does; False where it is no good."""
    given = codes.normalised(code)
    rows = await uow.fetch(_LOCK, user_id)
    if not rows or not given:
        return False
    if codes.is_totp(given):
        step = codes.step_of(encryption.open_(keys.totp, user_id, rows[0]["secret"]), given, now=now)
        return step is not None and bool(await uow.fetch(_SPEND_STEP, step, user_id))
    audit.record(uow, _entry(Action.RECOVERY_CODE_USED, user_id, now))
    digest = hashing.keyed_digest(keys.recovery, given)
    return bool(await uow.fetch(_SPEND_RECOVERY, now, digest, user_id))


def _add_codes(uow: UnitOfWork, keys: AccountKeys, user_id: UserId) -> RecoveryCodes:
    new = codes.new_recovery_codes()
    digests = [hashing.keyed_digest(keys.recovery, codes.normalised(code)) for code in new]
    uow.add(_INSERT_CODES, digests, user_id)
    return RecoveryCodes(new)


def _entry(action: Action, user_id: UserId, now: datetime) -> Entry:
    return Entry(INSTALLATION, action, Principal("user", user_id), "user", user_id, now)
