"""Passwords: what may be one, and writing the hash so that nobody's sign-in slips through a change."""

from app.core.errors import FieldError
from app.core.ids import UserId
from app.infra.db import UnitOfWork

MIN_LENGTH = 10
MAX_LENGTH = 1024

_LOCK = "SELECT password_hash FROM user_account WHERE id = $1 FOR UPDATE"
# KEY SHARE is what `lock` excludes: this waits for a change under way, and then looks at what it left.
_UNCHANGED = """
SELECT id FROM user_account WHERE id = $1::uuid AND password_hash = $2::text FOR KEY SHARE
"""


def faults(password: str, *, field: str) -> list[FieldError]:
    """What is wrong with a new password. Length alone counts: rules beyond it make worse ones (NIST SP 800-63B)."""
    if MIN_LENGTH <= len(password) <= MAX_LENGTH:
        return []
    return [FieldError(field, "length", f"Use {MIN_LENGTH} to {MAX_LENGTH} characters.")]


async def lock(uow: UnitOfWork, user_id: UserId) -> str | None:
    """The stored hash. Until `uow` ends, no session of the account begins and no other password is set."""
    rows = await uow.fetch(_LOCK, user_id)
    return rows[0]["password_hash"] if rows else None


def require_unchanged(uow: UnitOfWork, user_id: UserId, stored: str) -> None:
    """`uow` fails with `StaleWrite` where `stored`, which a password was held against, is no longer the hash."""
    uow.add(_UNCHANGED, user_id, stored, expect=1)
