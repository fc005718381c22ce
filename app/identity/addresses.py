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
