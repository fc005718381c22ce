"""An org's name in addresses: lower-case letters, digits and single hyphens between them."""

import re
import secrets
import unicodedata

MIN_LENGTH = 3
MAX_LENGTH = 63

_VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GAP = re.compile(r"[^a-z0-9]+")
_SUFFIX_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_SUFFIX_LENGTH = 6


def is_valid(slug: str) -> bool:
    return MIN_LENGTH <= len(slug) <= MAX_LENGTH and _VALID.fullmatch(slug) is not None


def suggest(name: str) -> str:
    """A valid slug after `name`; names without a Latin letter or digit all give the same one."""
    # Accents come off; letters that have no Latin form are left out.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = _GAP.sub("-", plain).strip("-")[:MAX_LENGTH].rstrip("-")
    return slug if len(slug) >= MIN_LENGTH else f"org-{slug}".rstrip("-")


def vary(slug: str) -> str:
    """The same with a random end (30 bits), for when it is taken."""
    suffix = "".join(secrets.choice(_SUFFIX_ALPHABET) for _ in range(_SUFFIX_LENGTH))
    return f"{slug[: MAX_LENGTH - _SUFFIX_LENGTH - 1].rstrip('-')}-{suffix}"
