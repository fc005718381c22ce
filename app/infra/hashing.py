"""Secrets at rest: argon2id for passwords, a keyed fast hash for high-entropy secrets.

A password is guessable, so its hash must be slow. An API key's secret has 256 random bits: no slow hash makes
it harder to guess, and one would cost 80 ms per request. See docs/decisions/0004.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple, Unpack

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.errors import Unavailable

# Each hash or verification takes 64 MiB for some 80 ms: two at a time keep a process small and its loop free.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_hasher = PasswordHasher()
_MAX_UNDER_WAY = 20
_under_way = 0
# Verified against where there is no account, so that both answers take the same time. The hash of a random
# secret that was thrown away, with the library's present parameters (a test watches over them).
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$qehl7Q7sks0lbXYoBsnD4g$ONP6F8I8eM6e5C4uF+EWi4rA34efzl4KJSdyjzeQroA"


Args = TypeVarTuple("Args")
Result = TypeVar("Result")


class TooManySignIns(Unavailable):
    """Hashes and verifications queue behind two threads; past this bound one more would only make all of them late."""

    code = "too_many_sign_ins"
    title = "Too many people are signing in at this moment; try again in a few seconds."


async def hash_password(password: str) -> str:
    """For storing; raises `TooManySignIns`."""
    return await _work(_hasher.hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether `password` matches; takes the same time when nothing is stored. Raises `TooManySignIns`."""
    return await _work(_matches, stored, password)


async def _work(function: Callable[[Unpack[Args]], Result], *args: *Args) -> Result:
    global _under_way  # noqa: PLW0603 - counted on the event loop alone
    if _under_way >= _MAX_UNDER_WAY:
        raise TooManySignIns(retry_after=2)
    _under_way += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, function, *args)
    finally:
        _under_way -= 1


def keyed_digest(key: bytes, secret: str) -> bytes:
    """HMAC-SHA256 of a high-entropy secret under the installation's key."""
    return hmac.digest(key, secret.encode(), hashlib.sha256)


def derive_key(secret_key: str, purpose: str) -> bytes:
    """A key for one purpose from the installation's secret, so that no key serves two."""
    return hmac.digest(secret_key.encode(), f"launchkit:{purpose}".encode(), hashlib.sha256)


def equal(left: bytes, right: bytes) -> bool:
    """Comparison in constant time."""
    return hmac.compare_digest(left, right)


def _matches(stored: str | None, password: str) -> bool:
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
