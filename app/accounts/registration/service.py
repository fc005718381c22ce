"""Signing up."""

from datetime import datetime

from app.accounts import attempts
from app.accounts.links import limits
from app.accounts.links import service as links
from app.accounts.registration import tasks
from app.accounts.registration.types import SignUp
from app.audit import service as audit
from app.audit.types import INSTALLATION, Action, Entry
from app.core.ids import UserId
from app.core.principal import Principal
from app.identity import service as identity
from app.identity.errors import EmailTaken
from app.infra import db, hashing
from app.limits.service import Limiter
from app.outbox import service as outbox

_FIND = "SELECT id FROM user_account WHERE lower(email) = lower($1)"


async def sign_up(command: SignUp, *, limiter: Limiter | None, address: str, now: datetime) -> None:
    """Makes an account and mails a link that confirms its address; nobody signs in before.

    Where the address has an account, nothing changes and its owner is told instead. Who asks cannot tell the two
    apart: not by the answer, and not by the time, of which all but a little goes into the hash.
    Raises `InvalidInput`, or `TooManyAttempts`, which counts both alike.
    """
    command.validate()
    await attempts.spend(limiter, limits.of_mails(command.email, address))
    password_hash = await hashing.hash_password(command.password)
    owner = await db.fetchval(_FIND, command.email)
    if owner is None:
        try:
            await _make(command, password_hash, now=now)
        except EmailTaken:
            # Twice at once: the other was first.
            owner = await db.fetchval(_FIND, command.email)
    if owner is not None:
        async with db.unit_of_work() as uow:
            outbox.enqueue(uow, tasks.send_sign_up_notice(UserId(owner), at=now), now=now)


async def _make(command: SignUp, password_hash: str, *, now: datetime) -> None:
    async with db.unit_of_work() as uow:
        user_id = identity.add_user(
            uow, email=command.email, name=command.name.strip(), password_hash=password_hash, now=now
        )
        links.send_verification(uow, user_id, email=command.email, now=now)
        principal = Principal("user", user_id)
        audit.record(uow, Entry(INSTALLATION, Action.USER_SIGNED_UP, principal, "user", user_id, now))
