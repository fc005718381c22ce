"""Sending links, and doing once what they allow."""

from datetime import datetime

from app.accounts import guessing, passwords, person
from app.accounts.errors import WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.links import limits, queries, signing, tasks
from app.accounts.links.errors import EmailAlreadyVerified, LinkInvalid
from app.accounts.links.purposes import LIFETIMES, Purpose
from app.accounts.links.types import ChangePassword, Link, RequestReset, ResetPassword
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core import ids
from app.core.ids import LinkId, SessionId, UserId
from app.core.principal import Principal
from app.infra import db, hashing
from app.infra.db import StaleWrite, UnitOfWork
from app.limits.service import Limiter
from app.outbox import service as outbox

_INSERT = """
INSERT INTO one_time_token (id, user_id, purpose, email, created_at, expires_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz, $6::timestamptz)
"""
_INSERT_UNLESS_VERIFIED = """
INSERT INTO one_time_token (id, user_id, purpose, email, created_at, expires_at)
SELECT $1::uuid, id, $2::text, email, $3::timestamptz, $4::timestamptz FROM user_account
WHERE id = $5::uuid AND email_verified_at IS NULL
RETURNING id
"""
# For an unknown address it inserts nothing, and nothing else differs: not the statement, not the message.
_INSERT_RESET = """
INSERT INTO one_time_token (id, user_id, purpose, email, created_at, expires_at)
SELECT $1::uuid, id, $2::text, email, $3::timestamptz, $4::timestamptz FROM user_account
WHERE lower(email) = lower($5::text)
"""
_USE = """
UPDATE one_time_token SET used_at = $2::timestamptz
WHERE id = $1::uuid AND used_at IS NULL AND expires_at > $2::timestamptz
RETURNING user_id, email
"""
_VERIFY = """
UPDATE user_account SET email_verified_at = coalesce(email_verified_at, $1::timestamptz) FROM link
WHERE user_account.id = link.user_id AND lower(user_account.email) = lower(link.email)
RETURNING user_account.id
"""
# What was sent to the address was read there, so it is confirmed as well.
_RESET = """
UPDATE user_account
SET password_hash = $1::text, email_verified_at = coalesce(email_verified_at, $2::timestamptz) FROM link
WHERE user_account.id = link.user_id AND lower(user_account.email) = lower(link.email)
RETURNING user_account.id
"""
_CHANGE = "UPDATE user_account SET password_hash = $1::text WHERE id = $2::uuid RETURNING id"
_VOID_RESETS = """
UPDATE one_time_token SET used_at = $2::timestamptz
WHERE user_id = $1::uuid AND id IS DISTINCT FROM $3::uuid AND purpose = 'reset_password' AND used_at IS NULL
"""
_REVOKE_SESSIONS = """
UPDATE user_session SET revoked_at = $2::timestamptz
WHERE user_id = $1::uuid AND id IS DISTINCT FROM $3::uuid AND revoked_at IS NULL RETURNING id
"""
_IS_UNCONFIRMED = "SELECT 1 FROM user_account WHERE id = $1 AND email_verified_at IS NULL"
_FORGET_TOTP = "DELETE FROM totp WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL AS was_enabled"
_FORGET_CODES = "DELETE FROM recovery_code WHERE user_id = $1 RETURNING user_id"
_FORGET_IDENTITIES = """
DELETE FROM external_identity WHERE user_id = $1 AND issuer IS DISTINCT FROM $2
    AND issuer IS DISTINCT FROM (SELECT method FROM user_session WHERE id = $3 AND user_id = $1)
RETURNING id, issuer, unlinked_at IS NULL AS was_linked
"""
_PURGE = """
DELETE FROM one_time_token WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM one_time_token WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED
))
"""


def send_verification(uow: UnitOfWork, user_id: UserId, *, email: str, now: datetime) -> None:
    """For who makes an account: mails the link that confirms its address."""
    link_id = LinkId(ids.uuid7())
    purpose = Purpose.VERIFY_EMAIL
    uow.add(_INSERT, link_id, user_id, purpose, email, now, now + LIFETIMES[purpose])
    outbox.enqueue(uow, tasks.send_link(link_id), now=now)


