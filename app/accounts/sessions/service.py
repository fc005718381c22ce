"""Going on with a session, and ending it."""

from datetime import datetime

from app.accounts import person, refreshing
from app.accounts.keys import AccountKeys
from app.accounts.sessions.errors import NoSession, RefreshRefused
from app.accounts.sessions.types import LIFETIME, MAX_AGE
from app.accounts.types import Refresh, SignedIn
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core.errors import NotFound
from app.core.ids import SessionId, UserId
from app.core.principal import Principal
from app.identity.types import User
from app.infra import db, telemetry
from app.infra.db import Returned, StaleWrite

log = telemetry.logger(__name__)

# Whoever comes second waits for the row and finds the token used.
_USE = """
UPDATE refresh_token SET used_at = $2::timestamptz
WHERE digest = $1::bytea AND used_at IS NULL AND expires_at > $2::timestamptz
    AND ($3::uuid IS NULL OR session_id = $3::uuid)
RETURNING session_id
"""
_RENEW = """
UPDATE user_session SET last_seen_at = $1::timestamptz,
    expires_at = least($2::timestamptz, user_session.created_at + $3::interval)
FROM used, user_account
WHERE user_session.id = used.session_id AND user_account.id = user_session.user_id
    AND revoked_at IS NULL AND expires_at > $1::timestamptz
RETURNING user_session.id AS session_id, user_session.expires_at, user_id, email, name, user_account.created_at
"""
_INSERT_NEXT = """
INSERT INTO refresh_token (digest, session_id, created_at, expires_at)
SELECT $1::bytea, session_id, $2::timestamptz, expires_at FROM renewed
"""
_USED = """
SELECT s.id, s.user_id FROM refresh_token t JOIN user_session s ON s.id = t.session_id
WHERE t.digest = $1 AND t.used_at IS NOT NULL AND s.revoked_at IS NULL
"""
_END = """
UPDATE user_session SET revoked_at = $3::timestamptz
WHERE id = $1::uuid AND user_id = $2::uuid AND revoked_at IS NULL AND expires_at > $3::timestamptz
RETURNING id
"""
_IS_LIVE = (
    "SELECT 1 FROM user_session WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > $3"
)
_END_ALL = """
UPDATE user_session SET revoked_at = $3::timestamptz
WHERE user_id = $1::uuid AND id IS DISTINCT FROM $2::uuid AND revoked_at IS NULL AND expires_at > $3::timestamptz
RETURNING id
"""
# Tokens before their sessions, so that neither batch takes more rows along than it says.
_PURGE_TOKENS = """
DELETE FROM refresh_token WHERE ctid = ANY (ARRAY(
    SELECT t.ctid FROM user_session s JOIN refresh_token t ON t.session_id = s.id
    WHERE s.expires_at <= $1 LIMIT $2
))
"""
_PURGE = """
DELETE FROM user_session WHERE ctid = ANY (ARRAY(
    SELECT s.ctid FROM user_session s
    WHERE s.expires_at <= $1 AND NOT EXISTS (SELECT FROM refresh_token t WHERE t.session_id = s.id) LIMIT $2
))
"""


async def refresh(
    keys: AccountKeys, token: str, *, session_id: SessionId | None = None, now: datetime
) -> SignedIn:
    """The next pair of tokens, once; raises `RefreshRefused`, always the same.

    A token that comes a second time, be it in the same moment, was copied: its session ends, for both who have it.
    With `session_id` the token has to be of that session.
    """
    if not refreshing.looks_like_token(token):
        raise RefreshRefused
    digest = refreshing.digest(keys.refresh, token)
    following, next_digest = refreshing.new(keys.refresh)
    try:
        async with db.unit_of_work() as uow:
            uow.add(_USE, digest, now, session_id, name="used", expect=1)
            renewed = uow.add(_RENEW, now, now + LIFETIME, MAX_AGE, name="renewed", expect=1, returning=True)
            uow.add(_INSERT_NEXT, next_digest, now)
    except StaleWrite:
        await _end_if_used(digest, now=now)
        raise RefreshRefused from None
    return _signed_in(keys, renewed, following, now=now)


async def sign_out(principal: Principal, *, now: datetime) -> SessionId:
    """Ends the session that asks. Raises `NoSession`."""
    user_id, session_id = person.user_of(principal), principal.session_id
    if session_id is None:
        raise NoSession
    try:
        await _end(Action.SESSION_ENDED, principal, user_id, session_id, now=now)
    except StaleWrite:
        # Ended by another in this moment: that is what was wanted.
        return session_id
    return session_id


async def revoke(principal: Principal, session_id: SessionId, *, now: datetime) -> None:
    """Ends one session of one's own. Raises `NotFound` for those of others and for those that have ended."""
    try:
        await _end(Action.SESSION_REVOKED, principal, person.user_of(principal), session_id, now=now)
    except StaleWrite:
        raise NotFound from None


async def revoke_all(principal: Principal, *, but: SessionId | None, now: datetime) -> list[SessionId]:
    """Ends all sessions of one's own, or all but one, and tells which. Raises `NotFound` where one has no such one."""
    user_id = person.user_of(principal)
    async with db.unit_of_work() as uow:
        if but is not None and not await uow.fetch(_IS_LIVE, but, user_id, now):
            raise NotFound
        ended = [SessionId(row["id"]) for row in await uow.fetch(_END_ALL, user_id, but, now)]
        audit.record(uow, *(_entry(Action.SESSION_REVOKED, principal, id_, now) for id_ in ended))
    return ended


async def purge_expired(*, now: datetime, limit: int = 1_000) -> int:
    """Removes sessions that are over, with their tokens: `limit` rows of each at most."""
    tokens = await db.execute(_PURGE_TOKENS, now, limit)
    return tokens + await db.execute(_PURGE, now, limit)


async def _end_if_used(digest: bytes, *, now: datetime) -> None:
    row = await db.fetchrow(_USED, digest)
    if row is None:
        return
    user_id, session_id = UserId(row["user_id"]), SessionId(row["id"])
    owner = Principal("user", user_id, session_id=session_id)
    try:
        await _end(Action.SESSION_REUSED, owner, user_id, session_id, now=now)
    except StaleWrite:
        return
    telemetry.REFRESH_TOKENS_REUSED.inc()
    log.warning("session.reused", session_id=str(session_id), user_id=str(user_id))


async def _end(
    action: Action, principal: Principal, user_id: UserId, session_id: SessionId, *, now: datetime
) -> None:
    """Raises `StaleWrite` where there is no such session that lasts."""
    async with db.unit_of_work() as uow:
        uow.add(_END, session_id, user_id, now, expect=1)
        audit.record(uow, _entry(action, principal, session_id, now))


def _entry(action: Action, principal: Principal, session_id: SessionId, now: datetime) -> Entry:
    return Entry(INSTALLATION, action, principal, "session", session_id, now)


def _signed_in(keys: AccountKeys, renewed: Returned, token: str, *, now: datetime) -> SignedIn:
    row = renewed.row
    user = User(UserId(row["user_id"]), row["email"], row["name"], row["created_at"])
    session_id = SessionId(row["session_id"])
    access = keys.signer.issue(user.id, session_id, now=now)
    return SignedIn(user, session_id, access, Refresh(token, row["expires_at"]))
