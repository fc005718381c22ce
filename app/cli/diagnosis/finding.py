"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """`mend` says what to do, where something is to be done."""

    name: str
    level: Level
    text: str
    mend: str | None = None


def ok(name: str, text: str) -> Finding:
    return Finding(name, Level.OK, text)


def warn(name: str, text: str, mend: str) -> Finding:
    return Finding(name, Level.WARN, text, mend)


def fail(name: str, text: str, mend: str) -> Finding:
    return Finding(name, Level.FAIL, text, mend)