async def request_verification(
    principal: Principal, *, limiter: Limiter | None, address: str, now: datetime
) -> None:
    """Mails the link again. Raises `EmailAlreadyVerified`, or `RateLimited`."""
    user_id = person.user_of(principal)
    if limiter is not None:
        await limiter.spend_from(limits.of_mails(str(user_id), address))
    link_id, purpose = LinkId(ids.uuid7()), Purpose.VERIFY_EMAIL
    try:
        async with db.unit_of_work() as uow:
            uow.add(
                _INSERT_UNLESS_VERIFIED, link_id, purpose, now, now + LIFETIMES[purpose], user_id, expect=1
            )
            outbox.enqueue(uow, tasks.send_link(link_id), now=now)
    except StaleWrite:
        raise EmailAlreadyVerified from None


async def verify_email(
    keys: AccountKeys,
    token: str,
    *,
    by: Principal | None = None,
    bearer_issuer: str | None = None,
    now: datetime,
) -> None:
    """Confirms the address that the link was sent to; raises `LinkInvalid`.

    What was set up before the first confirmation goes, and its sessions end: whoever did it may be another than who
    reads the address. Where `by`, who opens the link, is signed in to the account they are the same: that session
    stays, and the identity by which it began (of `bearer_issuer`, where there is no session).
    """
    link = await _open(keys, Purpose.VERIFY_EMAIL, token, now=now)
    owner = by if by is not None and (by.kind, by.id) == ("user", link.user_id) else None
    session_id = owner.session_id if owner else None
    issuer = bearer_issuer if owner and session_id is None else None
    try:
        async with db.unit_of_work() as uow:
            await passwords.lock(uow, link.user_id)
            if await _forget(uow, link.user_id, issuer=issuer, session_id=session_id, now=now):
                await _revoke_sessions(uow, link.user_id, session_id=session_id, now=now)
            uow.add(_USE, link.id, now, name="link", expect=1)
            uow.add(_VERIFY, now, expect=1)
            audit.record(uow, _entry(Action.EMAIL_VERIFIED, link.user_id, now))
    except StaleWrite:
        raise LinkInvalid from None


async def request_reset(
    command: RequestReset, *, limiter: Limiter | None, address: str, now: datetime
) -> None:
    """Mails a link to the account of this address, if there is one: neither answer nor time tells.

    Raises `InvalidInput`, or `RateLimited`, which counts unknown addresses alike.
    """
    command.validate()
    if limiter is not None:
        await limiter.spend_from(limits.of_mails(command.email, address))
    link_id, purpose = LinkId(ids.uuid7()), Purpose.RESET_PASSWORD
    async with db.unit_of_work() as uow:
        uow.add(_INSERT_RESET, link_id, purpose, now, now + LIFETIMES[purpose], command.email)
        outbox.enqueue(uow, tasks.send_link(link_id), now=now)


async def reset_password(keys: AccountKeys, command: ResetPassword, *, now: datetime) -> None:
    """Sets the password of whom the link was sent to, and ends every session of theirs.

    Raises `LinkInvalid` or `InvalidInput`. A second factor stays, unless the address was never confirmed before.
    """
    command.validate()
    link = await _open(keys, Purpose.RESET_PASSWORD, command.token, now=now)
    password_hash = await hashing.hash_password(command.password)
    try:
        async with db.unit_of_work() as uow:
            await passwords.lock(uow, link.user_id)
            await _forget(uow, link.user_id, now=now)
            uow.add(_USE, link.id, now, name="link", expect=1)
            uow.add(_RESET, password_hash, now, expect=1)
            await _end_what_the_old_one_allowed(uow, link.user_id, link_id=link.id, now=now)
            audit.record(uow, _entry(Action.PASSWORD_RESET, link.user_id, now))
    except StaleWrite:
        raise LinkInvalid from None


