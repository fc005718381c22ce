"""Time-based one-time passwords (RFC 6238: SHA-1, 6 digits, steps of 30 s) and the recovery codes beside them."""

import secrets
from datetime import datetime

import pyotp

from app.infra import hashing

ISSUER = "LaunchKit"
STEP_SECONDS = 30
# A clock that is off by a step, or a reader who is slow (RFC 6238, 5.2).
WINDOW = 1
RECOVERY_CODES = 10
MAX_LENGTH = 64

_DIGITS = 6
# Crockford's base 32: none of its 32 characters is taken for another. 16 of them have 80 random bits.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RECOVERY_LENGTH = 16
_READ_AS = str.maketrans("oil", "011", " -\t")


def new_secret() -> str:
    """160 random bits in base 32, as authenticator apps take them (RFC 4226, 4)."""
    return pyotp.random_base32()


def uri(secret: str, account: str) -> str:
    """What the QR code says that an authenticator app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def normalised(code: str) -> str:
    """As it is compared: without the spaces and dashes that people copy, digits that look like letters as digits."""
    return code.lower().translate(_READ_AS) if len(code) <= MAX_LENGTH and code.isascii() else ""


def is_totp(code: str) -> bool:
    """Whether the normalised code is an authenticator's; else it can only be for recovery."""
    return len(code) == _DIGITS and code.isdecimal()


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The time step whose code this is, within the window around `now`; the newest, should two have the same."""
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.HOTP(secret)
    found = None
    for step in range(current - WINDOW, current + WINDOW + 1):
        if hashing.equal(totp.at(step).encode(), code.encode()):
            found = step
    return found


def new_recovery_codes() -> list[str]:
    return [
        _grouped("".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LENGTH)))
        for _ in range(RECOVERY_CODES)
    ]


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
