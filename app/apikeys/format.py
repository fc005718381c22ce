"""The text of an API key: `lk_live_pk_<public id>_<secret><checksum>`.

The public id (80 random bits) finds the row. The secret has 256 random bits. The checksum (CRC-32 of all that
stands before it) lets a mistyped or invented key be refused without a query, and scanners recognise a leak.
All parts are lower-case Crockford base 32.
"""

import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PUBLIC_LENGTH = 16
_SECRET_LENGTH = 52
_CHECKSUM_LENGTH = 7
_PREFIXES: Mapping[str, Literal["live", "test"]] = {"lk_live_pk": "live", "lk_test_pk": "test"}


@dataclass(frozen=True, slots=True)
class ParsedKey:
    environment: Literal["live", "test"]
    public_id: str
    secret: str

    @property
    def digested(self) -> str:
        """What is kept as a digest: with its environment, or a live key could be rewritten into a test key."""
        return f"{self.environment}:{self.secret}"


def looks_like_key(token: str) -> bool:
    return token.startswith(("lk_live_", "lk_test_"))


def generate(environment: Literal["live", "test"]) -> tuple[str, ParsedKey]:
    """A new key as text and in parts."""
    parsed = ParsedKey(environment, _random(_PUBLIC_LENGTH), _random(_SECRET_LENGTH))
    body = f"lk_{environment}_pk_{parsed.public_id}_{parsed.secret}"
    return body + _checksum(body), parsed


def parse(token: str) -> ParsedKey | None:
    """The parts, or None where the form or the checksum is wrong."""
    prefix, _, rest = token.rpartition("_pk_")
    environment = _PREFIXES.get(f"{prefix}_pk")
    public_id, _, tail = rest.partition("_")
    if environment is None or len(public_id) != _PUBLIC_LENGTH:
        return None
    if len(tail) != _SECRET_LENGTH + _CHECKSUM_LENGTH or not token.isascii():
        return None
    if not secrets.compare_digest(_checksum(token[:-_CHECKSUM_LENGTH]), token[-_CHECKSUM_LENGTH:]):
        return None
    return ParsedKey(environment, public_id, tail[:_SECRET_LENGTH])


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(30, -1, -5))
