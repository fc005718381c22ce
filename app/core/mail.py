"""A mail, and the port through which it leaves."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one reader. `key` is the same whenever the same mail is tried again.

    The bodies may hold what lets their reader in: they belong in no log.
    """

    key: str
    to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


class MailRefused(Exception):
    """The server will never take this mail: the address is not one, or nobody has it."""


class Mailer(Protocol):
    """Raises `MailRefused`, or `ConnectionError` where a later attempt may succeed."""

    async def send(self, mail: Mail) -> None: ...
