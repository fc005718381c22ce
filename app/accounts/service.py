"""Signing in."""

from datetime import datetime

from app.accounts import attempts, passwords, refreshing
from app.accounts.errors import WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.sessions.types import LIFETIME
from app.accounts.totp import service as totp
from app.accounts.types import Client, Refresh, SignedIn, SignIn
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core import ids
from app.core.ids import SessionId, UserId
from app.core.principal import Principal
from app.identity.types import User
from app.infra import db, hashing
from app.infra.db import StaleWrite, UnitOfWork
from app.limits.service import Limiter

MAX_USER_AGENT_LENGTH = 300

_FIND_BY_EMAIL = """
SELECT id, email, name, password_hash, created_at, email_verified_at FROM user_account
WHERE lower(email) = lower($1)
"""
_INSERT_SESSION = """
INSERT INTO user_session (id, user_id, method, created_at, last_seen_at, expires_at, ip, user_agent)
VALUES ($1::uuid, $2::uuid, $3::text, $4::timestamptz, $4::timestamptz, $5::timestamptz, $6::text, $7::text)
"""
_INSERT_REFRESH = """
INSERT INTO refresh_token (digest, session_id, created_at, expires_at)
VALUES ($1::bytea, $2::uuid, $3::timestamptz, $4::timestamptz)
"""


async def sign_in(
    keys: AccountKeys, command: SignIn, *, client: Client, limiter: Limiter | None, now: datetime
) -> SignedIn:
    """A new session for the account; raises `WrongCredentials`, equally fast for unknown e-mails.

    Every attempt counts, right or wrong, before it is looked at: many at once get no further than one by one.
    Raises `TooManyAttempts`.
    After the right password, where a second factor is set up: `SecondFactorRequired` or `WrongSecondFactor`.
    """
    command.validate()
    await attempts.spend(limiter, attempts.of(keys.attempts, command.email, client.ip or ""))
    row = await db.fetchrow(_FIND_BY_EMAIL, command.email)
    stored = None if row is None else row["password_hash"]
    if not await hashing.verify_password(stored, command.password) or row is None:
        raise WrongCredentials
    if row["email_verified_at"] is None:
        # In the same words: whoever signed up with somebody's address must not learn here whether it was taken.
        raise WrongCredentials
    user = User(UserId(row["id"]), row["email"], row["name"], row["created_at"])
    try:
        async with db.unit_of_work() as uow:
            await totp.require(uow, user.id, command.code, keys=keys, now=now)
            passwords.require_unchanged(uow, user.id, row["password_hash"])
            return begin_session(uow, keys, user, method="password", client=client, now=now)
    except StaleWrite:
        # Meanwhile the password was changed, and every session ended that the old one had begun.
        raise WrongCredentials from None


def begin_session(
    uow: UnitOfWork, keys: AccountKeys, user: User, *, method: str, client: Client, now: datetime
) -> SignedIn:
    """For whoever has proved who they are, by whatever `method`. Always a session of its own."""
    session_id = SessionId(ids.uuid7())
    expires_at = now + LIFETIME
    agent = (client.user_agent or "")[:MAX_USER_AGENT_LENGTH] or None
    uow.add(
        _INSERT_SESSION, session_id, user.id, method, now, expires_at, client.ip, agent, name="session_begun"
    )
    token, digest = refreshing.new(keys.refresh)
    uow.add(_INSERT_REFRESH, digest, session_id, now, expires_at)
    principal = Principal("user", user.id, session_id=session_id)
    entry = Entry(
        INSTALLATION, Action.SESSION_STARTED, principal, "session", session_id, now, {"method": method}
    )
    audit.record(uow, entry)
    access = keys.signer.issue(user.id, session_id, now=now)
    return SignedIn(user, session_id, access, Refresh(token, expires_at))
