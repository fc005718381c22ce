"""The real algorithm for passwords, with the least work: what it costs is tested where it is what a test is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import argon2

from app.infra import hashing


@contextmanager
def cheap() -> Iterator[None]:
    """For the block. Also where there is no account, whose hash says how much work it is."""
    hasher = argon2.PasswordHasher(1, 8, 1)
    with patch.object(hashing, "_hasher", hasher), patch.object(hashing, "_NOBODY", hasher.hash("nobody's")):
        yield
