"""Making people known by what an issuer says of them: the rules are those of decision 15."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from app.accounts import notices, person
from app.accounts import service as accounts
from app.accounts.errors import SessionEnded
from app.accounts.external.errors import (
    AccountExists,
    EmailMissing,
    IdentityTaken,
    IdentityUnlinked,
    LastSignInMethod,
)
from app.accounts.external.types import Profile
from app.accounts.keys import AccountKeys
from app.accounts.notices import Change
from app.accounts.types import Client, SignedIn
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core import ids
from app.core.errors import Kind, LaunchKitError, NotFound
from app.core.ids import IdentityId, SessionId, UserId
from app.core.principal import Principal
from app.identity.types import User
from app.infra import db
from app.infra.db import StaleWrite, UnitOfWork
from app.outbox import service as outbox

# Each further round means that somebody else changed what the one before had read.
_ROUNDS = 4

# The person of the identity, else the one with the e-mail address. Who has a second factor is not handed over to
# somebody who never showed it.
_MATCH = """
SELECT i.user_id IS NOT NULL AS is_known, i.unlinked_at IS NOT NULL AS is_unlinked, u.id, u.email, u.name, u.created_at,
    u.email_verified_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS may_be_linked
FROM (SELECT 1) AS one
LEFT JOIN external_identity i ON i.issuer = $1 AND i.subject = $2
LEFT JOIN user_account o ON lower(o.email) = lower($3)
LEFT JOIN user_account u ON u.id = COALESCE(i.user_id, o.id)
"""
# Of many who see the identity for the first time at once, one inserts it; the others wait for that one's commit,
# insert nothing, and look again. The person is inserted for the inserted identity only, by the same statement.
_CLAIM_NEW = """
INSERT INTO external_identity (id, user_id, issuer, subject, email, created_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::timestamptz)
ON CONFLICT (issuer, subject) DO NOTHING RETURNING user_id
"""
# Whoever sets another password, or takes the identity away, ends the sessions with the account's row locked: this waits
# for them, and then looks at what they left. In their order of locks: the person, then the identity. SHARE of the
# latter: what takes it away is no change of a key, which KEY SHARE would not see.
_STILL_THEIRS = """
SELECT u.id FROM user_account u JOIN external_identity i ON i.user_id = u.id
WHERE u.id = $1::uuid AND i.issuer = $2::text AND i.subject = $3::text AND i.unlinked_at IS NULL
FOR KEY SHARE OF u FOR SHARE OF i
"""
_INSERT_USER = """
INSERT INTO user_account (id, email, name, created_at, email_verified_at)
SELECT user_id, $1::text, $2::text, $3::timestamptz, $4::timestamptz FROM claimed
"""
_CLAIM_FOR_OWNER = """
INSERT INTO external_identity (id, user_id, issuer, subject, email, created_at)
SELECT $1::uuid, u.id, $3::text, $4::text, $5::text, $6::timestamptz FROM user_account u
WHERE u.id = $2::uuid AND lower(u.email) = lower($5::text) AND u.email_verified_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL)
ON CONFLICT (issuer, subject) DO NOTHING RETURNING user_id
"""
# Here its person says so: what was unlinked is linked again, or to another account.
_CLAIM_IN_SESSION = """
INSERT INTO external_identity (id, user_id, issuer, subject, email, created_at)
SELECT $1::uuid, s.user_id, $3::text, $4::text, $5::text, $6::timestamptz FROM user_session s
WHERE s.user_id = $2::uuid AND s.id = $7::uuid AND s.revoked_at IS NULL AND s.expires_at > $6::timestamptz
ON CONFLICT (issuer, subject) DO UPDATE SET id = excluded.id, user_id = excluded.user_id, email = excluded.email,
    created_at = excluded.created_at, unlinked_at = NULL
