"""What links are for, and how long they are good."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class Purpose(StrEnum):
    """What a link lets its reader do; part of what is signed."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a name


LIFETIMES: Mapping[Purpose, timedelta] = MappingProxyType(
    {Purpose.VERIFY_EMAIL: timedelta(days=3), Purpose.RESET_PASSWORD: timedelta(hours=1)}
)