async def change_password(
    principal: Principal, command: ChangePassword, *, limiter: Limiter | None, now: datetime
) -> None:
    """Sets another password and ends all sessions but the one that asks.

    Raises `InvalidInput`, `RateLimited`, or `WrongCredentials` where the current password is another or none was
    ever set.
    """
    user_id = person.user_of(principal)
    command.validate()
    await guessing.allow(limiter, user_id)
    stored = await db.fetchval("SELECT password_hash FROM user_account WHERE id = $1", user_id)
    if not await hashing.verify_password(stored, command.current):
        raise WrongCredentials("The current password is wrong.")
    password_hash = await hashing.hash_password(command.new)
    async with db.unit_of_work() as uow:
        if await passwords.lock(uow, user_id) != stored:
            raise WrongCredentials("The current password is wrong.")
        uow.add(_CHANGE, password_hash, user_id)
        await _end_what_the_old_one_allowed(uow, user_id, session_id=principal.session_id, now=now)
        audit.record(uow, _entry(Action.PASSWORD_CHANGED, user_id, now))


async def purge_expired(*, now: datetime, limit: int = 1_000) -> int:
    """How many links of the past are gone, of at most `limit` at once."""
    return await db.execute(_PURGE, now, limit)


async def _open(keys: AccountKeys, purpose: Purpose, token: str, *, now: datetime) -> Link:
    """A forged link costs no query, a used one no hash."""
    link_id = signing.verify(keys.links, purpose, token)
    link = await queries.find_open(link_id, now=now)
    if link is None or link.purpose is not purpose:
        raise LinkInvalid
    return link


async def _forget(
    uow: UnitOfWork,
    user_id: UserId,
    *,
    issuer: str | None = None,
    session_id: SessionId | None = None,
    now: datetime,
) -> bool:
    """Whether the address was not confirmed yet. Then anybody may have made the account: what they set up as theirs
    goes, but for the identities of `issuer` and of the one that `session_id` began with.

    With the account's row locked.
    """
    if not await uow.fetch(_IS_UNCONFIRMED, user_id):
        return False
    factors = await uow.fetch(_FORGET_TOTP, user_id)
    codes = await uow.fetch(_FORGET_CODES, user_id)
    identities = await uow.fetch(_FORGET_IDENTITIES, user_id, issuer, session_id)
    if any(row["was_enabled"] for row in factors):
        audit.record(uow, _entry(Action.TOTP_DISABLED, user_id, now))
    if codes:
        audit.record(uow, _entry(Action.RECOVERY_CODES_REMOVED, user_id, now))
    owner = Principal("user", user_id)
    for row in identities:
        if row["was_linked"]:
            changes = {"issuer": row["issuer"]}
            audit.record(
                uow,
                Entry(INSTALLATION, Action.IDENTITY_UNLINKED, owner, "identity", row["id"], now, changes),
            )
    return True


async def _revoke_sessions(
    uow: UnitOfWork, user_id: UserId, *, session_id: SessionId | None, now: datetime
) -> None:
    """All but `session_id`, each with its trace."""
    owner = Principal("user", user_id, session_id=session_id)
    rows = await uow.fetch(_REVOKE_SESSIONS, user_id, now, session_id)
    entries = [Entry(INSTALLATION, Action.SESSION_REVOKED, owner, "session", row["id"], now) for row in rows]
    audit.record(uow, *entries)


async def _end_what_the_old_one_allowed(
    uow: UnitOfWork,
    user_id: UserId,
    *,
    link_id: LinkId | None = None,
    session_id: SessionId | None = None,
    now: datetime,
) -> None:
    """Sessions but `session_id`, and links to reset but `link_id`; tells the person."""
    uow.add(_VOID_RESETS, user_id, now, link_id)
    await _revoke_sessions(uow, user_id, session_id=session_id, now=now)
    outbox.enqueue(uow, tasks.send_password_notice(user_id, at=now), now=now)


def _entry(action: Action, user_id: UserId, now: datetime) -> Entry:
    return Entry(INSTALLATION, action, Principal("user", user_id), "user", user_id, now)
