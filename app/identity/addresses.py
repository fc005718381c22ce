"""What an e-mail address looks like."""

import re

# That of HTML's `<input type=email>` (https://html.spec.whatwg.org/#valid-e-mail-address), which browsers check by:
# narrower than RFC 5322, as mail servers are too.
_ADDRESS = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
MAX_LENGTH = 254


def is_valid(text: str) -> bool:
    return len(text) <= MAX_LENGTH and _ADDRESS.fullmatch(text) is not None


def may_be_one(text: str) -> bool:
    """Whether it is worth looking for. ASCII alone: PostgreSQL and Python do not agree on other letters in lower case.

    `İ` and the Kelvin sign are `i` and `k` to the look-up, but not to the buckets that count attempts by address.
    """
    return 3 <= len(text) <= MAX_LENGTH and "@" in text and text.isascii()
