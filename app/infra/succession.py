"""Which process this is, and in whose place it runs: what a supervisor tells the children that it starts again."""

import os
from collections.abc import Mapping

NAME = "LAUNCHKIT_PROCESS_NAME"
PREDECESSOR = "LAUNCHKIT_PROCESS_PREDECESSOR"
_NAME_BYTES = 8


def new_name() -> str:
    """Eight random bytes in hexadecimal."""
    return os.urandom(_NAME_BYTES).hex()


def name() -> str:
    """This process's own; a new one where no supervisor gave it one."""
    return os.environ.get(NAME) or new_name()


def predecessor() -> str | None:
    """The one before, which is dead: its supervisor has seen it end."""
    return os.environ.get(PREDECESSOR) or None


def environment(own: str, before: str | None) -> Mapping[str, str]:
    return {NAME: own, PREDECESSOR: before or ""}