WHERE external_identity.unlinked_at IS NOT NULL
RETURNING user_id
"""
# Of two who each unlink one of the last two identities, the second waits here, and then reads what the first left:
# a statement sees what was committed before it began, not while it waited.
_LOCK = "SELECT password_hash IS NOT NULL AS has_password FROM user_account WHERE id = $1 FOR UPDATE"
_IDENTITIES = "SELECT id, issuer FROM external_identity WHERE user_id = $1 AND unlinked_at IS NULL"
# The row stays: without it the next sign-in would link it anew by the address.
_UNLINK = """
UPDATE external_identity SET unlinked_at = $2::timestamptz WHERE id = $1::uuid AND unlinked_at IS NULL RETURNING id
"""
_END_SESSIONS = """
UPDATE user_session SET revoked_at = $3::timestamptz
WHERE user_id = $1::uuid AND method = $2::text AND revoked_at IS NULL AND id IS DISTINCT FROM $4::uuid
RETURNING id
"""


class _EmailJustTaken(LaunchKitError):
    """Never leaves this module: another identity with the same address was first."""

    kind = Kind.CONFLICT
    code = "email_just_taken"
    title = "The e-mail address was taken a moment ago."


@dataclass(frozen=True, slots=True)
class _Match:
    """`user` is the person of the identity, or else (not `is_known`) the one who has its e-mail address."""

    user: User | None
    is_known: bool
    is_unlinked: bool
    may_be_linked: bool


async def sign_in(keys: AccountKeys, profile: Profile, *, client: Client, now: datetime) -> SignedIn:
    """A session for the person of the identity, who is made known first where need be.

    Raises `AccountExists`, `EmailMissing` or `IdentityUnlinked`.
    """

    def begin(uow: UnitOfWork, user: User) -> SignedIn:
        return accounts.begin_session(uow, keys, user, method=profile.issuer, client=client, now=now)

    for _ in range(_ROUNDS):
        match = await _match(profile)
        try:
            async with db.unit_of_work() as uow:
                return begin(uow, _enter(uow, match, profile, now=now))
        except (StaleWrite, _EmailJustTaken):
            continue
    raise AccountExists


async def admit(profile: Profile, *, now: datetime) -> None:
    """Makes the person of the identity known, without a session.

    Raises `AccountExists`, `EmailMissing` or `IdentityUnlinked`.
    """
    for _ in range(_ROUNDS):
        match = await _match(profile)
        try:
            async with db.unit_of_work() as uow:
                _enter(uow, match, profile, now=now)
                return
        except (StaleWrite, _EmailJustTaken):
            continue
    raise AccountExists


async def link(profile: Profile, *, user_id: UserId, session_id: SessionId, now: datetime) -> None:
    """Lets the identity sign in to the account; once more changes nothing.

    Raises `IdentityTaken`, or `SessionEnded` where the session that asked for it is over.
    """
    try:
        async with db.unit_of_work() as uow:
            _claim(uow, _CLAIM_IN_SESSION, profile, user_id, session_id, now=now)
            _tell(uow, user_id, now=now)
    except StaleWrite:
        match = await _match(profile)
        if not match.is_known or match.is_unlinked or match.user is None:
            raise SessionEnded from None
        if match.user.id != user_id:
            raise IdentityTaken from None


async def unlink(
    principal: Principal, identity_id: IdentityId, *, usable_issuers: Set[str], now: datetime
) -> None:
    """Ends what the identity lets in: itself, and the other sessions that it began.

    Raises `Forbidden`, `NotFound`, or `LastSignInMethod` where neither a password nor an identity of
    `usable_issuers` would be left.
    """
    user_id = person.user_of(principal)
    async with db.unit_of_work() as uow:
        locked = await uow.fetch(_LOCK, user_id)
        issuers = {row["id"]: row["issuer"] for row in await uow.fetch(_IDENTITIES, user_id)}
        issuer = issuers.pop(identity_id, None)
        if not locked or issuer is None:
            raise NotFound
        if not locked[0]["has_password"] and not usable_issuers & set(issuers.values()):
            raise LastSignInMethod
        uow.add(_UNLINK, identity_id, now, name="unlinked", expect=1)
        ended = await uow.fetch(_END_SESSIONS, user_id, issuer, now, principal.session_id)
        changes = {"issuer": issuer}
        audit.record(
            uow,
            Entry(INSTALLATION, Action.IDENTITY_UNLINKED, principal, "identity", identity_id, now, changes),
            *(
                Entry(INSTALLATION, Action.SESSION_REVOKED, principal, "session", row["id"], now)
                for row in ended
            ),
        )


async def _match(profile: Profile) -> _Match:
    row = await db.fetchrow(_MATCH, profile.issuer, profile.subject, profile.email)
    if row is None or row["id"] is None:
        return _Match(None, is_known=False, is_unlinked=False, may_be_linked=False)
    user = User(UserId(row["id"]), row["email"], row["name"], row["created_at"])
    return _Match(
        user,
        is_known=row["is_known"],
        is_unlinked=row["is_unlinked"],
        may_be_linked=row["may_be_linked"],
    )


def _enter(uow: UnitOfWork, match: _Match, profile: Profile, *, now: datetime) -> User:
    """Adds to `uow` what makes the identity known."""
    if match.user is None:
        return _create(uow, profile, now=now)
    if match.is_unlinked:
        raise IdentityUnlinked
    if match.is_known:
        uow.add(_STILL_THEIRS, match.user.id, profile.issuer, profile.subject, expect=1)
        return match.user
    if not (profile.email_verified and match.may_be_linked):
        raise AccountExists
    _claim(uow, _CLAIM_FOR_OWNER, profile, match.user.id, now=now)
    _tell(uow, match.user.id, now=now)
    return match.user


def _create(uow: UnitOfWork, profile: Profile, *, now: datetime) -> User:
    if profile.email is None:
        raise EmailMissing
    user = User(UserId(ids.uuid7()), profile.email, profile.name, now)
    _claim(uow, _CLAIM_NEW, profile, user.id, now=now)
    verified_at = now if profile.email_verified else None
    uow.add(_INSERT_USER, user.email, user.name, now, verified_at, name="account_created")
    uow.on_violation("user_account_email", _EmailJustTaken)
    principal = Principal("user", user.id)
    changes = {"email": user.email, "email_verified": profile.email_verified, "method": profile.issuer}
    audit.record(uow, Entry(INSTALLATION, Action.ACCOUNT_CREATED, principal, "user", user.id, now, changes))
    return user


def _claim(
    uow: UnitOfWork, sql: str, profile: Profile, user_id: UserId, *more: object, now: datetime
) -> None:
    """The identity for the person, once and for one; `StaleWrite` where it is somebody's already."""
    identity_id = IdentityId(ids.uuid7())
    uow.add(
        sql,
        identity_id,
        user_id,
        profile.issuer,
        profile.subject,
        profile.email,
        now,
        *more,
        name="claimed",
        expect=1,
    )
    changes = {"issuer": profile.issuer, "email": profile.email}
    principal = Principal("user", user_id)
    audit.record(
        uow, Entry(INSTALLATION, Action.IDENTITY_LINKED, principal, "identity", identity_id, now, changes)
    )


def _tell(uow: UnitOfWork, user_id: UserId, *, now: datetime) -> None:
    """The person of an account that was there already."""
    outbox.enqueue(uow, notices.send_account_notice(user_id, Change.IDENTITY_LINKED, at=now), now=now)
