"""Identifiers: UUIDv7 inside, TypeIDs outside.

A TypeID is `<prefix>_<26 characters>`: the 128 bits of the UUID in lower-case Crockford base 32, so that
the text sorts as the id does. UUIDv7: RFC 9562, section 5.7. TypeID: github.com/jetify-com/typeid, spec 0.3.
"""

import os
import threading
import time
from datetime import datetime
from typing import NewType
from uuid import UUID

from app.core.errors import FieldError, InvalidInput

OrgId = NewType("OrgId", UUID)
UserId = NewType("UserId", UUID)
WorkspaceId = NewType("WorkspaceId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
JobId = NewType("JobId", UUID)
SessionId = NewType("SessionId", UUID)
InvitationId = NewType("InvitationId", UUID)
IdentityId = NewType("IdentityId", UUID)
LinkId = NewType("LinkId", UUID)
CustomerId = NewType("CustomerId", UUID)
WalletId = NewType("WalletId", UUID)
HoldId = NewType("HoldId", UUID)
GrantId = NewType("GrantId", UUID)
BudgetId = NewType("BudgetId", UUID)
BurnTableId = NewType("BurnTableId", UUID)
TopUpId = NewType("TopUpId", UUID)
UpstreamId = NewType("UpstreamId", UUID)
CallId = NewType("CallId", UUID)
WebhookEndpointId = NewType("WebhookEndpointId", UUID)
WebhookMessageId = NewType("WebhookMessageId", UUID)
WebhookDeliveryId = NewType("WebhookDeliveryId", UUID)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_SUFFIX_LENGTH = 26
# Two characters at a time: ids are written several times in every answer.
_PAIRS = [high + low for high in _ALPHABET for low in _ALPHABET]
_SHIFTS = range(120, -1, -10)

_RANDOM_BLOCK = 4096
# The digit that says which layout it is (0b10), and two bits of chance.
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}

_lock = threading.Lock()
_last = 0
_random = b""
_random_at = 0


def uuid7() -> UUID:
    """A UUIDv7 that is strictly greater than every one made before it in this process.

    The 12 bits after the millisecond carry its fraction (RFC 9562, 6.2, method 3), so rows made in one
    millisecond keep the order in which they were made.
    """
    global _last  # noqa: PLW0603 - the last tick of the process is what monotonicity is about
    with _lock:
        milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
        tick = max((milliseconds << 12) | (nanoseconds << 12) // 1_000_000, _last + 1)
        _last = tick
        random = _random_bits()
    return UUID(int=((tick >> 12) << 80) | (0x7 << 76) | ((tick & 0xFFF) << 64) | (0b10 << 62) | random)


def uuid7_texts(count: int) -> list[str]:
    """As many of `uuid7` at once, in their order, in hexadecimal: for rows that are made by the thousand."""
    global _last  # noqa: PLW0603 - as there
    random = os.urandom(8 * count).hex()
    with _lock:
        milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
        first = max((milliseconds << 12) | (nanoseconds << 12) // 1_000_000, _last + 1)
        _last = first + count - 1
    return [
        f"{tick[:12]}7{tick[12:]}{_VARIANT[random[at]]}{random[at + 1 : at + 16]}"
        for tick, at in zip(
            [f"{number:015x}" for number in range(first, first + count)],
            range(0, 16 * count, 16),
            strict=True,
        )
    ]


def first_of(at: datetime) -> UUID:
    """A UUIDv7 smaller than every one that was made at `at` or later."""
    return UUID(int=(int(at.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62))


def _random_bits() -> int:
    """62 bits from the system's generator, fetched in blocks: a system call per id is a twentieth of a request."""
    global _random, _random_at  # noqa: PLW0603 - a buffer, guarded by the lock of its only caller
    if _random_at == len(_random):
        _random, _random_at = os.urandom(_RANDOM_BLOCK), 0
    block = _random[_random_at : _random_at + 8]
    _random_at += 8
    return int.from_bytes(block) >> 2


def encode(prefix: str, value: UUID) -> str:
    number = value.int
    return f"{prefix}_{''.join([_PAIRS[(number >> shift) & 1023] for shift in _SHIFTS])}"


def decode(prefix: str, text: str, *, field: str = "id") -> UUID:
    """The UUID in `text`; raises `InvalidInput` naming `field` when it is malformed or of another type."""
    value = find(prefix, text)
    if value is None:
        raise InvalidInput([FieldError(field, "invalid_id", f"Expected an id of the form {prefix}_….")])
    return value


def find(prefix: str, text: str) -> UUID | None:
    """As `decode`, but None: for look-ups, where a malformed id is simply one that does not exist."""
    head, _, suffix = text.rpartition("_")
    if head != prefix or len(suffix) != _SUFFIX_LENGTH:
        return None
    number = 0
    for char in suffix:
        digit = _VALUES.get(char)
        if digit is None:
            return None
        number = number << 5 | digit
    return UUID(int=number) if number < 1 << 128 else None
