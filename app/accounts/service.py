"""Signing in."""

from datetime import datetime, timedelta

from app.accounts import refreshing
from app.accounts.errors import WrongCredentials
from app.accounts.keys import AccountKeys
from app.accounts.types import Client, Refresh, SignedIn, SignIn
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core import ids
from app.core.ids import SessionId, UserId
from app.core.principal import Principal
from app.identity.types import User
from app.infra import db, hashing
from app.infra.db import UnitOfWork

SESSION_LIFETIME = timedelta(days=30)
MAX_USER_AGENT_LENGTH = 300

_FIND_BY_EMAIL = """
SELECT id, email, name, password_hash, created_at FROM user_account WHERE lower(email) = lower($1)
"""
_INSERT_SESSION = """
INSERT INTO user_session (id, user_id, method, created_at, last_seen_at, expires_at, ip, user_agent)
VALUES ($1::uuid, $2::uuid, $3::text, $4::timestamptz, $4::timestamptz, $5::timestamptz, $6::text, $7::text)
"""
_INSERT_REFRESH = """
INSERT INTO refresh_token (digest, session_id, created_at, expires_at)
VALUES ($1::bytea, $2::uuid, $3::timestamptz, $4::timestamptz)
"""


async def sign_in(keys: AccountKeys, command: SignIn, *, client: Client, now: datetime) -> SignedIn:
    """A new session for the account; raises `WrongCredentials`, equally fast for unknown e-mails."""
    command.validate()
    row = await db.fetchrow(_FIND_BY_EMAIL, command.email)
    stored = None if row is None else row["password_hash"]
    if not await hashing.verify_password(stored, command.password) or row is None:
        raise WrongCredentials
    user = User(UserId(row["id"]), row["email"], row["name"], row["created_at"])
    async with db.unit_of_work() as uow:
        return _begin_session(uow, keys, user, method="password", client=client, now=now)


def _begin_session(
    uow: UnitOfWork, keys: AccountKeys, user: User, *, method: str, client: Client, now: datetime
) -> SignedIn:
    session_id = SessionId(ids.uuid7())
    expires_at = now + SESSION_LIFETIME
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
