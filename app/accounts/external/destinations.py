"""Where a browser may be sent after a sign-in: to a path of ours, nowhere else."""

import re
from urllib.parse import quote

from app.core.errors import FieldError, InvalidInput

DEFAULT = "/"
MAX_LENGTH = 1_000

# Browsers read a backslash as a slash, and drop tabs and line ends from addresses: "/\t/evil.com" is "//evil.com".
_PATH = re.compile(r"/[!-\[\]-~]*")


def check(return_to: str | None, *, field: str) -> str:
    """The path, or the default for none; raises `InvalidInput` naming `field` for what leads elsewhere."""
    if not return_to:
        return DEFAULT
    path = re.split(r"[?#]", return_to, maxsplit=1)[0]
    if len(return_to) > MAX_LENGTH or not _PATH.fullmatch(return_to) or "//" in path:
        mend = f"Give a path of this site, such as /settings, of at most {MAX_LENGTH} ASCII characters."
        raise InvalidInput([FieldError(field, "foreign_address", mend)])
    return return_to


def with_error(return_to: str, code: str) -> str:
    """The path with `auth_error=<code>` in its query."""
    rest, mark, fragment = return_to.partition("#")
    return f"{rest}{'&' if '?' in rest else '?'}auth_error={quote(code)}{mark}{fragment}"
